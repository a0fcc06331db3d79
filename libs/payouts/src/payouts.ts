import { Injectable } from '@nestjs/common';
import { type Actor, DomainError, Money } from '#kernel';
import { type BooksLineView, BooksView } from '#books';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';
import { Sellers } from '#sellers';
import { StripeApi } from '#stripe';
import { addDays } from './forecast.rules.js';
import type { PayoutStatus } from './payout.states.js';
import { failureWords, reasonWords } from './payout.words.js';

export interface PayoutView {
  readonly id: string;
  readonly stripeAccount: string;
  /** Null: the platform's own. */
  readonly sellerId: string | null;
  readonly amount: Money;
  readonly status: PayoutStatus;
  readonly automatic: boolean;
  /** ISO date. */
  readonly arrivalOn: string;
  readonly bankName: string | null;
  readonly bankLast4: string | null;
  readonly failureCode: string | null;
  /** Why it failed and what to do; null unless it did. */
  readonly failure: string | null;
  readonly traceId: string | null;
  readonly createdAt: Date;
  /** What it consists of is known. */
  readonly composed: boolean;
}

/** One balance transaction of a payout, with its order or its reason. */
export type PayoutLineView = BooksLineView & { readonly reason: string };

export interface PayoutStory {
  readonly payout: PayoutView;
  /** Oldest first; empty until `composed`. They add up to the amount. */
  readonly lines: PayoutLineView[];
  readonly happenings: { readonly status: PayoutStatus; readonly at: Date }[];
}

export interface PayoutFilter {
  readonly sellerId?: string | undefined;
  readonly status?: PayoutStatus | undefined;
  /** ISO dates, UTC, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

export interface PayoutTotals {
  readonly days: string[];
  readonly totals: {
    readonly day: string;
    readonly currency: string;
    readonly status: PayoutStatus;
    readonly amount: bigint;
  }[];
}

interface Row {
  readonly id: string;
  readonly stripe_account: string;
  readonly seller_id: string | null;
  readonly currency: string;
  readonly amount: bigint;
  readonly status: PayoutStatus;
  readonly failed_first: number;
  readonly automatic: boolean;
  readonly arrival_on: string;
  readonly bank_name: string | null;
  readonly bank_last4: string | null;
  readonly failure_code: string | null;
  readonly trace_id: string | null;
  readonly created: Date;
  readonly created_key: string;
  readonly composed: boolean;
}

const SELECT = `
  select id, stripe_account, seller_id, currency, amount, status, failed_first, automatic, arrival_on::text as arrival_on,
         bank_name, bank_last4, failure_code, trace_id, created, composed_at is not null as composed,
         to_char(created at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_key
  from payouts.payouts`;

const PAGE_SIZE = 50;
const PLOTTED_DAYS = 30;
const MAX_PLOTTED_DAYS = 120;

/** Payouts as sellers and admins read them. */
@Injectable()
export class Payouts {
  constructor(
    private readonly transactions: Transactions,
    private readonly booksView: BooksView,
    private readonly sellers: Sellers,
    private readonly stripe: StripeApi,
  ) {}

  /** A seller's payouts, newest first, for its members. */
  async pageForSeller(actor: Actor, sellerId: string, cursorText?: string): Promise<Page<PayoutView>> {
    await this.sellers.requireMember(actor, sellerId);
    const cursor = decodeCursor(cursorText, ['time', 'text']);
    const { where, orderBy, parameters } = keyset(['created', 'id'], cursor, 3);
    const rows = await this.transactions.query<Row>(
      `${SELECT} where seller_id = $1 and ${where} order by ${orderBy} limit $2`,
      [sellerId, PAGE_SIZE + 1, ...parameters],
    );
    const page = pageOf(rows, PAGE_SIZE, cursor, (row) => [row.created_key, row.id]);
    return { ...page, items: page.items.map(toView) };
  }

  /** One payout of this seller with its lines. Throws `payout_not_found`. */
  async storyForSeller(actor: Actor, sellerId: string, payoutId: string): Promise<PayoutStory> {
    await this.sellers.requireMember(actor, sellerId);
    const story = await this.story(payoutId);
    if (story.payout.sellerId !== sellerId) throw DomainError.notFound('payout');
    return story;
  }

  /** Any payout with its lines, for admins. Throws `payout_not_found`. */
  async story(payoutId: string): Promise<PayoutStory> {
    const [row] = await this.transactions.query<Row>(`${SELECT} where id = $1`, [payoutId]);
    if (!row) throw DomainError.notFound('payout');
    const lines = row.composed ? await this.booksView.linesOfPayout(row.stripe_account, payoutId) : [];
    const happenings = await this.transactions.query<{ status: PayoutStatus; at: Date }>(
      `select status, noted_at as at from payouts.happenings where payout_id = $1 order by noted_at desc`,
      [payoutId],
    );
    return {
      payout: toView(row),
      lines: lines.map((line) => ({ ...line, reason: reasonWords(line.type, line.sourceId) })),
      happenings,
    };
  }

