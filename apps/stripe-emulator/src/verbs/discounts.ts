import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { invalid, missing } from '../engine/errors.js';

/** What the session's coupon takes off `subtotal`, minor units. */
export function discountOf(
  engine: Engine,
  account: string,
  params: Stripe.Checkout.SessionCreateParams,
  subtotal: number,
  currency: string,
): number {
  const id = params.discounts?.[0]?.coupon;
  if (!id) return 0;
  const coupon = engine.store.get('coupon', account, id);
  if (!coupon) throw missing('coupon', id, 'discounts[0][coupon]');
  if (!coupon.valid) {
    throw invalid(`Coupon ${id} can no longer be redeemed.`, {
      code: 'coupon_expired',
      param: 'discounts[0][coupon]',
    });
  }
  if (coupon.percent_off === null && coupon.currency !== currency) {
    throw invalid(`The coupon's currency (${coupon.currency}) is not the session's (${currency}).`, {
      param: 'discounts[0][coupon]',
    });
  }
  return couponAmount(coupon, subtotal, currency);
}

/** What a coupon takes off an amount, minor units; one in another currency takes nothing off. */
export function couponAmount(coupon: Stripe.Coupon, amount: number, currency: string): number {
  if (coupon.percent_off !== null) return Math.round((amount * coupon.percent_off) / 100);
  return coupon.currency === currency ? Math.min(amount, coupon.amount_off ?? 0) : 0;
}

/** A discount spread over amounts by their size; what rounding leaves goes to the first ones. */
export function shares(amounts: number[], discount: number): number[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const parts = amounts.map((amount) => (total === 0 ? 0 : Math.floor((discount * amount) / total)));
  let left = total === 0 ? 0 : discount - parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part, index) => {
    const extra = Math.min(left, amounts[index]! - part, 1);
    left -= extra;
    return part + extra;
  });
}

/** Spreads a discount over the lines by their amounts. */
export function shareDiscount(items: Stripe.LineItem[], discount: number): void {
  shares(
    items.map((item) => item.amount_subtotal),
    discount,
  ).forEach((share, index) => {
    const item = items[index]!;
    item.amount_discount = share;
    item.amount_total = item.amount_subtotal - share;
  });
}
