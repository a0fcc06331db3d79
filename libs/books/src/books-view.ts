import { Injectable } from '@nestjs/common';
import { Money } from '#kernel';
import { type Cursor, keyset, type Page, pageOf, Transactions } from '#platform';
import type { MirrorRow } from './legs.rules.js';
import { Mirror } from './mirror.js';

/** One balance transaction as people read it. */
export interface BooksLineView {
  readonly id: string;
  readonly type: string;
  readonly sourceId: string | null;
  readonly description: string | null;
  readonly amount: Money;
  readonly fee: Money;
  readonly net: Money;
  readonly created: Date;
  readonly availableOn: Date;
  readonly status: 'pending' | 'available';
  readonly payoutId: string | null;
  readonly orderId: string | null;
}

export interface BalanceView {
  readonly currency: string;
  readonly available: Money;
  readonly pending: Money;
}

interface Row {
  readonly id: string;
  readonly type: string;
  readonly source_id: string | null;
  readonly description: string | null;
  readonly currency: string;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  readonly created: Date;
  readonly created_key: string;
  readonly available_on: Date;
  readonly status: 'pending' | 'available';
  readonly payout_id: string | null;
  readonly order_id: string | null;
}

const PAGE_SIZE = 50;

/** Read views of the mirror. */
@Injectable()
export class BooksView {
  constructor(
    private readonly transactions: Transactions,
    private readonly mirror: Mirror,
  ) {}

  /** What an account has, by currency, as far as it has been mirrored. */
  async balances(stripeAccount: string): Promise<BalanceView[]> {
    const rows = await this.transactions.query<{ currency: string; available: bigint; pending: bigint }>(
      `select currency, available, pending from books.balances where stripe_account = $1 order by currency`,
      [stripeAccount],
    );
    return rows.map(({ currency, available, pending }) => ({
      currency,
      available: Money.of(available, currency),
      pending: Money.of(pending, currency),
    }));
  }

  /** What is pending, by the day (ISO date, UTC) on which it becomes available. */
  async pendingByDay(stripeAccount: string): Promise<{ day: string; money: Money }[]> {
    const rows = await this.transactions.query<{ day: string; currency: string; net: bigint }>(
      `select (available_on at time zone 'UTC')::date::text as day, currency, sum(net)::bigint as net
       from books.balance_transactions where stripe_account = $1 and status = 'pending' group by 1, 2 order by 1, 2`,
      [stripeAccount],
    );
    return rows.map(({ day, currency, net }) => ({ day, money: Money.of(net, currency) }));
  }

  /** When the account was last mirrored; null before the first time. */
  async mirroredAt(stripeAccount: string): Promise<Date | null> {
    const [row] = await this.transactions.query<{ mirrored_at: Date | null }>(
      `select mirrored_at from books.accounts where stripe_account = $1`,
      [stripeAccount],
    );
    return row?.mirrored_at ?? null;
  }

  /** An account's balance transactions, newest first. The cursor's values are `created` and the id. */
  async page(stripeAccount: string, cursor: Cursor | null, limit = PAGE_SIZE): Promise<Page<BooksLineView>> {
    const { where, orderBy, parameters } = keyset(['b.created', 'b.id'], cursor, 3);
    const rows = await this.transactions.query<Row>(
      `${SELECT} where b.stripe_account = $1 and ${where} order by ${orderBy} limit $2`,
      [stripeAccount, limit + 1, ...parameters],
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.created_key, row.id]);
    return { ...page, items: page.items.map(toView) };
  }

  /** All that a payout paid out, oldest first, without the payout itself. Known once its list has been taken in. */
  async linesOfPayout(stripeAccount: string, payoutId: string): Promise<BooksLineView[]> {
    const rows = await this.transactions.query<Row>(
      `${SELECT} where b.stripe_account = $1 and b.payout_id = $2 and not (b.type = 'payout' and b.source_id = $2)
       order by b.created, b.id`,
      [stripeAccount, payoutId],
    );
    return rows.map(toView);
  }

  /** Sums of what each payout paid out, without the payout itself; for payouts whose list has been taken in. */
  async sumsOfPayouts(stripeAccount: string): Promise<Map<string, bigint>> {
    const rows = await this.transactions.query<{ payout_id: string; net: bigint }>(
      `select payout_id, sum(net)::bigint as net from books.balance_transactions
       where stripe_account = $1 and payout_id is not null and not (type = 'payout' and source_id = payout_id)
       group by payout_id`,
      [stripeAccount],
    );
    return new Map(rows.map((row) => [row.payout_id, row.net]));
  }

  /** What moved money on some account without anybody here having expected it, oldest first, by type of transaction. */
  async unexpected(
    types: readonly string[],
    limit: number,
  ): Promise<{ stripeAccount: string; sourceId: string }[]> {
    return this.transactions.query(
      `select l.stripe_account as "stripeAccount", l.source_id as "sourceId"
       from books.legs l
       join books.balance_transactions b on b.stripe_account = l.stripe_account and b.id = l.transaction_id
       where l.state = 'waiting' and b.type = any($1) and l.source_id is not null order by b.created limit $2`,
      [types, limit],
    );
  }

  /** Notes which balance transactions a payout paid out, as Stripe lists them; mirrors those that are not there yet. */
  async assignPayout(stripeAccount: string, payoutId: string, rows: readonly MirrorRow[]): Promise<void> {
    await this.transactions.run(async () => {
      await this.mirror.store(stripeAccount, rows);
      await this.transactions.write(
        `update books.balance_transactions set payout_id = $2
         where stripe_account = $1 and id = any($3) and payout_id is distinct from $2`,
        [stripeAccount, payoutId, rows.map((row) => row.id)],
      );
    });
  }
}

/** One row per balance transaction; its order is that of the entry that any of its legs is matched with. */
const SELECT = `
  select b.id, b.type, b.source_id, b.description, b.currency, b.amount, b.fee, b.net, b.created,
         to_char(b.created at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_key,
         b.available_on, b.status, b.payout_id,
         (select min(e.order_id) from books.legs l
          join books.entries e on e.reference = l.reference and e.stripe_account = l.stripe_account
          where l.stripe_account = b.stripe_account and l.transaction_id = b.id) as order_id
  from books.balance_transactions b`;

function toView(row: Row): BooksLineView {
  const money = (amount: bigint) => Money.of(amount, row.currency);
  return {
    id: row.id,
    type: row.type,
    sourceId: row.source_id,
    description: row.description,
    amount: money(row.amount),
    fee: money(row.fee),
    net: money(row.net),
    created: row.created,
    availableOn: row.available_on,
    status: row.status,
    payoutId: row.payout_id,
    orderId: row.order_id,
  };
}
