import { Injectable } from '@nestjs/common';
import { InvariantError, Money } from '#kernel';
import { Transactions } from '#platform';
import { stripeAccountOf } from './accounts.js';
import type { DailyTotal, Fingerprint, LedgerEffect, LedgerTransaction } from './ledger.types.js';
import { assertSound, effectsOf, movesOf } from './moves.js';

/** Posts, and answers what was posted. Everything else about money is a reading of these rows. */
@Injectable()
export class Ledger {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Posts all of them in the open transaction. A reference that is known already posts nothing; known with other
   * figures is an InvariantError.
   */
  async post(...posted: readonly LedgerTransaction[]): Promise<void> {
    if (posted.length === 0) return;
    posted.forEach(assertSound);
    if (new Set(posted.map((t) => t.reference)).size < posted.length)
      throw new InvariantError('one reference was posted twice at once');
    const inserted = await this.insertTransactions(posted);
    const fresh = posted.filter((t) => inserted.has(t.reference));
    if (fresh.length < posted.length) await this.assertSame(posted.filter((t) => !inserted.has(t.reference)));
    if (fresh.length === 0) return;
    await this.insertPostings(fresh, inserted);
    await this.moveBalances(fresh);
    await this.rollUp(fresh);
  }

  /** Balances of one account, by currency. */
  async balances(account: string): Promise<Money[]> {
    const rows = await this.transactions.query<{ currency: string; amount: bigint }>(
      `select currency, sum(amount)::bigint as amount from ledger.balances where account = $1
       group by currency order by currency`,
      [account],
    );
    return rows.map((row) => Money.of(row.amount, row.currency));
  }

  /** The balance of every Stripe account, from the maintained rows. */
  async stripeBalances(): Promise<{ stripeAccount: string; money: Money }[]> {
    const rows = await this.transactions.query<{ account: string; currency: string; amount: bigint }>(
      `select account, currency, sum(amount)::bigint as amount from ledger.balances
       where account like 'stripe:%' group by account, currency order by account, currency`,
    );
    return rows.map((row) => ({
      stripeAccount: stripeAccountOf(row.account)!,
      money: Money.of(row.amount, row.currency),
    }));
  }

  /**
   * Daily sums of one kind, from the first day to the last (ISO dates, UTC, both included), positive for what an account
   * gained. For fees by seller: kind `application_fee`, the sellers' rows are what they gave.
   */
  async dailyTotals(kind: string, from: string, to: string): Promise<DailyTotal[]> {
    const rows = await this.transactions.query<{
      day: string;
      stripe_account: string;
      currency: string;
      amount: bigint;
      count: bigint;
    }>(
      `select day::text, stripe_account, currency, sum(amount)::bigint as amount, sum(count)::bigint as count
       from ledger.daily_totals where kind = $1 and day between $2 and $3
       group by day, stripe_account, currency order by day, stripe_account, currency`,
      [kind, from, to],
    );
    return rows.map((row) => ({
      day: row.day,
      stripeAccount: row.stripe_account,
      money: Money.of(row.amount, row.currency),
      count: row.count,
    }));
  }

  /** For a comparison with another account of the same facts: equal fingerprints, equal effects. */
  async fingerprints(): Promise<Fingerprint[]> {
    const rows = await this.transactions.query<{
      stripe_account: string;
      currency: string;
      kind: string;
      count: bigint;
      amount: bigint;
      digest: string;
    }>(
      `select stripe_account, currency, kind, count(*)::bigint as count, sum(amount)::bigint as amount,
              sum(hashtextextended(reference || ' ' || amount || ' ' || coalesce(order_id, ''), 0)::numeric)::text as digest
       from (${EFFECTS}) effects group by stripe_account, currency, kind`,
    );
    return rows.map(({ stripe_account: stripeAccount, ...row }) => ({ stripeAccount, ...row }));
  }

  /** The single effects behind one fingerprint. */
  async effects(of: { stripeAccount: string; currency: string; kind: string }): Promise<LedgerEffect[]> {
    return this.transactions.query<LedgerEffect>(
      `select reference, amount, order_id as "orderId" from (${EFFECTS}) effects
       where stripe_account = $1 and currency = $2 and kind = $3`,
      [of.stripeAccount, of.currency, of.kind],
    );
  }

