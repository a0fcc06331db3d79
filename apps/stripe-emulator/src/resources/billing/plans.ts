import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { listOf } from '../../http/lists.js';
import {
  any,
  bool,
  currency,
  int,
  metadata,
  oneOf,
  paging,
  range,
  required,
  str,
} from '../../http/params.js';
import { route } from '../../http/route.js';
import { planOf } from '../../verbs/billing/prices.js';
import { decimal, divided, interval, MOST, tiers } from './price-params.js';

type Plan = Stripe.Plan;

/** The API that came before prices. */
export const plans = [
  route<Stripe.PlanCreateParams, Plan>(
    'POST',
    '/v1/plans',
    {
      active: bool,
      amount: int(0, MOST),
      amount_decimal: decimal,
      billing_scheme: oneOf('per_unit', 'tiered'),
      currency: required(currency),
      id: str,
      interval: required(interval),
      interval_count: int(1, 1095),
      metadata,
      nickname: str,
      product: required(any),
      tiers,
      tiers_mode: oneOf('graduated', 'volume'),
      transform_usage: divided,
      trial_period_days: int(0, 730),
      usage_type: oneOf('licensed'),
    },
    ({ engine, account }, params) => engine.billing.plans.create(account, params),
  ),
  route<Stripe.PlanListParams, Stripe.ApiList<Plan>>(
    'GET',
    '/v1/plans',
    { ...paging, active: bool, created: range, product: str },
    (call, params) => {
      const page = listOf(call, 'price', params, {
        ...(params.product && { index: { name: 'product', values: [params.product] } }),
        filter: (price) =>
          price.recurring !== null &&
          (params.active === undefined || price.active === params.active) &&
          (!params.product || idOf(price.product) === params.product),
      });
      return { ...page, data: page.data.map(planOf) };
    },
  ),
  route<Stripe.PlanRetrieveParams, Plan>('GET', '/v1/plans/:id', {}, ({ engine, account, ids }) =>
    planOf(engine.billing.plans.need(account, ids['id']!)),
  ),
  route<Stripe.PlanUpdateParams, Plan>(
    'POST',
    '/v1/plans/:id',
    { active: bool, metadata, nickname: str, product: str, trial_period_days: int(0, 730) },
    ({ engine, account, ids }, params) => engine.billing.plans.update(account, ids['id']!, params),
  ),
  route<Stripe.PlanDeleteParams, Stripe.DeletedPlan>(
    'DELETE',
    '/v1/plans/:id',
    {},
    ({ engine, account, ids }) => engine.billing.plans.remove(account, ids['id']!),
  ),
];
