import { Injectable } from '@nestjs/common';
import { Cron, Transactions } from '#platform';

/** Stripe itself shows an event for 30 days; twice that leaves time to find out what went wrong. */
const KEPT = `interval '60 days'`;
const BATCH = 1000;

/**
 * Events and requests name buyers, their e-mail and address. Once they are done with, nothing here needs them: what
 * they led to is with the order, and who must be erased there is not to live on here.
 */
@Injectable()
export class Forgetting {
  constructor(private readonly transactions: Transactions) {}

  @Cron('stripe.forget', '53 3 * * *')
  async forget(): Promise<void> {
    await this.inBatches(
      `delete from stripe.inbox_events where id in (
         select id from stripe.inbox_events where state = 'done' and done_at < now() - ${KEPT}
         order by done_at limit ${BATCH})
       returning id`,
    );
    await this.inBatches(
      `update stripe.attempts set request = '{}' where id in (
         select id from stripe.attempts
         where state <> 'open' and request <> '{}' and finished_at < now() - ${KEPT}
         order by finished_at limit ${BATCH})
       returning id`,
    );
  }

  /** Each is a transaction of its own and short, so that nobody waits for it and what is removed can be reused. */
  private async inBatches(statement: string): Promise<void> {
    for (let done = BATCH; done === BATCH;) done = (await this.transactions.query(statement)).length;
  }
}
