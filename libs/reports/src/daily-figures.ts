import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';

/** One currency's days, oldest first; amounts in minor units, one per day. */
export interface DailySeries {
  readonly currency: string;
  readonly days: string[];
  readonly sales: bigint[];
  readonly refunds: bigint[];
  readonly fees: bigint[];
  readonly feesReturned: bigint[];
}

export type ShopSeries = Pick<DailySeries, 'currency' | 'days' | 'sales' | 'refunds'>;

interface Row {
  readonly day: string;
  readonly currency: string;
  readonly kind: string;
  readonly amount: bigint;
}

const DAY_MS = 86_400_000;

/** Sales and fees by day, from the ledger's rollups: as fast for a million orders as for ten. */
@Injectable()
export class DailyFigures {
  constructor(private readonly transactions: Transactions) {}

  /** Today, or the newest day with figures: Stripe's clock is ahead of ours where a sandbox's time was moved. */
  async newestDay(now: Date): Promise<Date> {
    const [row] = await this.transactions.query<{ day: Date | null }>(
      `select max(day)::timestamp at time zone 'UTC' as day from ledger.daily_totals where stripe_account = 'platform'`,
    );
    return row?.day && row.day > now ? row.day : now;
  }

  /**
   * What buyers paid a shop and what went back to them, before fees, in the currency that reached its balance. The newest
   * day is today, or the last one with figures.
   */
  async ofShop(stripeAccounts: readonly string[], today: Date, days: number): Promise<ShopSeries[]> {
    const [newest] = await this.transactions.query<{ day: Date | null }>(
      `select max(day)::timestamp at time zone 'UTC' as day from ledger.daily_totals where stripe_account = any($1)`,
      [stripeAccounts],
    );
    const last = newest?.day && newest.day > today ? newest.day : today;
    const [from, to] = [new Date(last.getTime() - (days - 1) * DAY_MS), last].map(isoDay) as [string, string];
    const rows = await this.transactions.query<Row>(
      `select day::text, currency, kind, abs(sum(amount))::bigint as amount from ledger.daily_totals
       where stripe_account = any($1) and day between $2 and $3 and kind in ('transfer', 'transfer_reversal')
       group by day, currency, kind`,
      [stripeAccounts, from, to],
    );
    const list = daysBetween(from, to);
    return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => {
      const of = amountsOf(list, own);
      return { currency, days: list, sales: of('transfer'), refunds: of('transfer_reversal') };
    });
  }

  /** Both days included, ISO dates in UTC; the currency with most sales first. */
  async between(from: string, to: string): Promise<DailySeries[]> {
    const rows = await this.transactions.query<Row>(
      `select day::text, currency, kind, abs(sum(amount))::bigint as amount from ledger.daily_totals
       where stripe_account = 'platform' and day between $1 and $2
         and kind in ('charge', 'refund', 'application_fee', 'application_fee_refund')
       group by day, currency, kind`,
      [from, to],
    );
    const days = daysBetween(from, to);
    return [...Map.groupBy(rows, ({ currency }) => currency)]
      .map(([currency, own]) => seriesOf(currency, days, own))
      .sort((a, b) => total(b.sales) - total(a.sales));
  }
}

function seriesOf(currency: string, days: string[], rows: readonly Row[]): DailySeries {
  const of = amountsOf(days, rows);
  return {
    currency,
    days,
    sales: of('charge'),
    refunds: of('refund'),
    fees: of('application_fee'),
    feesReturned: of('application_fee_refund'),
  };
}

/** The amounts of one kind, one per day. */
function amountsOf(days: readonly string[], rows: readonly Row[]): (kind: string) => bigint[] {
  const amounts = new Map(rows.map(({ day, kind, amount }) => [`${kind} ${day}`, amount]));
  return (kind) => days.map((day) => amounts.get(`${kind} ${day}`) ?? 0n);
}

const isoDay = (at: Date): string => at.toISOString().slice(0, 10);

/** ISO dates, both ends included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** Only for an order of currencies, which have no common unit anyway. */
function total(amounts: readonly bigint[]): number {
  return Number(amounts.reduce((sum, amount) => sum + amount, 0n));
}
