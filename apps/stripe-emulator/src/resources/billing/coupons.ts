import type Stripe from 'stripe';
import { listOf } from '../../http/lists.js';
import { currency, int, list, metadata, object, oneOf, paging, range, str } from '../../http/params.js';
import { route } from '../../http/route.js';

type Coupon = Stripe.Coupon;

export const coupons = [
  route<Stripe.CouponCreateParams, Coupon>(
    'POST',
    '/v1/coupons',
    {
      amount_off: int(1),
      applies_to: object({ products: list(str) }),
      currency,
      duration: oneOf('once', 'forever', 'repeating'),
      duration_in_months: int(1),
      id: str,
      max_redemptions: int(1),
      metadata,
      name: str,
      percent_off: { type: 'number' },
      redeem_by: int(0, Number.MAX_SAFE_INTEGER),
    },
    ({ engine, account }, params) => engine.billing.coupons.create(account, params),
  ),
  route<Stripe.CouponListParams, Stripe.ApiList<Coupon>>(
    'GET',
    '/v1/coupons',
    { ...paging, created: range },
    (call, params) => listOf(call, 'coupon', params, {}),
  ),
  route<Stripe.CouponRetrieveParams, Coupon>('GET', '/v1/coupons/:id', {}, ({ engine, account, ids }) =>
    engine.billing.coupons.need(account, ids['id']!),
  ),
  route<Stripe.CouponUpdateParams, Coupon>(
    'POST',
    '/v1/coupons/:id',
    { metadata, name: str },
    ({ engine, account, ids }, params) => engine.billing.coupons.update(account, ids['id']!, params),
  ),
  route<Stripe.CouponDeleteParams, Stripe.DeletedCoupon>(
    'DELETE',
    '/v1/coupons/:id',
    {},
    ({ engine, account, ids }) => engine.billing.coupons.remove(account, ids['id']!),
  ),
];
