import { Injectable } from '@nestjs/common';
import { type Actor, Clock, Money } from '#kernel';
import { SellerBalances } from '#payouts';
import { DailyFigures, type LowListing, ShopDesk, type ShopSeries } from '#reports';
import { Sellers } from '#sellers';

const DAYS = 30;

/** What one currency brought in the last 30 days. */
export interface ShopSales {
  readonly currency: string;
  readonly sold: Money;
  readonly refunded: Money;
  readonly days: readonly { readonly day: string; readonly sold: Money; readonly refunded: Money }[];
}

export interface ShopOverviewBody {
  readonly sales: readonly ShopSales[];
  /** Paid orders that were not sent; 100 stands for that many or more. */
  readonly toSend: number;
  readonly waitingSince: Date | null;
  /** The next payout of each currency, where one is planned. */
  readonly nextPayouts: readonly { readonly day: string; readonly money: Money }[];
  /** Published listings of which a variant has at most two pieces left; at most six of them. */
  readonly runsLow: readonly LowListing[];
}

/** What a seller looks for first, for the page and for programs. */
@Injectable()
export class ShopOverview {
  constructor(
    private readonly sellers: Sellers,
    private readonly desk: ShopDesk,
    private readonly figures: DailyFigures,
    private readonly balances: SellerBalances,
    private readonly clock: Clock,
  ) {}

  /** For members of the shop. */
  async of(actor: Actor, sellerId: string): Promise<ShopOverviewBody> {
    await this.sellers.requireMember(actor, sellerId);
    const accounts = (await this.sellers.accountsOf(sellerId)).map((account) => account.stripeAccount);
    const [{ toSend, waitingSince, low }, series, balance] = await Promise.all([
      this.desk.of(sellerId),
      this.figures.ofShop(accounts, this.clock.now(), DAYS),
      this.balances.of(actor, sellerId),
    ]);
    const nextPayouts = balance.currencies.flatMap(({ forecast }) => forecast.payouts.slice(0, 1));
    return { sales: series.map(salesOf), toSend, waitingSince, nextPayouts, runsLow: low };
  }
}

function salesOf({ currency, days, sales, refunds }: ShopSeries): ShopSales {
  const money = (amount: bigint | undefined) => Money.of(amount ?? 0n, currency);
  const sum = (amounts: readonly bigint[]) => money(amounts.reduce((total, amount) => total + amount, 0n));
  return {
    currency,
    sold: sum(sales),
    refunded: sum(refunds),
    days: days.map((day, at) => ({ day, sold: money(sales[at]), refunded: money(refunds[at]) })),
  };
}
