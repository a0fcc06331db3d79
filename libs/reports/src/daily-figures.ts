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
  const amounts = new Map(rows.map(({ day, kind, amount }) => [`${kind} ${day}`, amount]));
  const of = (kind: string) => days.map((day) => amounts.get(`${kind} ${day}`) ?? 0n);
  return {
    currency,
    days,
    sales: of('charge'),
    refunds: of('refund'),
    fees: of('application_fee'),
    feesReturned: of('application_fee_refund'),
  };
}

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
