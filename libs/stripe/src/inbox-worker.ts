import { Injectable } from '@nestjs/common';
import { JobRunner, Log, Subscribe, Transactions, WorkerDied } from '#platform';
import { DueWork } from './due-work.js';
import { StripeRegistry } from './registry.js';

interface Claimed {
  readonly id: bigint;
  readonly event_id: string;
  readonly door: string;
  readonly type: string;
  readonly account: string | null;
  readonly object_id: string | null;
  readonly tries: number;
}

const AT_ONCE = 16;
const IDLE_MS = 200;
/** Pauses between tries, in seconds; after the last the event is dead until somebody replays it. */
const pauses = [1, 5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800];

/**
 * Works off the inbox: claims what is due, one event at a time per object and in order, fetches the object and hands
 * it to its owner. The events of a killed worker go to the next as soon as its death is noticed; the claim of one that
 * merely hangs runs out.
 */
@Injectable()
export class InboxWorker extends DueWork {
  constructor(
    private readonly transactions: Transactions,
    private readonly registry: StripeRegistry,
    private readonly jobs: JobRunner,
    log: Log,
  ) {
    super(log, IDLE_MS);
  }

  @Subscribe(WorkerDied, 'inbox')
  async free({ worker }: { worker: string }): Promise<void> {
    await this.transactions.query(
      `update stripe.inbox_events set locked_until = now() where state = 'running' and locked_by = $1`,
      [worker],
    );
  }

  protected async batch(): Promise<number> {
    const events = await this.transactions.query<Claimed>(
      `update stripe.inbox_events set state = 'running', tries = tries + 1, locked_until = now() + interval '2 minutes', locked_by = $1
       where id in (
         select e.id from stripe.inbox_events e
         where e.state in ('queued', 'running') and e.run_at <= now()
           and (e.state = 'queued' or e.locked_until < now())
           and not exists (
             select 1 from stripe.inbox_events earlier
             where earlier.object_key = e.object_key and earlier.id < e.id and earlier.state in ('queued', 'running'))
         order by e.run_at, e.id limit ${AT_ONCE} for update skip locked)
       returning id, event_id, door, type, account, object_id, tries`,
      [this.jobs.worker],
    );
    await Promise.all(events.map((event) => this.work(event)));
    return events.length;
  }

  private async work(event: Claimed): Promise<void> {
    try {
      await this.handle(event);
      await this.transactions.query(
        `update stripe.inbox_events set state = 'done', done_at = now(), locked_until = null, last_error = null where id = $1`,
        [event.id],
      );
    } catch (error) {
      await this.postpone(event, error as Error);
    }
  }

  private async handle(event: Claimed): Promise<void> {
    const owner = this.registry.ownerOf(event.door, event.type);
    // A type that an older set-up subscribed to: kept, and nothing to do.
    if (!owner) return;
    const id = owner.declaration.idFrom === 'account' ? (event.account ?? event.object_id) : event.object_id;
    if (!id) throw new Error(`${event.type} names no object`);
    const ref = { id, account: event.account };
    const object = await owner.handler.fetch(ref);
    if (object === null) return;
    await owner.handler.record(object, ref);
  }

  private async postpone(event: Claimed, error: Error): Promise<void> {
    const pause = pauses[event.tries - 1];
    this.log.warn('an event could not be worked off', {
      event: event.event_id,
      type: event.type,
      tries: event.tries,
      reason: error.message,
    });
    await this.transactions.query(
      `update stripe.inbox_events set state = $2, locked_until = null, last_error = $3,
         run_at = now() + make_interval(secs => $4) where id = $1`,
      [event.id, pause === undefined ? 'dead' : 'queued', error.message.slice(0, 2000), pause ?? 0],
    );
  }
}
