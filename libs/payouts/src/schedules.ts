import { Injectable } from '@nestjs/common';
import { requestOptions } from '#books';
import { Log, Transactions } from '#platform';
import { StripeApi } from '#stripe';
import type { Schedule } from './forecast.rules.js';

const FRESH_MS = 3_600_000;
const intervals = ['daily', 'weekly', 'monthly'] as const;

interface Row {
  readonly interval: Schedule['interval'];
  readonly weekly_days: string[];
  readonly monthly_days: number[];
  readonly delay_days: number;
  readonly minimums: Record<string, string>;
  readonly fetched_at: Date;
}

/** By which schedule Stripe pays an account out; asked at most once an hour, since it rarely changes. */
@Injectable()
export class PayoutSchedules {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
    private readonly log: Log,
  ) {}

  /** The last one that we know where Stripe does not answer; null where it never did. */
  async of(stripeAccount: string): Promise<Schedule | null> {
    const [row] = await this.transactions.query<Row>(
      `select interval, weekly_days, monthly_days, delay_days, minimums, fetched_at
       from payouts.schedules where stripe_account = $1`,
      [stripeAccount],
    );
    if (row && Date.now() - row.fetched_at.getTime() < FRESH_MS) return toSchedule(row);
    try {
      return await this.ask(stripeAccount);
    } catch (error) {
      this.log.warn('the payout schedule could not be read', {
        account: stripeAccount,
        reason: String(error),
      });
      return row ? toSchedule(row) : null;
    }
  }

  private async ask(stripeAccount: string): Promise<Schedule> {
    const { payments } = await this.stripe.sdk.balanceSettings.retrieve({}, requestOptions(stripeAccount));
    const schedule = payments.payouts?.schedule;
    const found: Schedule = {
      interval: intervals.find((one) => one === schedule?.interval) ?? 'manual',
      weeklyDays: schedule?.weekly_payout_days ?? ['monday'],
      monthlyDays: schedule?.monthly_payout_days ?? [1],
      delayDays: payments.settlement_timing.delay_days,
      minimums: Object.fromEntries(
        Object.entries(payments.payouts?.minimum_balance_by_currency ?? {}).map(([currency, amount]) => [
          currency,
          BigInt(amount),
        ]),
      ),
    };
    await this.transactions.query(
      `insert into payouts.schedules (stripe_account, interval, weekly_days, monthly_days, delay_days, minimums, fetched_at)
       values ($1, $2, $3, $4, $5, $6, now())
       on conflict (stripe_account) do update set interval = excluded.interval, weekly_days = excluded.weekly_days,
         monthly_days = excluded.monthly_days, delay_days = excluded.delay_days, minimums = excluded.minimums, fetched_at = now()`,
      [
        stripeAccount,
        found.interval,
        found.weeklyDays,
        found.monthlyDays,
        found.delayDays,
        JSON.stringify(
          Object.fromEntries(
            Object.entries(found.minimums).map(([currency, amount]) => [currency, String(amount)]),
          ),
        ),
      ],
    );
    return found;
  }
}

function toSchedule(row: Row): Schedule {
  return {
    interval: row.interval,
    weeklyDays: row.weekly_days,
    monthlyDays: row.monthly_days,
    delayDays: row.delay_days,
    minimums: Object.fromEntries(
      Object.entries(row.minimums).map(([currency, amount]) => [currency, BigInt(amount)]),
    ),
  };
}
