import type Stripe from 'stripe';
import { invalid } from '../engine/errors.js';
import { listOf } from '../http/lists.js';
import { metadata, oneOf, paging, range, str } from '../http/params.js';
import { route } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';

type Intent = Stripe.PaymentIntent;

export const paymentIntents = [
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
    ({ engine, account, ids }) => engine.store.need('payment_intent', account, ids['id']!, 'intent'),
  ),
  route<Stripe.PaymentIntentUpdateParams, Intent>(
    'POST',
    '/v1/payment_intents/:id',
    { description: str, metadata },
    ({ engine, account, ids }, params) => {
      const before = engine.store.need('payment_intent', account, ids['id']!, 'intent');
      return engine.store.update('payment_intent', account, before.id, {
        description: params.description ?? before.description,
        metadata: mergeMetadata(before.metadata, params.metadata),
      });
    },
  ),
  route<Stripe.PaymentIntentCancelParams, Intent>(
    'POST',
    '/v1/payment_intents/:id/cancel',
    { cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') },
    ({ engine, ids }, params) => {
      const intent = engine.payments.need(ids['id']!);
      const session = engine.store.by('checkout_session', engine.platform, 'payment_intent', intent.id)[0];
      if (session) {
        throw invalid(
          `This PaymentIntent belongs to the Checkout Session ${session.id}. Expire the session to cancel the payment.`,
          { code: 'payment_intent_unexpected_state' },
        );
      }
      engine.payments.cancelIntent(intent.id, params.cancellation_reason ?? null);
      return engine.payments.need(intent.id);
    },
    { platformOnly: true },
  ),
];
