import { Injectable } from '@nestjs/common';
import { Money } from '#kernel';
import { accounts, Ledger, type LedgerTransaction } from '#ledger';
import { Transactions } from '#platform';
import type { LegKey, PredictedEntry } from './predictions.js';
import { asJson } from './json.js';

/** One row of books.entries to be. */
export interface Entry extends PredictedEntry {
  readonly reference: string;
  readonly kind: string;
  readonly origin: 'prediction' | 'rule' | 'conversion' | 'suspense';
  readonly orderId: string | null;
  readonly sellerId: string | null;
  readonly occurredAt: Date;
}

interface Joined {
  readonly stripe_account: string;
  readonly transaction_id: string;
  readonly part: string;
  readonly reference: string;
  readonly order_id: string | null;
  readonly seller_id: string | null;
  readonly expected: bigint;
  readonly expected_currency: string;
  readonly booked: bigint;
  readonly booked_currency: string;
  readonly exchange_rate: string | null;
  readonly created: Date;
}

/** Brings entries and legs together, whichever came first. Every verb here runs inside the caller's transaction. */
@Injectable()
export class Matching {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Whoever brings an entry or a leg holds its key until the commit: otherwise two transactions, each bringing one side,
   * would both look before the other has committed, and neither would find its partner.
   */
  async lock(keys: readonly (LegKey | PredictedEntry)[]): Promise<void> {
    const names = namesOf(keys);
    if (names.length === 0) return;
    await this.transactions.write(
      `select pg_advisory_xact_lock(key) from (
         select distinct hashtextextended('books ' || name, 0) as key from unnest($1::text[]) name order by 1) keys`,
      [names],
    );
  }

  async insertEntries(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.transactions.write(
      `insert into books.entries
         (reference, kind, origin, stripe_account, source_id, part, currency, amount, order_id, seller_id, occurred_at, matched_at, alias)
       select reference, kind, origin, stripe_account, source_id, part, currency, amount, order_id, seller_id, occurred_at, matched_at, alias
       from jsonb_to_recordset($1::jsonb) as e(reference text, kind text, origin text, stripe_account text, source_id text,
         part text, currency text, amount bigint, order_id text, seller_id text, occurred_at timestamptz, matched_at timestamptz, alias text)
       on conflict (reference, stripe_account, currency) do update
         set source_id = coalesce(entries.source_id, excluded.source_id)
         where entries.source_id is null and excluded.source_id is not null`,
      [
        asJson(
          entries.map((e) => ({
            reference: e.reference,
            kind: e.kind,
            origin: e.origin,
            stripe_account: e.stripeAccount,
            source_id: e.sourceId,
            part: e.part,
            currency: e.money.currency,
            amount: e.money.amount,
            order_id: e.orderId,
            seller_id: e.sellerId,
            occurred_at: e.occurredAt,
            matched_at: e.origin === 'prediction' ? null : e.occurredAt,
            alias: e.alias ?? null,
          })),
        ),
      ],
    );
  }

  /** Joins waiting legs and entries of these keys; call `lock` first. */
  async join(keys: readonly (LegKey | PredictedEntry)[]): Promise<void> {
    const given = namesOf(keys);
    if (given.length === 0) return;
    const names = [...given, ...(await this.renamed(given))];
    const joined = await this.transactions.write<Joined>(
      `with wanted as (
         select split_part(name, ' ', 1) as stripe_account, split_part(name, ' ', 2) as source_id, split_part(name, ' ', 3) as part
         from unnest($1::text[]) name),
       matched as (
         update books.legs l set state = 'matched', reference = e.reference
         from wanted w join books.entries e using (stripe_account, source_id, part)
         where l.state = 'waiting' and l.stripe_account = w.stripe_account and l.source_id = w.source_id and l.part = w.part
         returning l.stripe_account, l.transaction_id, l.part, e.reference, e.order_id, e.seller_id,
           e.amount as expected, e.currency as expected_currency, l.amount as booked, l.currency as booked_currency),
       noted as (
         update books.entries e set matched_at = now() from matched m
         where e.reference = m.reference and e.stripe_account = m.stripe_account and e.currency = m.expected_currency)
       select m.*, b.exchange_rate::text as exchange_rate, b.created
       from matched m join books.balance_transactions b on b.stripe_account = m.stripe_account and b.id = m.transaction_id`,
      [names],
    );
    const converted = joined.filter((row) => row.expected_currency !== row.booked_currency);
    await this.ledger.post(...converted.map(conversionOf));
    await this.insertEntries(converted.flatMap(conversionEntries));
  }

