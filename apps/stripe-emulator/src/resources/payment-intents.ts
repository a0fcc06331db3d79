import type Stripe from 'stripe';
import { Refusal } from '../engine/errors.js';
import { listOf } from '../http/lists.js';
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
  url,
} from '../http/params.js';
import { route, type Call } from '../http/route.js';
import type { IntentCreateParams } from '../verbs/payment-intents.js';
import type { Attempt } from '../verbs/payments.js';
import { byCardAlone } from '../http/versions.js';
import { checkSecret } from './client-secret.js';
import { methodOptions } from './method-options.js';
import { automaticMethods, mandateData, methodGiven, shipping } from './shapes.js';

type Intent = Stripe.PaymentIntent;
/** A buyer's browser sends the intent's secret along. */
type Secret = { client_secret?: string };
type Types = { payment_method_types?: string[] };

const futureUsage = oneOf('off_session', 'on_session');
const captureMethod = oneOf('automatic', 'automatic_async', 'manual');
/** Of a payment that is captured later, only these can be changed by then. */
const terms = {
  application_fee_amount: int(1),
  statement_descriptor: descriptor(),
  statement_descriptor_suffix: descriptor(),
};

/** How the transfer of a destination charge looks, and the payment that it makes in the seller's account. */
const looks = { description: str, metadata };
const transferTerms = { amount: int(1), ...looks, payment_data: object(looks) };

const methodTypes = {
  allowed_payment_method_types: list(str),
  excluded_payment_method_types: emptyable(list(str)),
  payment_method_types: until('2026-09-30', list(str)),
};

const fields = {
  ...methodTypes,
  capture_method: captureMethod,
  ...methodGiven,
  payment_method_options: methodOptions,
  receipt_email: emptyable(email),
  setup_future_usage: emptyable(futureUsage),
  shipping: emptyable(shipping),
};

const ofConfirming = {
  confirmation_token: str,
  error_on_requires_action: bool,
  mandate_data: emptyable(mandateData),
  off_session: oneOf('true', 'false', 'one_off', 'recurring'),
  return_url: url,
  use_stripe_sdk: bool,
};

const ofTheDeal = {
  ...terms,
  customer: str,
  description: str,
  metadata,
  on_behalf_of: str,
  transfer_data: object({ ...transferTerms, destination: required(str) }),
  transfer_group: str,
};

/** A refused payment is an answer of its own; the attempt stays. */
export function answerOf({ intent, error }: Attempt): Intent | Refusal {
  if (!error) return intent;
  const { last_payment_error } = intent;
  return new Refusal(402, {
    ...error,
    ...(last_payment_error?.payment_method && { payment_method: last_payment_error.payment_method }),
    payment_intent: intent,
  });
}

const need = (call: Call) => call.engine.payments.need(call.ids['id']!, call.account);

export const paymentIntents = [
  route<IntentCreateParams, Intent>(
    'POST',
    '/v1/payment_intents',
    {
      ...fields,
      ...ofConfirming,
      ...ofTheDeal,
      amount: required(int(1, Number.MAX_SAFE_INTEGER)),
      automatic_payment_methods: automaticMethods,
      confirm: bool,
      confirmation_method: oneOf('automatic', 'manual'),
      currency: required(currency),
      receipt_email: email,
      setup_future_usage: futureUsage,
      shipping,
    },
    ({ engine, account, version }, params) =>
      answerOf(engine.paymentIntents.create(account, byCardAlone(version, params))),
  ),
  route<Stripe.PaymentIntentListParams, Stripe.ApiList<Intent>>(
    'GET',
    '/v1/payment_intents',
    { ...paging, created: range, customer: str },
    (call, params) =>
      listOf(call, 'payment_intent', params, {
        ...(params.customer && { index: { name: 'customer', values: [params.customer] } }),
      }),
  ),
  route<Stripe.PaymentIntentRetrieveParams, Intent>(
    'GET',
    '/v1/payment_intents/:id',
    { client_secret: str },
    (call, params) => {
      const intent = need(call);
      checkSecret(call, intent, params.client_secret);
      return intent;
    },
    { publishable: true },
  ),
  route<Stripe.PaymentIntentUpdateParams & Types, Intent>(
    'POST',
    '/v1/payment_intents/:id',
    {
      ...fields,
      amount: int(1),
      application_fee_amount: emptyable(int(1)),
      currency,
      customer: str,
      description: str,
      metadata,
      statement_descriptor: descriptor(),
      statement_descriptor_suffix: descriptor(),
      transfer_data: object(transferTerms),
      transfer_group: str,
    },
    ({ engine, account, ids }, params) => engine.paymentIntents.update(account, ids['id']!, params),
  ),
  route<Stripe.PaymentIntentConfirmParams & Secret & Types, Intent>(
    'POST',
    '/v1/payment_intents/:id/confirm',
    { ...fields, ...ofConfirming, client_secret: str },
    (call, { client_secret, ...params }) => {
      checkSecret(call, need(call), client_secret);
      return answerOf(call.engine.paymentIntents.confirm(call.account, call.ids['id']!, params));
    },
    { publishable: true },
  ),
  route<Stripe.PaymentIntentCaptureParams, Intent>(
    'POST',
    '/v1/payment_intents/:id/capture',
    {
      ...terms,
      amount_to_capture: int(1),
      final_capture: bool,
      metadata,
      transfer_data: object({ amount: int(1) }),
    },
    ({ engine, account, ids }, params) => engine.captures.capture(account, ids['id']!, params),
  ),
  route<Stripe.PaymentIntentIncrementAuthorizationParams, Intent>(
    'POST',
    '/v1/payment_intents/:id/increment_authorization',
    {
      amount: required(int(1)),
      application_fee_amount: int(1),
      description: str,
      metadata,
      statement_descriptor: descriptor(),
      transfer_data: object({ amount: int(1) }),
    },
    ({ engine, account, ids }, params) => engine.captures.increment(account, ids['id']!, params),
  ),
  route<Stripe.PaymentIntentCancelParams, Intent>(
    'POST',
    '/v1/payment_intents/:id/cancel',
    { cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') },
    ({ engine, account, ids }, params) =>
      engine.paymentIntents.cancel(account, ids['id']!, params.cancellation_reason ?? null),
  ),
];
