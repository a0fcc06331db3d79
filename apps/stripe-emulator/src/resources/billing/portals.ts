import type Stripe from 'stripe';
import { listOf } from '../../http/lists.js';
import {
  bool,
  emptyable,
  int,
  list,
  metadata,
  object,
  oneOf,
  paging,
  required,
  str,
  url,
} from '../../http/params.js';
import { route } from '../../http/route.js';
import { prorationBehavior } from './billing-params.js';

type Configuration = Stripe.BillingPortal.Configuration;

const switched = object({ enabled: bool });

const features = object({
  customer_update: object({
    allowed_updates: emptyable(list(oneOf('address', 'email', 'name', 'phone', 'shipping', 'tax_id'))),
    enabled: bool,
  }),
  invoice_history: object({ enabled: required(bool) }),
  payment_method_update: switched,
  subscription_cancel: object({
    cancellation_reason: object({
      enabled: bool,
      options: emptyable(
        list(
          oneOf(
            'customer_service',
            'low_quality',
            'missing_features',
            'other',
            'switched_service',
            'too_complex',
            'too_expensive',
            'unused',
          ),
        ),
      ),
    }),
    enabled: bool,
    mode: oneOf('at_period_end', 'immediately'),
    proration_behavior: prorationBehavior,
  }),
  subscription_pause: object({
    enabled: bool,
    duration: object({
      interval_options: emptyable(
        list(object({ interval: required(oneOf('day', 'month', 'week', 'year')), interval_count: int(1) })),
      ),
      type: required(oneOf('indefinite', 'interval_options')),
    }),
  }),
  subscription_update: object({
    enabled: bool,
    default_allowed_updates: emptyable(list(oneOf('price', 'quantity'))),
    products: emptyable(
      list(
        object({
          adjustable_quantity: object({ enabled: required(bool), maximum: int(1), minimum: int(0) }),
          prices: required(list(str)),
          product: required(str),
        }),
      ),
    ),
    proration_behavior: prorationBehavior,
  }),
});

const fields = {
  business_profile: object({ headline: emptyable(str), privacy_policy_url: url, terms_of_service_url: url }),
  default_return_url: emptyable(url),
  metadata,
  name: emptyable(str),
};

export const portals = [
  route<Stripe.BillingPortal.ConfigurationCreateParams, Configuration>(
    'POST',
    '/v1/billing_portal/configurations',
    { ...fields, features: required(features) },
    ({ engine, account }, params) => engine.billing.portals.configure(account, params),
  ),
  route<Stripe.BillingPortal.ConfigurationListParams, Stripe.ApiList<Configuration>>(
    'GET',
    '/v1/billing_portal/configurations',
    { ...paging, active: bool, is_default: bool },
    (call, params) =>
      listOf(call, 'portal_configuration', params, {
        filter: (one) =>
          (params.active === undefined || one.active === params.active) &&
          (params.is_default === undefined || one.is_default === params.is_default),
      }),
  ),
  route<Stripe.BillingPortal.ConfigurationRetrieveParams, Configuration>(
    'GET',
    '/v1/billing_portal/configurations/:id',
    {},
    ({ engine, account, ids }) => engine.billing.portals.need(account, ids['id']!),
  ),
  route<Stripe.BillingPortal.ConfigurationUpdateParams, Configuration>(
    'POST',
    '/v1/billing_portal/configurations/:id',
    { ...fields, active: bool, features },
    ({ engine, account, ids }, params) => engine.billing.portals.update(account, ids['id']!, params),
  ),
  route<Stripe.BillingPortal.SessionCreateParams, Stripe.BillingPortal.Session>(
    'POST',
    '/v1/billing_portal/sessions',
    { configuration: str, customer: required(str), locale: str, return_url: url },
    ({ engine, account }, params) => engine.billing.portals.open(account, params),
  ),
];