  /** Waiting legs that came under an entry's alias get the entry's own id, equal amounts in turn; answers their new names. */
  private async renamed(names: readonly string[]): Promise<string[]> {
    const rows = await this.transactions.write<{ name: string }>(
      `with wanted as (
         select split_part(name, ' ', 1) as stripe_account, split_part(name, ' ', 2) as alias, split_part(name, ' ', 3) as part
         from unnest($1::text[]) name),
       waiting as (
         select l.*, row_number() over (partition by l.stripe_account, l.source_id, l.part, l.amount
                                        order by l.transaction_id) as turn
         from wanted w join books.legs l on l.stripe_account = w.stripe_account and l.source_id = w.alias and l.part = w.part
         where l.state = 'waiting'),
       awaited as (
         select e.*, row_number() over (partition by e.stripe_account, e.alias, e.part, e.amount
                                        order by e.noted_at, e.reference) as turn
         from wanted w join books.entries e using (stripe_account, alias, part)
         where e.matched_at is null and e.source_id is not null)
       update books.legs l set source_id = e.source_id
       from waiting w join awaited e using (stripe_account, part, amount, turn)
       where e.alias = w.source_id and l.stripe_account = w.stripe_account
         and l.transaction_id = w.transaction_id and l.part = w.part
       returning l.stripe_account || ' ' || l.source_id || ' ' || l.part as name`,
      [names],
    );
    return rows.map(({ name }) => name);
  }
}

/** Every name under which something may come; what Stripe has not named yet has none. */
function namesOf(keys: readonly (LegKey | PredictedEntry)[]): string[] {
  return keys.flatMap((key) =>
    [key.sourceId, 'alias' in key ? key.alias : null]
      .filter((id) => id != null)
      .map((id) => `${key.stripeAccount} ${id} ${key.part}`),
  );
}

/** What was predicted in one currency and settled in another leaves the first and enters the second, in the open. */
function conversionOf(row: Joined): LedgerTransaction {
  const account = accounts.stripe(row.stripe_account);
  const out = Money.of(row.expected, row.expected_currency);
  const back = Money.of(row.booked, row.booked_currency);
  const gained = !out.isNegative;
  const posting = (money: Money, into: boolean) =>
    into
      ? { from: accounts.conversion, to: account, money }
      : { from: account, to: accounts.conversion, money };
  return {
    reference: `conversion:${row.transaction_id}:${row.part}`,
    kind: 'conversion',
    occurredAt: row.created,
    orderId: row.order_id,
    sellerId: row.seller_id,
    postings: [
      posting(gained ? out : out.negated(), !gained),
      posting(gained ? back : back.negated(), gained),
    ],
  };
}

function conversionEntries(row: Joined): Entry[] {
  const common = {
    reference: `conversion:${row.transaction_id}:${row.part}`,
    kind: 'conversion',
    origin: 'conversion',
    stripeAccount: row.stripe_account,
    sourceId: null,
    part: row.part,
    orderId: row.order_id,
    sellerId: row.seller_id,
    occurredAt: row.created,
  } as const;
  return [
    { ...common, money: Money.of(-row.expected, row.expected_currency) },
    { ...common, money: Money.of(row.booked, row.booked_currency) },
  ];
}
