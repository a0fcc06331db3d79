import { Injectable } from '@nestjs/common';
import { type Actor, Money } from '#kernel';
import { type BooksLineView, BooksView } from '#books';
import { decodeCursor, type Page, Transactions } from '#platform';
import { Sellers } from '#sellers';
import { StripeApi } from '#stripe';
import { forecast, type Forecast, type Hold, holds, type Schedule } from './forecast.rules.js';
import { failureWords, reasonWords } from './payout.words.js';
import { PayoutSchedules } from './schedules.js';

const FORECAST_DAYS = 14;

/** One currency of a seller's Stripe balance. */
export interface CurrencyBalance {
  readonly currency: string;
  readonly available: Money;
  readonly pending: Money;
  /** What becomes available, by day (ISO date, UTC). */
  readonly pendingByDay: { readonly day: string; readonly money: Money }[];
  readonly forecast: Forecast;
}

export interface SellerBalance {
  /** Null before onboarding. */
  readonly stripeAccount: string | null;
  /** Today at Stripe, ISO date, UTC. */
  readonly today: string;
  readonly currencies: CurrencyBalance[];
  /** Null where Stripe never told us. */
  readonly schedule: Schedule | null;
  readonly holds: Hold[];
  /** How old these figures are; null before the first time. */
  readonly mirroredAt: Date | null;
}

const manual: Schedule = { interval: 'manual', weeklyDays: [], monthlyDays: [], delayDays: 0, minimums: {} };

/** What a seller has at Stripe, when it comes, and what stands in the way. */
@Injectable()
export class SellerBalances {
  constructor(
    private readonly transactions: Transactions,
    private readonly booksView: BooksView,
    private readonly schedules: PayoutSchedules,
    private readonly sellers: Sellers,
    private readonly stripe: StripeApi,
  ) {}

  /** For the seller's members. */
  async of(actor: Actor, sellerId: string): Promise<SellerBalance> {
    const seller = await this.sellers.requireMember(actor, sellerId);
    const today = this.stripe.now().toISOString().slice(0, 10);
    const { stripeAccount } = seller;
    if (!stripeAccount)
      return { stripeAccount, today, currencies: [], schedule: null, holds: [], mirroredAt: null };
    const [balances, pending, mirroredAt, schedule, lastFailure] = await Promise.all([
      this.booksView.balances(stripeAccount),
      this.booksView.pendingByDay(stripeAccount),
      this.booksView.mirroredAt(stripeAccount),
      this.schedules.of(stripeAccount),
      this.lastFailure(stripeAccount),
    ]);
    const currencies = balances.map((balance): CurrencyBalance => {
      const own = pending.filter(({ money }) => money.currency === balance.currency);
      return {
        ...balance,
        pendingByDay: own,
        forecast: forecast({
          available: balance.available,
          pending: own,
          schedule: (seller.payoutsActive && schedule) || manual,
          today,
          days: FORECAST_DAYS,
        }),
      };
    });
    const { payoutsActive, payoutsReason } = seller;
    return {
      stripeAccount,
      today,
      currencies,
      schedule,
      mirroredAt,
      holds: schedule ? holds({ payoutsActive, payoutsReason, lastFailure, schedule, balances }) : [],
    };
  }

  /** Everything that moved this seller's balance, newest first, with its reason. */
  async activity(
    actor: Actor,
    sellerId: string,
    cursor?: string,
  ): Promise<Page<BooksLineView & { reason: string }>> {
    const { stripeAccount } = await this.sellers.requireMember(actor, sellerId);
    if (!stripeAccount) return { items: [], next: null, previous: null };
    const page = await this.booksView.page(stripeAccount, decodeCursor(cursor, ['time', 'text']));
    return {
      ...page,
      items: page.items.map((line) => ({ ...line, reason: reasonWords(line.type, line.sourceId) })),
    };
  }

  /** Why the latest payout failed; null where it did not. */
  private async lastFailure(stripeAccount: string): Promise<string | null> {
    const [row] = await this.transactions.query<{ status: string; failure_code: string | null }>(
      `select status, failure_code from payouts.payouts where stripe_account = $1 and status <> 'canceled'
       order by created desc limit 1`,
      [stripeAccount],
    );
    return row?.status === 'failed' ? failureWords(row.failure_code) : null;
  }
}