  /** All sellers' payouts and the platform's own; the failed ones first, then newest first. */
  async page(filter: PayoutFilter): Promise<Page<PayoutView>> {
    const limit = filter.limit ?? PAGE_SIZE;
    // Payouts of one state are in order by time alone, for which there is an index by state.
    const byTime = filter.status !== undefined;
    const columns = byTime ? ['created', 'id'] : ['failed_first', 'created', 'id'];
    const cursor = decodeCursor(filter.cursor, byTime ? ['time', 'text'] : ['whole', 'time', 'text']);
    const place = keyset(columns, cursor, 1);
    const parameters: unknown[] = [...place.parameters];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    // Only conditions that are asked for are in the SQL, so that each list finds its index.
    const conditions = [place.where];
    if (filter.sellerId) conditions.push(`seller_id = ${bind(filter.sellerId)}`);
    if (filter.status) conditions.push(`status = ${bind(filter.status)}`);
    if (filter.from) conditions.push(`created >= ${bind(filter.from)}::date::timestamp at time zone 'UTC'`);
    if (filter.to) conditions.push(`created < (${bind(filter.to)}::date + 1)::timestamp at time zone 'UTC'`);
    const rows = await this.transactions.query<Row>(
      `${SELECT} where ${conditions.join(' and ')} order by ${place.orderBy} limit ${bind(limit + 1)}`,
      parameters,
    );
    const page = pageOf(rows, limit, cursor, (row) =>
      byTime ? [row.created_key, row.id] : [row.failed_first, row.created_key, row.id],
    );
    return { ...page, items: page.items.map(toView) };
  }

  /** Everything that the filter lets through, a page at a time: for exports of any length. */
  async *all(filter: PayoutFilter): AsyncGenerator<PayoutView> {
    let cursor: string | undefined;
    do {
      const page = await this.page({ ...filter, limit: 500, cursor });
      yield* page.items;
      cursor = page.next ?? undefined;
    } while (cursor);
  }

  /**
   * Sums by the day of creation (ISO date, UTC), currency and state, both days included; without them, of the last 30
   * days. `days` are all days of the range.
   */
  async totalsByDay(range: { from?: string | undefined; to?: string | undefined }): Promise<PayoutTotals> {
    const to = range.to ?? (await this.newestDay());
    const asked = range.from ?? addDays(to, 1 - PLOTTED_DAYS);
    // A plot of more days than it has pixels for says nothing.
    const from = asked < addDays(to, 1 - MAX_PLOTTED_DAYS) ? addDays(to, 1 - MAX_PLOTTED_DAYS) : asked;
    const totals = await this.transactions.query<PayoutTotals['totals'][number]>(
      `select day::text, currency, status, amount from payouts.daily_totals
       where day between $1 and $2 and payouts > 0 order by 1, 2, 3`,
      [from, to],
    );
    const days: string[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
    return { days, totals };
  }

  /** Today by Stripe's clock, or the newest day with payouts: this process may not have heard yet that it was moved. */
  private async newestDay(): Promise<string> {
    const today = this.stripe.now().toISOString().slice(0, 10);
    const [row] = await this.transactions.query<{ day: string }>(
      `select greatest(max(day), $1::date)::text as day from payouts.daily_totals where payouts > 0`,
      [today],
    );
    return row!.day;
  }

  /** How many payouts are in each state; a state without any is left out. */
  async countByStatus(): Promise<Map<PayoutStatus, number>> {
    const rows = await this.transactions.query<{ status: PayoutStatus; count: number }>(
      `select status, sum(payouts)::int as count from payouts.daily_totals group by status having sum(payouts) > 0`,
    );
    return new Map(rows.map(({ status, count }) => [status, count]));
  }
}

function toView(row: Row): PayoutView {
  return {
    id: row.id,
    stripeAccount: row.stripe_account,
    sellerId: row.seller_id,
    amount: Money.of(row.amount, row.currency),
    status: row.status,
    automatic: row.automatic,
    arrivalOn: row.arrival_on,
    bankName: row.bank_name,
    bankLast4: row.bank_last4,
    failureCode: row.failure_code,
    failure: row.status === 'failed' ? failureWords(row.failure_code) : null,
    traceId: row.trace_id,
    createdAt: row.created,
    composed: row.composed,
  };
}
