import type Stripe from 'stripe';
import { idOf } from '../engine/kinds.js';
import { listFrom, listOf } from '../http/lists.js';
import {
  bool,
  currency,
  descriptor,
  email,
  emptyable,
  int,
  list,
  metadata,
  object,
  oneOf,
  paging,
  range,
  required,
  str,
  until,
  upTo,
  url,
} from '../http/params.js';
import { route, type Call } from '../http/route.js';
import type { SessionParams } from '../verbs/session-object.js';
import { moment, transferPercent, trialSettings } from './billing/billing-params.js';
import { interval } from './billing/price-params.js';
import { shipping, transferData } from './shapes.js';

type Session = Stripe.Checkout.Session;

export const priceData = object({
  currency: required(currency),
  product: str,
  product_data: object({
    description: str,
    images: list(url, 8),
    metadata,
    name: required(str),
    tax_code: str,
    unit_label: str,
  }),
  recurring: object({ interval: required(interval), interval_count: int(1, 1095) }),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount: int(0),
});

const paymentIntentData = object({
  application_fee_amount: int(1),
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  description: str,
  metadata,
  on_behalf_of: str,
  receipt_email: email,
  setup_future_usage: oneOf('off_session', 'on_session'),
  shipping,
  statement_descriptor: descriptor(),
  statement_descriptor_suffix: descriptor(),
  transfer_data: transferData,
  transfer_group: str,
});

const estimate = object({
  unit: required(oneOf('business_day', 'day', 'hour', 'month', 'week')),
  value: required(int(1)),
});

const shippingRate = object({
  delivery_estimate: object({ maximum: estimate, minimum: estimate }),
  display_name: required(str),
  fixed_amount: required(object({ amount: required(int(0)), currency: required(currency) })),
  metadata,
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  tax_code: str,
  type: oneOf('fixed_amount'),
});

const note = emptyable(object({ message: required(upTo(1200)) }));

/** The session of the path, which is another account's unless the call is made for that. */
export const own = ({ engine, account, ids }: Call): Session =>
  engine.store.need('checkout_session', account, ids['id']!, 'session');

export const checkoutSessions = [
  route<SessionParams, Session>(
    'POST',
    '/v1/checkout/sessions',
    {
      adaptive_pricing: object({ enabled: bool }),
      allow_promotion_codes: bool,
      allowed_payment_method_types: list(str),
      billing_address_collection: oneOf('auto', 'required'),
      cancel_url: url,
      client_reference_id: upTo(200),
      currency,
      custom_text: object({ after_submit: note, shipping_address: note, submit: note }),
      customer: str,
      customer_creation: oneOf('always', 'if_required'),
      customer_email: email,
      discounts: list(object({ coupon: required(str) }), 1),
      excluded_payment_method_types: list(str),
      expires_at: int(0, Number.MAX_SAFE_INTEGER),
      integration_identifier: str,
      line_items: list(
        object({ metadata, price: str, price_data: priceData, quantity: int(1, 999_999) }),
        100,
      ),
      locale: str,
      metadata,
      mode: required(oneOf('payment', 'setup', 'subscription')),
      payment_intent_data: paymentIntentData,
      payment_method_collection: oneOf('always', 'if_required'),
      payment_method_types: until('2026-09-30.endive', list(str)),
      phone_number_collection: object({ enabled: required(bool) }),
      redirect_on_completion: oneOf('always', 'if_required', 'never'),
      return_url: url,
      saved_payment_method_options: object({
        allow_redisplay_filters: list(oneOf('always', 'limited', 'unspecified')),
        payment_method_remove: oneOf('disabled', 'enabled'),
        payment_method_save: oneOf('disabled', 'enabled'),
      }),
      setup_intent_data: object({ description: str, metadata, on_behalf_of: str }),
      shipping_address_collection: object({ allowed_countries: required(list(str)) }),
      shipping_options: list(object({ shipping_rate_data: required(shippingRate) }), 5),
      subscription_data: object({
        application_fee_percent: { type: 'number' },
        default_tax_rates: list(str),
        description: str,
        metadata,
        on_behalf_of: str,
        transfer_data: transferPercent,
        trial_end: moment,
        trial_period_days: int(1, 730),
        trial_settings: trialSettings,
      }),
      submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
      success_url: url,
      ui_mode: oneOf('elements', 'embedded_page', 'form', 'hosted_page'),
    },
    ({ engine, account }, params) => engine.checkout.create(account, params),
  ),
  route<Stripe.Checkout.SessionListParams, Stripe.ApiList<Session>>(
    'GET',
    '/v1/checkout/sessions',
    {
      ...paging,
      created: range,
      customer: str,
      payment_intent: str,
      payment_link: str,
      status: oneOf('complete', 'expired', 'open'),
    },
    (call, params) => {
      const { payment_intent, status } = params;
      const name = (['payment_intent', 'payment_link', 'customer', 'status'] as const).find(
        (one) => params[one],
      );
      const index = name && { name, values: [params[name]!] };
      return listOf(call, 'checkout_session', params, {
        ...(index && { index }),
        filter: (session) =>
          (!status || session.status === status) &&
          (!payment_intent || session.payment_intent === payment_intent) &&
          (!params.customer || idOf(session.customer) === params.customer),
      });
    },
  ),
  route<Stripe.Checkout.SessionRetrieveParams, Session>('GET', '/v1/checkout/sessions/:id', {}, (call) =>
    own(call),
  ),
  route<Stripe.Checkout.SessionUpdateParams, Session>(
    'POST',
    '/v1/checkout/sessions/:id',
    { metadata },
    (call, params) => call.engine.checkout.update(own(call).id, params),
  ),
  route<Stripe.Checkout.SessionExpireParams, Session>(
    'POST',
    '/v1/checkout/sessions/:id/expire',
    {},
    (call) => call.engine.checkout.expire(own(call).id),
  ),
  route<Stripe.Checkout.SessionListLineItemsParams, Stripe.ApiList<Stripe.LineItem>>(
    'GET',
    '/v1/checkout/sessions/:id/line_items',
    paging,
    (call, params) => listFrom(call, call.engine.checkout.lineItemsOf(own(call).id), params),
  ),
];
