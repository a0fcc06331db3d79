import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { listOf } from '../../http/lists.js';
import {
  bool,
  currency,
  descriptor,
  int,
  list,
  metadata,
  object,
  oneOf,
  paging,
  range,
  required,
  str,
  upTo,
} from '../../http/params.js';
import { route } from '../../http/route.js';
import {
  customAmount,
  decimal,
  divided,
  interval,
  MOST,
  recurring,
  taxBehavior,
  tiers,
} from './price-params.js';

type Price = Stripe.Price;

export const prices = [
  route<Stripe.PriceCreateParams, Price>(
    'POST',
    '/v1/prices',
    {
      active: bool,
      billing_scheme: oneOf('per_unit', 'tiered'),
      currency: required(currency),
      custom_unit_amount: customAmount,
      lookup_key: upTo(200),
      metadata,
      nickname: str,
      product: str,
      product_data: object({
        active: bool,
        id: str,
        metadata,
        name: required(str),
        statement_descriptor: descriptor(),
        tax_code: str,
        unit_label: str,
      }),
      recurring,
      tax_behavior: taxBehavior,
      tiers,
      tiers_mode: oneOf('graduated', 'volume'),
      transfer_lookup_key: bool,
      transform_quantity: divided,
      unit_amount: int(0, MOST),
      unit_amount_decimal: decimal,
    },
    ({ engine, account }, params) => engine.billing.prices.create(account, params),
  ),
  route<Stripe.PriceListParams, Stripe.ApiList<Price>>(
    'GET',
    '/v1/prices',
    {
      ...paging,
      active: bool,
      created: range,
      currency,
      lookup_keys: list(str, 10),
      product: str,
      recurring: object({ interval, meter: str, usage_type: oneOf('licensed', 'metered') }),
      type: oneOf('one_time', 'recurring'),
    },
    (call, params) => {
      const { product, lookup_keys: keys, recurring: every } = params;
      const index = keys
        ? { name: 'lookup_key', values: keys }
        : product && { name: 'product', values: [product] };
      return listOf(call, 'price', params, {
        ...(index && { index }),
        filter: (price) =>
          (params.active === undefined || price.active === params.active) &&
          (!params.currency || price.currency === params.currency) &&
          (!product || idOf(price.product) === product) &&
          (!params.type || price.type === params.type) &&
          (!every?.interval || price.recurring?.interval === every.interval) &&
          (!every?.usage_type || price.recurring?.usage_type === every.usage_type),
      });
    },
  ),
  route<Stripe.PriceRetrieveParams, Price>('GET', '/v1/prices/:id', {}, ({ engine, account, ids }) =>
    engine.billing.prices.need(account, ids['id']!, 'id'),
  ),
  route<Stripe.PriceUpdateParams, Price>(
    'POST',
    '/v1/prices/:id',
    {
      active: bool,
      lookup_key: upTo(200),
      metadata,
      nickname: str,
      tax_behavior: taxBehavior,
      transfer_lookup_key: bool,
    },
    ({ engine, account, ids }, params) => engine.billing.prices.update(account, ids['id']!, params),
  ),
];
