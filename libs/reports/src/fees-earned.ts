import { Injectable } from '@nestjs/common';
import { Money } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';

/** What the platform earned from one seller on one day in one currency. */
export interface FeesEarnedRow {
  /** ISO date, UTC. */
  readonly day: string;
  readonly stripeAccount: string;
  readonly sellerId: string | null;
  readonly seller: string | null;
  readonly orders: number;
  readonly fees: Money;
  readonly returned: Money;
  /** Fees − returned. */
  readonly kept: Money;
}

export interface FeesEarnedFilter {
  readonly from: string;
  readonly to: string;
  readonly sellerId?: string | undefined;
  readonly currency?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

interface Row {
  readonly day: string;
  readonly stripe_account: string;
  readonly currency: string;
  readonly seller_id: string | null;
  readonly name: string | null;
  readonly orders: number;
  readonly fees: bigint;
  readonly returned: bigint;
}

/** Fees by day, seller and currency, newest day first. Sellers' rows of the rollup hold what each of them gave. */
@Injectable()
export class FeesEarned {
  constructor(private readonly transactions: Transactions) {}

  async page(filter: FeesEarnedFilter): Promise<Page<FeesEarnedRow>> {
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, ['time', 'text', 'text']);
    const parameters: unknown[] = [limit + 1, filter.from, filter.to];
    const conditions = [`day between $2 and $3`, `stripe_account <> 'platform'`];
    if (filter.currency) conditions.push(`currency = $${parameters.push(filter.currency)}`);
    if (filter.sellerId)
      conditions.push(
        `stripe_account in (select stripe_account from sellers.connected_accounts where seller_id = $${parameters.push(filter.sellerId)})`,
      );
    const set = keyset(['day', 'stripe_account', 'currency'], cursor, parameters.length + 1);
    // Each kind gives its own first rows in the order of its index; together they hold the first rows of both.
    const first = (kind: string) => `(select day, stripe_account, currency from ledger.daily_totals
        where kind = '${kind}' and ${[...conditions, set.where].join(' and ')}
        group by day, stripe_account, currency order by ${set.orderBy} limit $1)`;
    const rows = await this.transactions.query<Row>(
      `select k.day::text, k.stripe_account, k.currency, a.seller_id, s.name, t.orders, t.fees, t.returned
       from (select * from (${first('application_fee')} union ${first('application_fee_refund')}) first_rows
             order by ${set.orderBy} limit $1) k
       cross join lateral (
         select coalesce(sum(d.count) filter (where d.kind = 'application_fee'), 0)::int as orders,
                coalesce(-sum(d.amount) filter (where d.kind = 'application_fee'), 0)::bigint as fees,
                coalesce(sum(d.amount) filter (where d.kind = 'application_fee_refund'), 0)::bigint as returned
         from ledger.daily_totals d
         where d.kind in ('application_fee', 'application_fee_refund') and d.day = k.day
           and d.stripe_account = k.stripe_account and d.currency = k.currency) t
       left join sellers.connected_accounts a on a.stripe_account = k.stripe_account
       left join sellers.sellers s on s.id = a.seller_id
       order by ${set.orderBy.replace(/(day|stripe_account|currency)/g, 'k.$1')}`,
      [...parameters, ...set.parameters],
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.day, row.stripe_account, row.currency]);
    return { ...page, items: page.items.map(view) };
  }

  /** All of it, a page at a time: for exports of any length. */
  async *all(filter: Omit<FeesEarnedFilter, 'cursor' | 'limit'>): AsyncGenerator<FeesEarnedRow> {
    let cursor: string | undefined;
    do {
      const page = await this.page({ ...filter, limit: 500, cursor });
      yield* page.items;
      cursor = page.next ?? undefined;
    } while (cursor);
  }
}

function view(row: Row): FeesEarnedRow {
  const money = (amount: bigint) => Money.of(amount, row.currency);
  return {
    day: row.day,
    stripeAccount: row.stripe_account,
    sellerId: row.seller_id,
    seller: row.name,
    orders: row.orders,
    fees: money(row.fees),
    returned: money(row.returned),
    kept: money(row.fees - row.returned),
  };
}
