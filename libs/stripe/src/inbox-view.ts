import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';

export interface InboxEventView {
  readonly id: bigint;
  readonly event_id: string;
  readonly door: string;
  readonly type: string;
  readonly account: string | null;
  readonly object_id: string | null;
  readonly state: 'queued' | 'running' | 'done' | 'dead';
  readonly tries: number;
  readonly last_error: string | null;
  readonly stripe_created: Date;
  readonly received_at: Date;
  readonly done_at: Date | null;
  readonly run_at: Date;
}

const columns = `id, event_id, door, type, account, object_id, state, tries, last_error, stripe_created, received_at, done_at, run_at`;

/** Reading and replaying the inbox, for admins. */
@Injectable()
export class InboxView {
  constructor(private readonly transactions: Transactions) {}

  async page(filter: {
    state?: string | undefined;
    type?: string | undefined;
    objectId?: string | undefined;
    cursor?: string | undefined;
    limit?: number;
  }): Promise<Page<InboxEventView>> {
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, ['whole']);
    const set = keyset(['id'], cursor, 5);
    const rows = await this.transactions.query<InboxEventView>(
      `select ${columns} from stripe.inbox_events
       where ($1::text is null or state = $1) and ($2::text is null or type = $2) and ($3::text is null or object_id = $3)
         and ${set.where} order by ${set.orderBy} limit $4`,
      [filter.state ?? null, filter.type ?? null, filter.objectId ?? null, limit + 1, ...set.parameters],
    );
    return pageOf(rows, limit, cursor, (row) => [row.id.toString()]);
  }

  async byEventId(eventId: string): Promise<InboxEventView & { payload: string }> {
    const [row] = await this.transactions.query<InboxEventView & { payload: string }>(
      `select ${columns}, payload from stripe.inbox_events where event_id = $1`,
      [eventId],
    );
    if (!row) throw DomainError.notFound('event');
    return row;
  }

  /** `lateS`: for how many seconds the event that waits longest has been due. */
  async counts(): Promise<{ queued: number; dead: number; lateS: number }> {
    const [row] = await this.transactions.query<{ queued: number; dead: number; lateS: number }>(
      `select (select count(*)::int from stripe.inbox_events where state in ('queued', 'running')) as queued,
              (select count(*)::int from stripe.inbox_events where state = 'dead') as dead,
              (select coalesce(extract(epoch from now() - min(run_at)), 0)::float8
               from stripe.inbox_events where state = 'queued' and run_at < now()) as "lateS"`,
    );
    return row!;
  }

  /** Queues a done or dead event once more: safe, since every owner records the object as it is now. */
  async replay(eventId: string): Promise<void> {
    const rows = await this.transactions.query<{ id: bigint }>(
      `update stripe.inbox_events set state = 'queued', tries = 0, run_at = now(), last_error = null
       where event_id = $1 and state in ('done', 'dead') returning id`,
      [eventId],
    );
    if (rows.length === 0)
      throw new DomainError('event_not_replayable', 'conflict', 'This event is still being worked on.');
  }
}