  private async insertTransactions(posted: readonly LedgerTransaction[]): Promise<Map<string, bigint>> {
    const rows = await this.transactions.write<{ id: bigint; reference: string }>(
      `insert into ledger.transactions
         (reference, kind, occurred_at, order_id, seller_id, posting_count, posting_total)
       select reference, kind, occurred_at, order_id, seller_id, posting_count, posting_total
       from jsonb_to_recordset($1::jsonb) as t(reference text, kind text, occurred_at timestamptz, order_id text,
         seller_id text, posting_count int, posting_total bigint)
       order by reference on conflict (reference) do nothing returning id, reference`,
      [
        json(
          posted.map((t) => ({
            reference: t.reference,
            kind: t.kind,
            occurred_at: t.occurredAt,
            order_id: t.orderId ?? null,
            seller_id: t.sellerId ?? null,
            posting_count: t.postings.length,
            posting_total: t.postings.reduce((sum, { money }) => sum + money.amount, 0n),
          })),
        ),
      ],
    );
    return new Map(rows.map((row) => [row.reference, row.id]));
  }

  private async insertPostings(
    fresh: readonly LedgerTransaction[],
    ids: ReadonlyMap<string, bigint>,
  ): Promise<void> {
    const rows = fresh.flatMap((t) =>
      t.postings.map(({ from, to, money }, position) => ({
        transaction_id: ids.get(t.reference)!,
        position,
        source: from,
        destination: to,
        currency: money.currency,
        amount: money.amount,
      })),
    );
    await this.transactions.write(
      `insert into ledger.postings (transaction_id, position, source, destination, currency, amount)
       select transaction_id, position, source, destination, currency, amount
       from jsonb_to_recordset($1::jsonb) as p(transaction_id bigint, position int, source text, destination text,
         currency text, amount bigint)`,
      [json(rows)],
    );
  }

  /** One lock order, so that many posters at once do not deadlock. */
  private async moveBalances(fresh: readonly LedgerTransaction[]): Promise<void> {
    await this.transactions.write(
      `insert into ledger.balances (account, currency, shard, amount)
       select account, currency, shard, sum(amount)::bigint
       from jsonb_to_recordset($1::jsonb) as m(account text, currency text, shard smallint, amount bigint)
       group by 1, 2, 3 order by 1, 2, 3
       on conflict (account, currency, shard) do update set amount = balances.amount + excluded.amount`,
      [json(fresh.flatMap(movesOf))],
    );
  }

  private async rollUp(fresh: readonly LedgerTransaction[]): Promise<void> {
    const rows = fresh.flatMap((t) =>
      effectsOf(t).map((effect) => ({
        ...effect,
        day: t.occurredAt.toISOString().slice(0, 10),
        kind: t.kind,
      })),
    );
    if (rows.length === 0) return;
    await this.transactions.write(
      `insert into ledger.daily_totals (day, stripe_account, kind, currency, shard, amount, count)
       select day, stripe_account, kind, currency, shard, sum(amount)::bigint, count(*)
       from jsonb_to_recordset($1::jsonb) as d(day date, stripe_account text, kind text, currency text,
         shard smallint, amount bigint)
       group by 1, 2, 3, 4, 5 order by 3, 1, 2, 4, 5
       on conflict (kind, day, stripe_account, currency, shard)
       do update set amount = daily_totals.amount + excluded.amount, count = daily_totals.count + excluded.count`,
      [json(rows)],
    );
  }

  private async assertSame(known: readonly LedgerTransaction[]): Promise<void> {
    const rows = await this.transactions.write<{ reference: string; figures: string[] }>(
      `select t.reference, array_agg(concat_ws(' ', p.source, p.destination, p.currency, p.amount)) as figures
       from ledger.transactions t join ledger.postings p on p.transaction_id = t.id
       where t.reference = any($1) group by t.reference`,
      [known.map((t) => t.reference)],
    );
    const stored = new Map(rows.map((row) => [row.reference, row.figures.sort().join('; ')]));
    for (const { reference, postings } of known) {
      const figures = postings.map((p) => `${p.from} ${p.to} ${p.money.currency} ${p.money.amount}`);
      if (stored.get(reference) !== figures.sort().join('; '))
        throw new InvariantError(`${reference} was posted before with other figures`);
    }
  }
}

/** One row per transaction, Stripe account and currency; `kind` and `order_id` beside it. */
const EFFECTS = `
  select t.reference, t.kind, t.order_id, substr(m.account, 8) as stripe_account, m.currency, sum(m.amount)::bigint as amount
  from (select transaction_id, destination as account, currency, amount from ledger.postings
        union all select transaction_id, source, currency, -amount from ledger.postings) m
  join ledger.transactions t on t.id = m.transaction_id
  where m.account like 'stripe:%'
  group by t.reference, t.kind, t.order_id, m.account, m.currency`;

/** JSON numbers lose digits past 2^53: bigints travel as text, and PostgreSQL casts them back. */
function json(rows: readonly object[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
