import { allocate, currencyFacts, DomainError, Money, Split } from '#kernel';
import { applicationFee, type FeeRule } from '#fees';

/** What a buyer asks of one seller, before discounts. All money is in the seller's currency. */
export interface DraftGoods {
  readonly currency: string;
  readonly lines: readonly { readonly quantity: number; readonly unitPrice: Money }[];
  readonly shipping: Money;
}

/** A promised reduction; who funds it gives it from their own share. */
export interface Discount {
  readonly funder: 'seller' | 'platform';
  /** Minor units of the order's currency; bounded by the goods, and for the platform by its fee. */
  readonly amount: Money;
}

/** Every figure of an order, frozen when it is placed. */
export interface Figures {
  readonly items: Money;
  readonly discount: Money;
  readonly discountFunder: 'seller' | 'platform' | null;
  readonly shipping: Money;
  readonly tax: Money;
  readonly split: Split;
  /** Discount of each line, in the order of the draft's lines; they sum to `discount`. */
  readonly lineDiscounts: readonly Money[];
}

/**
 * The equation of an order: charged = seller's net + application fee + tax held. The fee is of what is sold, shipping
 * included, after a discount that the seller funds. A discount that the platform funds comes out of its fee alone, so
 * it is capped by it and the seller's net stays the same.
 */
export function figure(draft: DraftGoods, rule: FeeRule, discount: Discount | null): Figures {
  const { currency, shipping } = draft;
  const amounts = draft.lines.map((line) => line.unitPrice.times(line.quantity));
  const items = Money.sum(amounts, currency);
  const zero = Money.zero(currency);
  const wanted = discount ? least(discount.amount, items) : zero;
  const bySeller = discount?.funder === 'seller' ? wholeSteps(wanted) : zero;
  const sold = items.minus(bySeller).plus(shipping);
  const fee = applicationFee(rule, sold);
  const byPlatform = discount?.funder === 'platform' ? wholeSteps(least(wanted, fee)) : zero;
  const given = bySeller.plus(byPlatform);
  const charged = sold.minus(byPlatform);
  requireChargeable(charged);
  return {
    items,
    discount: given,
    discountFunder: given.isZero ? null : discount!.funder,
    shipping,
    tax: zero,
    split: new Split(charged, sold.minus(fee), fee.minus(byPlatform), zero),
    lineDiscounts: shareOut(given, amounts),
  };
}

/** Largest remainder in the currency's own steps, so that each discounted line can be charged as it is. */
function shareOut(total: Money, amounts: readonly Money[]): Money[] {
  const { step } = currencyFacts(total.currency);
  const weights = amounts.map((amount) => amount.amount / step);
  return allocate(total.amount / step, weights).map((part) => Money.of(part * step, total.currency));
}

function wholeSteps(money: Money): Money {
  const { step } = currencyFacts(money.currency);
  return Money.of(money.amount - (money.amount % step), money.currency);
}

function least(a: Money, b: Money): Money {
  return a.compare(b) < 0 ? a : b;
}

/**
 * Stripe refuses charges under the minimum of the currency in which they settle. Where it does not convert, that is the order's
 * own; where it does, only Stripe knows, and what it refuses comes out as the same error (Payments.payable).
 * docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
function requireChargeable(charged: Money): void {
  const { minimum } = currencyFacts(charged.currency);
  if (charged.amount < minimum) throw amountTooSmall(charged, Money.of(minimum, charged.currency));
}

/** Without a minimum of ours: Stripe refused it at the rate of the day. */
export function amountTooSmall(charged: Money, minimum?: Money): DomainError {
  const why = minimum
    ? `An order must come to at least ${minimum.format()}.`
    : `${charged.format()} is less than our payment provider takes in one payment, once it is converted.`;
  return new DomainError(
    'amount_too_small',
    'invalid',
    `${why} Add something to it, or leave out the promotion code.`,
  );
}
