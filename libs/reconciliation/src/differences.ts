import { Injectable } from '@nestjs/common';
import { type Actor, actorLabel, Clock, DomainError } from '#kernel';
import { Audit } from '#audit';
import { type LegName, Suspense, type SuspenseTarget } from '#books';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';

export type DifferenceState = 'open' | 'explained' | 'closed';
type PresentState = Exclude<DifferenceState, 'closed'>;

export interface DifferenceView {
  readonly id: string;
  readonly code: string;
  readonly subject: string;
  readonly stripeAccount: string | null;
  readonly currency: string | null;
  readonly sentence: string;
  readonly state: DifferenceState;
  /** Where a person booked it, once it was in suspense. */
  readonly bookedTo: SuspenseTarget | null;
  readonly note: string | null;
  readonly explainedBy: string | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly closedAt: Date | null;
}

interface LockedRow {
  readonly state: DifferenceState;
  readonly code: string;
  readonly subject: string;
  readonly booked_to: SuspenseTarget | null;
  readonly bookings: number;
}

const PAGE_SIZE = 50;
const SELECT = `
  select id, code, subject, stripe_account as "stripeAccount", currency, sentence, state, note, booked_to as "bookedTo",
         explained_by as "explainedBy", first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt", closed_at as "closedAt"
  from reconciliation.differences`;

/** The queue of what does not agree, and what people do about it. */
@Injectable()
export class Differences {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly suspense: Suspense,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async page(state: DifferenceState, cursorText?: string): Promise<Page<DifferenceView>> {
    const cursor = decodeCursor(cursorText, ['text']);
    const { where, orderBy, parameters } = keyset(['id'], cursor, 3);
    const rows = await this.transactions.query<DifferenceView>(
      `${SELECT} where state = $1 and ${where} order by ${orderBy} limit $2`,
      [state, PAGE_SIZE + 1, ...parameters],
    );
    return pageOf(rows, PAGE_SIZE, cursor, (row) => [row.id]);
  }

  /** Throws `difference_not_found`. */
  async byId(id: string): Promise<DifferenceView> {
    const [row] = await this.transactions.query<DifferenceView>(`${SELECT} where id = $1`, [id]);
    if (!row) throw DomainError.notFound('difference');
    return row;
  }

  async *all(state: DifferenceState): AsyncGenerator<DifferenceView> {
    let cursor: string | undefined;
    do {
      const page = await this.page(state, cursor);
      yield* page.items;
      cursor = page.next ?? undefined;
    } while (cursor);
  }

  /** How many there are now; those that are closed only grow in number, and nobody waits for them. */
  async countPresent(): Promise<Record<PresentState, number>> {
    const rows = await this.transactions.query<{ state: PresentState; count: number }>(
      `select state, count(*)::int as count from reconciliation.differences
       where state in ('open', 'explained') group by state`,
    );
    return { open: 0, explained: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
  }

  /** Somebody knows why. It stays a difference until it is gone; the note says what is known. */
  async explain(actor: Actor, id: string, note: string): Promise<DifferenceView> {
    return this.transactions.run(async () => {
      const row = await this.open(id);
      await this.transactions.write(
        `update reconciliation.differences set state = 'explained', note = $2, explained_by = $3, explained_at = now() where id = $1`,
        [id, note, actorLabel(actor)],
      );
      await this.audit.write({
        actor,
        action: 'difference.explained',
        subject: id,
        before: { state: row.state },
        after: { state: 'explained', difference: row.subject },
        reason: note,
      });
      return this.byId(id);
    });
  }

  /**
   * Takes what is in suspense out of it, by a posting against the account that it belongs to; the next check does not see
   * the difference any more. Throws `difference_closed`, `not_in_suspense`.
   */
  async book(actor: Actor, id: string, target: SuspenseTarget, note: string): Promise<DifferenceView> {
    return this.transactions.run(async () => {
      const row = await this.open(id);
      const now = this.clock.now();
      const moved = await this.suspense.book(legOf(row), target, row.bookings + 1, now);
      await this.transactions.write(
        `update reconciliation.differences set state = 'closed', note = $2, explained_by = $3, explained_at = $4, closed_at = $4,
           booked_to = $5, bookings = bookings + 1
         where id = $1`,
        [id, note, actorLabel(actor), now, target],
      );
      await this.audit.write({
        actor,
        action: 'difference.booked',
        subject: id,
        before: { state: row.state, account: 'suspense' },
        after: { difference: row.subject, account: target, amount: moved.amount, currency: moved.currency },
        reason: note,
      });
      return this.byId(id);
    });
  }

  /** Puts what was booked back into suspense by the reverse posting, to be booked anew. Throws `not_booked`. */
  async takeBack(actor: Actor, id: string, note: string): Promise<DifferenceView> {
    return this.transactions.run(async () => {
      const row = await this.locked(id);
      if (!row.booked_to)
        throw new DomainError(
          'not_booked',
          'conflict',
          'This is not booked, so there is nothing to take back.',
        );
      const now = this.clock.now();
      const moved = await this.suspense.takeBack(legOf(row), row.booked_to, row.bookings, now);
      await this.transactions.write(
        `update reconciliation.differences set state = 'open', note = $2, explained_by = $3, explained_at = $4,
           closed_at = null, booked_to = null
         where id = $1`,
        [id, note, actorLabel(actor), now],
      );
      await this.audit.write({
        actor,
        action: 'difference.booking_taken_back',
        subject: id,
        before: { state: row.state, account: row.booked_to },
        after: {
          difference: row.subject,
          account: 'suspense',
          amount: moved.amount,
          currency: moved.currency,
        },
        reason: note,
      });
      return this.byId(id);
    });
  }

  private async open(id: string): Promise<LockedRow> {
    const row = await this.locked(id);
    if (row.state !== 'closed') return row;
    throw new DomainError(
      'difference_closed',
      'conflict',
      'This difference is gone by now: there is nothing left to explain.',
    );
  }

  private async locked(id: string): Promise<LockedRow> {
    const [row] = await this.transactions.write<LockedRow>(
      `select state, code, subject, booked_to, bookings from reconciliation.differences where id = $1 for update`,
      [id],
    );
    if (!row) throw DomainError.notFound('difference');
    return row;
  }
}

/** The part of a balance transaction that a difference in suspense is about; nothing for others. */
function legOf({ code, subject }: LockedRow): LegName {
  const [stripeAccount = '', transactionId = '', part = ''] = code === 'suspense' ? subject.split(' ') : [];
  return { stripeAccount, transactionId, part };
}
