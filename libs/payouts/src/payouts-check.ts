import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Money } from '#kernel';
import {
  accountName,
  Books,
  BooksView,
  type Difference,
  difference,
  PartOfTheBooks,
  requestOptions,
} from '#books';
import { Subscribe, Transactions } from '#platform';
import { Sellers, SellerSellingChanged } from '#sellers';
import { isOutOfReach, PlatformAccount, StripeApi } from '#stripe';
import { isNewer, type PayoutStatus } from './payout.states.js';

interface Kept {
  readonly id: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly status: PayoutStatus;
  readonly arrival_on: string;
  readonly composed: boolean;
  readonly copies: number;
}

/** Payout rows beside Stripe's list, and the lines of each payout beside its amount. */
@Injectable()
export class PayoutsCheck {
  constructor(
    private readonly transactions: Transactions,
    private readonly books: Books,
    private readonly booksView: BooksView,
    private readonly sellers: Sellers,
    private readonly stripe: StripeApi,
    private readonly platform: PlatformAccount,
  ) {}

  /** A seller's account is in the books from the day it may be paid, whether or not anything was sold yet. */
  @Subscribe(SellerSellingChanged, 'books-watch')
  async watch({ sellerId }: { sellerId: string }): Promise<void> {
    const { stripeAccount } = await this.sellers.byId(sellerId);
    if (stripeAccount) await this.books.watch(stripeAccount);
  }

  @PartOfTheBooks('payouts')
  async differences(graceMinutes: number, only: readonly string[] | null): Promise<Difference[]> {
    const accounts = only ?? [
      'platform',
      ...(await this.sellers.stripeAccounts()).map((one) => one.stripeAccount),
    ];
    const found: Difference[] = [];
    for (const stripeAccount of accounts) found.push(...(await this.account(stripeAccount, graceMinutes)));
    return [...found, ...(await this.dailyTotals())];
  }

  /** The sums by day that the plots are drawn from, beside the payouts that they were kept from. */
  private async dailyTotals(): Promise<Difference[]> {
    const rows = await this.transactions.query<{
      day: string;
      currency: string;
      status: string;
      kept: bigint;
      paid: bigint;
      kept_payouts: number;
      payouts: number;
    }>(
      `with paid as (
         select (created at time zone 'UTC')::date as day, currency, status, sum(amount)::bigint as amount, count(*)::int as payouts
         from payouts.payouts group by 1, 2, 3),
       kept as (
         select day, currency, status, sum(amount)::bigint as amount, sum(payouts)::int as payouts
         from payouts.daily_totals group by 1, 2, 3)
       select day::text, currency, status, coalesce(kept.amount, 0) as kept, coalesce(paid.amount, 0) as paid,
              coalesce(kept.payouts, 0) as kept_payouts, coalesce(paid.payouts, 0) as payouts
       from kept full join paid using (day, currency, status)
       where coalesce(kept.amount, 0) <> coalesce(paid.amount, 0)
          or coalesce(kept.payouts, 0) <> coalesce(paid.payouts, 0)
       order by 1, 2, 3`,
    );
    return rows.map(({ day, currency, status, ...row }) => {
      const [kept, paid] = [row.kept, row.paid].map((amount) => Money.of(amount, currency).format());
      return difference(
        'payout_daily_total',
        `${day} ${status} ${currency}`,
        { currency },
        `The daily total of payouts that are “${status}” on ${day} says ${row.kept_payouts} of together ${kept}, the payouts are ${row.payouts} of together ${paid}.`,
      );
    });
  }

  private async account(stripeAccount: string, graceMinutes: number): Promise<Difference[]> {
    const rows = await this.transactions.query<Kept>(
      `select id, currency, amount, status, arrival_on::text as arrival_on, composed_at is not null as composed,
              (count(*) over (partition by id))::int as copies
       from payouts.payouts where stripe_account = $1`,
      [stripeAccount],
    );
    const kept = new Map(rows.map((row) => [row.id, row]));
    const sums = await this.booksView.sumsOfPayouts(stripeAccount);
    const metAt = await this.platform.metAt();
    const seen = new Set<string>();
    const found: Difference[] = [];
    const say = (code: string, row: { id: string; currency: string }, sentence: string) =>
      found.push(
        difference(code, `${stripeAccount} ${row.id}`, { stripeAccount, currency: row.currency }, sentence),
      );
    try {
      for await (const payout of this.stripe.sdk.payouts.list(
        { limit: 100 },
        requestOptions(stripeAccount),
      )) {
        seen.add(payout.id);
        const ours = kept.get(payout.id);
        const amount = Money.of(BigInt(payout.amount), payout.currency).format();
        if (!ours) {
          // A new one may still be on its way to us, and one from before our time never comes; one we have met may not be gone.
          const created = payout.created * 1000;
          const isNew = created > this.stripe.now().getTime() - graceMinutes * 60_000;
          const isOlder = metAt !== null && created < metAt.getTime();
          if ((isNew || isOlder) && !(await this.wasHere(payout.id))) continue;
          say(
            'payout_missing',
            payout,
            `Payout ${payout.id} of ${accountName(stripeAccount)} (${amount}) is at Stripe, but not here.`,
          );
        } else for (const change of changes(ours, payout)) say('payout_altered', ours, change);
      }
    } catch (error) {
      // An account that Stripe hides is reported by the books themselves.
      if (isOutOfReach(error)) return found;
      throw error;
    }
    for (const row of kept.values()) {
      if (row.copies > 1) say('payout_doubled', row, `Payout ${row.id} is here ${row.copies} times.`);
      if (!seen.has(row.id)) say('payout_strange', row, `Payout ${row.id} is here, but not at Stripe.`);
      const sum = sums.get(row.id) ?? 0n;
      if (row.composed && sum !== row.amount)
        say(
          'payout_lines',
          row,
          `The lines of payout ${row.id} add up to ${Money.of(sum, row.currency).format()}, it paid out ${Money.of(row.amount, row.currency).format()}.`,
        );
    }
    return found;
  }

  private async wasHere(payoutId: string): Promise<boolean> {
    const rows = await this.transactions.query(
      `select from payouts.happenings where payout_id = $1 limit 1`,
      [payoutId],
    );
    return rows.length > 0;
  }
}

function changes(ours: Kept, payout: Stripe.Payout): string[] {
  const found: string[] = [];
  const stripes = Money.of(BigInt(payout.amount), payout.currency);
  const mine = Money.of(ours.amount, ours.currency);
  if (!mine.equals(stripes))
    found.push(`Payout ${ours.id} is ${mine.format()} here and ${stripes.format()} at Stripe.`);
  // An event on its way explains an older state, and the arrival day that goes with it; nothing explains a newer one.
  const state = payout.status as PayoutStatus;
  if (!isNewer(ours.status, state))
    found.push(`Payout ${ours.id} is “${ours.status}” here and “${payout.status}” at Stripe.`);
  const arrival = new Date(payout.arrival_date * 1000).toISOString().slice(0, 10);
  if (ours.status === state && ours.arrival_on !== arrival)
    found.push(`Payout ${ours.id} arrives on ${ours.arrival_on} here and on ${arrival} at Stripe.`);
  return found;
}
