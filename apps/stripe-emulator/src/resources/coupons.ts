import type Stripe from 'stripe';
import { invalid } from '../engine/errors.js';
import { listOf } from '../http/lists.js';
import { currency, int, metadata, oneOf, paging, range, str } from '../http/params.js';
import { route } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';

const platformOnly = { platformOnly: true };

export const coupons = [
  route<Stripe.CouponCreateParams, Stripe.Coupon>(
    'POST',
    '/v1/coupons',
    {
      amount_off: int(1),
      currency,
      duration: oneOf('once', 'forever'),
      id: str,
      metadata,
      name: str,
      percent_off: { type: 'number' },
    },
    ({ engine }, params) => {
      const { amount_off = null, percent_off = null } = params;
      if ((amount_off === null) === (percent_off === null)) {
        throw invalid('You must pass either amount_off or percent_off, and not both.', {
          code: 'parameter_missing',
          param: 'percent_off',
        });
      }
      if (amount_off !== null && !params.currency) {
        throw invalid('You must pass currency when passing amount_off.', {
          code: 'parameter_missing',
          param: 'currency',
        });
      }
      if (percent_off !== null && (percent_off <= 0 || percent_off > 100)) {
        throw invalid('percent_off must be greater than 0 and at most 100.', { param: 'percent_off' });
      }
      const id = params.id ?? engine.ids.next('x').slice(2, 10);
      if (engine.store.get('coupon', engine.platform, id)) {
        throw invalid('Coupon already exists.', { code: 'resource_already_exists', param: 'id' });
      }
      const coupon: Stripe.Coupon = {
        id,
        object: 'coupon',
        amount_off,
        created: engine.clock.seconds(),
        currency: amount_off === null ? null : params.currency!,
        duration: params.duration ?? 'once',
        duration_in_months: null,
        livemode: engine.livemode,
        max_redemptions: null,
        metadata: mergeMetadata({}, params.metadata),
        name: params.name ?? null,
        percent_off,
        redeem_by: null,
        times_redeemed: 0,
        valid: true,
      };
      engine.store.insert('coupon', engine.platform, coupon);
      engine.events.emit(engine.platform, 'coupon.created', coupon);
      return coupon;
    },
    platformOnly,
  ),
  route<Stripe.CouponListParams, Stripe.ApiList<Stripe.Coupon>>(
    'GET',
    '/v1/coupons',
    { ...paging, created: range },
    (call, params) => listOf(call, 'coupon', params, {}),
  ),
  route<Stripe.CouponRetrieveParams, Stripe.Coupon>(
    'GET',
    '/v1/coupons/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('coupon', account, ids['id']!, 'coupon'),
  ),
  route<Stripe.CouponDeleteParams, Stripe.DeletedCoupon>(
    'DELETE',
    '/v1/coupons/:id',
    {},
    ({ engine, ids }) => {
      const coupon = engine.store.need('coupon', engine.platform, ids['id']!, 'coupon');
      engine.store.remove('coupon', engine.platform, coupon.id);
      engine.events.emit(engine.platform, 'coupon.deleted', coupon);
      return { id: coupon.id, object: 'coupon', deleted: true };
    },
    platformOnly,
  ),
];
