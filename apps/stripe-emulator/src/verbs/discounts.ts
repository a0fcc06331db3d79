import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { invalid, missing } from '../engine/errors.js';

/** What the session's coupon takes off `subtotal`, minor units. */
export function discountOf(
  engine: Engine,
  params: Stripe.Checkout.SessionCreateParams,
  subtotal: number,
  currency: string,
): number {
  const id = params.discounts?.[0]?.coupon;
  if (!id) return 0;
  const coupon = engine.store.get('coupon', engine.platform, id);
  if (!coupon) throw missing('coupon', id, 'discounts[0][coupon]');
  if (!coupon.valid) {
    throw invalid(`Coupon ${id} can no longer be redeemed.`, {
      code: 'coupon_expired',
      param: 'discounts[0][coupon]',
    });
  }
  if (coupon.percent_off !== null) return Math.round((subtotal * coupon.percent_off) / 100);
  if (coupon.currency !== currency) {
    throw invalid(`The coupon's currency (${coupon.currency}) is not the session's (${currency}).`, {
      param: 'discounts[0][coupon]',
    });
  }
  return Math.min(subtotal, coupon.amount_off ?? 0);
}

/** Spreads a discount over the lines by their amounts; what rounding leaves goes to the first lines. */
export function shareDiscount(items: Stripe.LineItem[], discount: number): void {
  const subtotal = items.reduce((sum, item) => sum + item.amount_subtotal, 0);
  if (discount === 0 || subtotal === 0) return;
  let left = discount;
  for (const item of items) {
    item.amount_discount = Math.floor((discount * item.amount_subtotal) / subtotal);
    left -= item.amount_discount;
  }
  for (const item of items) {
    const extra = Math.min(left, item.amount_subtotal - item.amount_discount, 1);
    item.amount_discount += extra;
    left -= extra;
    item.amount_total = item.amount_subtotal - item.amount_discount;
  }
}
