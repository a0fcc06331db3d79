import type Stripe from 'stripe';
import { listOf } from '../http/lists.js';
import { bool, currency, paging, range } from '../http/params.js';
import { route } from '../http/route.js';

type Rate = Stripe.ShippingRate;

/** Rates that Checkout Sessions made from `shipping_rate_data`. */
export const shippingRates = [
  route<Stripe.ShippingRateListParams, Stripe.ApiList<Rate>>(
    'GET',
    '/v1/shipping_rates',
    { ...paging, active: bool, created: range, currency },
    (call, params) =>
      listOf(call, 'shipping_rate', params, {
        filter: (rate) =>
          (params.active === undefined || rate.active === params.active) &&
          (!params.currency || rate.fixed_amount?.currency === params.currency),
      }),
  ),
  route<Stripe.ShippingRateRetrieveParams, Rate>(
    'GET',
    '/v1/shipping_rates/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('shipping_rate', account, ids['id']!),
  ),
];
