import { Injectable } from '@nestjs/common';
import { type Actor } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';

/** What happened. No personal data: name people and things by their ids. */
export interface AuditNote {
  readonly actor: Actor;
  /** `noun.happened`, such as `fee_rule.created`; stable, since lists filter by it. */
  readonly action: string;
  /** The id of what it happened to. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Why, in the words of who did it. */
  readonly reason?: string | undefined;
}

export interface AuditEntryView {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: Actor['kind'];
  readonly actorId: string | null;
  readonly action: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
  /** Its place in the hash chain; null for the moment before the job seals it. */
  readonly position: number | null;
}

export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: Date | undefined;
  /** Up to, and without. */
  readonly until?: Date | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

/** Amounts are bigint; JSON knows no such thing, so they are written as strings. */
const json = (value: unknown): string | null =>
  value === undefined
    ? null
    : JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));

/** Number and time are given in one statement, so entries are out of order by what was written at the same moment at most. */
const APART = 1000;

/** A number below all entries since then: so that a list by number begins where the time does. */
const firstIdFrom = (time: string): string =>
  `coalesce((select id from audit.entries where at >= ${time} order by at, id limit 1), (select max(id) from audit.entries), 0) - ${APART}`;

/** The record of who did what. Written in the transaction of the act itself: no act without its entry. */
@Injectable()
export class Audit {
  constructor(private readonly transactions: Transactions) {}

  /** In a transaction. */
  async write(note: AuditNote): Promise<void> {
    const { actor } = note;
    const actorId = actor.kind === 'user' ? actor.userId : actor.kind === 'system' ? actor.job : null;
    await this.transactions.write(
      `insert into audit.entries (actor_kind, actor_id, action, subject, before, after, reason)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        actor.kind,
        actorId,
        note.action,
        note.subject,
        json(note.before),
        json(note.after),
        note.reason ?? null,
      ],
    );
  }

  /** Newest first. */
  async page(filter: AuditFilter): Promise<Page<AuditEntryView>> {
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, ['whole']);
    // By the table's number: the answer's "id" is text, in which 9 comes after 10.
    const set = keyset(['e.id'], cursor, 7);
    const items = await this.transactions.query<AuditEntryView>(
      `select id::text as id, at, actor_kind as "actorKind", actor_id as "actorId", action, subject, before, after,
              reason, position::float8 as position
       from audit.entries e
       where ($1::text is null or actor_id = $1) and ($2::text is null or action = $2)
         and ($3::text is null or subject = $3) and ($4::timestamptz is null or (at >= $4 and e.id >= ${firstIdFrom('$4')}))
         and ($5::timestamptz is null or (at < $5 and e.id < ${firstIdFrom('$5')} + 2 * ${APART})) and ${set.where}
       order by ${set.orderBy} limit $6`,
      [
        filter.actorId ?? null,
        filter.action ?? null,
        filter.subject ?? null,
        filter.from ?? null,
        filter.until ?? null,
        limit + 1,
        ...set.parameters,
      ],
    );
    return pageOf(items, limit, cursor, (entry) => [entry.id]);
  }

  /** Everything the filter lets through, newest first, in batches: for exports of any length. */
  async *batches(filter: AuditFilter): AsyncGenerator<AuditEntryView[]> {
    let cursor: string | undefined;
    do {
      const page = await this.page({ ...filter, limit: 500, cursor });
      yield page.items;
      cursor = page.next ?? undefined;
    } while (cursor);
  }

  /** The actions that have happened so far, for the filter; a loose index scan, so its time does not grow with the table. */
  async actions(): Promise<string[]> {
    const rows = await this.transactions.query<{ action: string }>(
      `with recursive found as (
         (select action from audit.entries order by action limit 1)
         union all
         select (select e.action from audit.entries e where e.action > f.action order by e.action limit 1)
         from found f where f.action is not null)
       select action from found where action is not null`,
    );
    return rows.map((row) => row.action);
  }
}
