import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { listOf } from '../../http/lists.js';
import {
  bool,
  currency,
  int,
  metadata,
  object,
  oneOf,
  paging,
  range,
  required,
  str,
  until,
} from '../../http/params.js';
import { route } from '../../http/route.js';

type Code = Stripe.PromotionCode;

/** `coupon` is where older versions of the API have `promotion[coupon]`. */
type CreateParams = Omit<Stripe.PromotionCodeCreateParams, 'promotion'> & {
  coupon?: string;
  promotion?: Stripe.PromotionCodeCreateParams.Promotion;
};

export const promotionCodes = [
  route<CreateParams, Code>(
    'POST',
    '/v1/promotion_codes',
    {
      active: bool,
      code: str,
      coupon: until('2025-09-30.clover', str),
      customer: str,
      expires_at: int(0, Number.MAX_SAFE_INTEGER),
      max_redemptions: int(1),
      metadata,
      promotion: object({ coupon: str, type: required(oneOf('coupon')) }),
      restrictions: object({
        first_time_transaction: bool,
        minimum_amount: int(1),
        minimum_amount_currency: currency,
      }),
    },
    ({ engine, account }, { coupon, promotion, ...params }) =>
      engine.billing.promotionCodes.create(account, {
        ...params,
        promotion: promotion ?? { type: 'coupon', ...(coupon && { coupon }) },
      }),
  ),
  route<Stripe.PromotionCodeListParams, Stripe.ApiList<Code>>(
    'GET',
    '/v1/promotion_codes',
    { ...paging, active: bool, code: str, coupon: str, created: range, customer: str },
    (call, params) =>
      listOf(call, 'promotion_code', params, {
        ...(params.code && { index: { name: 'word', values: [params.code.toLowerCase()] } }),
        filter: (code) =>
          (params.active === undefined || code.active === params.active) &&
          (!params.coupon || idOf(code.promotion.coupon) === params.coupon) &&
          (!params.customer || idOf(code.customer) === params.customer),
      }),
  ),
  route<Stripe.PromotionCodeRetrieveParams, Code>(
    'GET',
    '/v1/promotion_codes/:id',
    {},
    ({ engine, account, ids }) => engine.billing.promotionCodes.need(account, ids['id']!, 'id'),
  ),
  route<Stripe.PromotionCodeUpdateParams, Code>(
    'POST',
    '/v1/promotion_codes/:id',
    { active: bool, metadata },
    ({ engine, account, ids }, params) => engine.billing.promotionCodes.update(account, ids['id']!, params),
  ),
];
