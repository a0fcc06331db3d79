import { Injectable } from '@nestjs/common';
import { Log, Transactions } from '#platform';
import { type Attempt, Attempts } from './attempts.js';
import { DueWork } from './due-work.js';

const AT_ONCE = 16;
const IDLE_MS = 1000;
/** Seconds until the next try of an attempt that the worker has taken up; the last one is for all that follow. */
const pauses = [5, 15, 60, 300];

/**
 * Goes on with attempts that are still open when a minute has passed: their process died, or Stripe did not answer it.
 * The next try is set before this one begins, so a worker that dies leaves nothing behind but that pause.
 */
@Injectable()
export class AttemptWorker extends DueWork {
  constructor(
    private readonly transactions: Transactions,
    private readonly attempts: Attempts,
    log: Log,
  ) {
    super(log, IDLE_MS);
  }

  protected async batch(): Promise<number> {
    const due = await this.transactions.query<Attempt>(
      `update stripe.attempts set tries = tries + 1,
         resume_at = now() + make_interval(secs => ($1::int[])[least(tries + 1, cardinality($1::int[]))])
       where id in (
         select id from stripe.attempts where state = 'open' and resume_at <= now()
         order by resume_at limit ${AT_ONCE} for update skip locked)
       returning *`,
      [pauses],
    );
    await Promise.all(due.map((attempt) => this.resume(attempt)));
    return due.length;
  }

  private async resume(attempt: Attempt): Promise<void> {
    try {
      await this.attempts.perform(attempt);
    } catch (error) {
      this.log.error('an attempt is not finished yet', { kind: attempt.kind, attempt: attempt.id, error });
    }
  }
}
