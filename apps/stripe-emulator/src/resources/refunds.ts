import type Stripe from 'stripe';
import { listOf } from '../http/lists.js';
import { bool, currency, email, int, metadata, oneOf, paging, range, str } from '../http/params.js';
import { route } from '../http/route.js';

type Refund = Stripe.Refund;

export const refunds = [
  route<Stripe.RefundCreateParams, Refund>(
    'POST',
    '/v1/refunds',
    {
      amount: int(1),
      charge: str,
      currency,
      customer: str,
      instructions_email: email,
      metadata,
      origin: oneOf('customer_balance'),
      payment_intent: str,
      reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
      refund_application_fee: bool,
      reverse_transfer: bool,
    },
    ({ engine, account }, params) => engine.refunds.create(params, account),
  ),
  route<Stripe.RefundListParams, Stripe.ApiList<Refund>>(
    'GET',
    '/v1/refunds',
    { ...paging, charge: str, created: range, payment_intent: str },
    (call, params) => {
      const index = params.charge
        ? { name: 'charge', values: [params.charge] }
        : params.payment_intent && { name: 'payment_intent', values: [params.payment_intent] };
      return listOf(call, 'refund', params, {
        ...(index && { index }),
      });
    },
  ),
  route<Stripe.RefundRetrieveParams, Refund>('GET', '/v1/refunds/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('refund', account, ids['id']!, 'refund'),
  ),
  route<Stripe.RefundUpdateParams, Refund>(
    'POST',
    '/v1/refunds/:id',
    { metadata },
    ({ engine, account, ids }, params) => engine.refunds.update(account, ids['id']!, params),
  ),
  route<Stripe.RefundCancelParams, Refund>('POST', '/v1/refunds/:id/cancel', {}, ({ engine, account, ids }) =>
    engine.cashRefunds.cancel(account, ids['id']!),
  ),
  route<object, Refund>('POST', '/v1/test_helpers/refunds/:id/expire', {}, ({ engine, account, ids }) =>
    engine.cashRefunds.expire(account, ids['id']!),
  ),
];
