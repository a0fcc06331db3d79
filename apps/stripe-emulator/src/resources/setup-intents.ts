import type Stripe from 'stripe';
import { Refusal } from '../engine/errors.js';
import { listOf } from '../http/lists.js';
import {
  bool,
  emptyable,
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
import type { SetupCreateParams, SetupOutcome } from '../verbs/setup-intents.js';
import { byCardAlone } from '../http/versions.js';
import { checkSecret } from './client-secret.js';
import { automaticMethods, mandateData, methodGiven } from './shapes.js';

type Intent = Stripe.SetupIntent;

const fields = {
  ...methodGiven,
  allowed_payment_method_types: list(str),
  payment_method_options: object({
    card: object({ request_three_d_secure: oneOf('any', 'automatic', 'challenge') }),
  }),
};
const ofConfirming = {
  confirmation_token: str,
  mandate_data: emptyable(mandateData),
  return_url: url,
  use_stripe_sdk: bool,
};

function answerOf({ intent, error }: SetupOutcome): Intent | Refusal {
  if (!error) return intent;
  const { last_setup_error } = intent;
  return new Refusal(402, {
    ...error,
    ...(last_setup_error?.payment_method && { payment_method: last_setup_error.payment_method }),
    setup_intent: intent,
  });
}

const need = (call: Call) => call.engine.setupIntents.need(call.account, call.ids['id']!);

export const setupIntents = [
  route<SetupCreateParams, Intent>(
    'POST',
    '/v1/setup_intents',
    {
      ...fields,
      ...ofConfirming,
      automatic_payment_methods: automaticMethods,
      confirm: bool,
      customer: str,
      description: str,
      excluded_payment_method_types: list(str),
      flow_directions: list(oneOf('inbound', 'outbound')),
      metadata,
      on_behalf_of: str,
      payment_method_types: until('2026-09-30', list(str)),
      usage: oneOf('off_session', 'on_session'),
    },
    ({ engine, account, version }, params) =>
      answerOf(engine.setupIntents.create(account, byCardAlone(version, params))),
  ),
  route<Stripe.SetupIntentListParams, Stripe.ApiList<Intent>>(
    'GET',
    '/v1/setup_intents',
    { ...paging, created: range, customer: str, payment_method: str },
    (call, params) => {
      const { customer, payment_method } = params;
      const index = customer
        ? { name: 'customer', values: [customer] }
        : payment_method && { name: 'payment_method', values: [payment_method] };
      return listOf(call, 'setup_intent', params, {
        ...(index && { index }),
        filter: (intent) => !payment_method || intent.payment_method === payment_method,
      });
    },
  ),
  route<Stripe.SetupIntentRetrieveParams, Intent>(
    'GET',
    '/v1/setup_intents/:id',
    { client_secret: str },
    (call, params) => {
      const intent = need(call);
      checkSecret(call, intent, params.client_secret);
      return intent;
    },
    { publishable: true },
  ),
  route<Stripe.SetupIntentUpdateParams, Intent>(
    'POST',
    '/v1/setup_intents/:id',
    { ...methodGiven, customer: str, description: str, metadata },
    ({ engine, account, ids }, params) => engine.setupIntents.update(account, ids['id']!, params),
  ),
  route<Stripe.SetupIntentConfirmParams & { client_secret?: string }, Intent>(
    'POST',
    '/v1/setup_intents/:id/confirm',
    { ...methodGiven, ...ofConfirming, client_secret: str },
    (call, { client_secret, ...params }) => {
      checkSecret(call, need(call), client_secret);
      return answerOf(call.engine.setupIntents.confirm(call.account, call.ids['id']!, params));
    },
    { publishable: true },
  ),
  route<Stripe.SetupIntentCancelParams, Intent>(
    'POST',
    '/v1/setup_intents/:id/cancel',
    { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') },
    ({ engine, account, ids }, params) =>
      engine.setupIntents.cancel(account, ids['id']!, params.cancellation_reason ?? null),
  ),
  route<Stripe.SetupAttemptListParams, Stripe.ApiList<Stripe.SetupAttempt>>(
    'GET',
    '/v1/setup_attempts',
    { ...paging, created: range, setup_intent: required(str) },
    (call, params) =>
      listOf(call, 'setup_attempt', params, {
        index: { name: 'setup_intent', values: [params.setup_intent] },
      }),
  ),
  route<Stripe.MandateRetrieveParams, Stripe.Mandate>(
    'GET',
    '/v1/mandates/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('mandate', account, ids['id']!),
  ),
];
