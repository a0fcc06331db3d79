import type Stripe from 'stripe';
import { listOf } from '../http/lists.js';
import { emptyable, int, metadata, object, oneOf, paging, required, str } from '../http/params.js';
import { route } from '../http/route.js';
import { billingDetails, methodFields } from './shapes.js';

type Method = Stripe.PaymentMethod;

export const paymentMethods = [
  route<Stripe.PaymentMethodCreateParams, Method>(
    'POST',
    '/v1/payment_methods',
    { ...methodFields, type: required(str), metadata },
    ({ engine, account }, params) => engine.paymentMethods.create(account, params),
    { publishable: true },
  ),
  route<Stripe.PaymentMethodListParams, Stripe.ApiList<Method>>(
    'GET',
    '/v1/payment_methods',
    { ...paging, allow_redisplay: str, customer: str, type: str },
    (call, params) =>
      listOf(call, 'payment_method', params, {
        index: { name: 'customer', values: [params.customer ?? ''] },
        filter: filterOf(params),
      }),
  ),
  route<Stripe.PaymentMethodRetrieveParams, Method>(
    'GET',
    '/v1/payment_methods/:id',
    {},
    ({ engine, account, ids }) => engine.paymentMethods.need(account, ids['id']!),
  ),
  route<Stripe.PaymentMethodUpdateParams, Method>(
    'POST',
    '/v1/payment_methods/:id',
    {
      allow_redisplay: oneOf('always', 'limited', 'unspecified'),
      billing_details: billingDetails,
      card: object({
        exp_month: int(1, 12),
        exp_year: int(1970, 9999),
        networks: object({ preferred: emptyable(str) }),
      }),
      metadata,
      us_bank_account: object({
        account_holder_type: oneOf('company', 'individual'),
        account_type: oneOf('checking', 'savings'),
      }),
    },
    ({ engine, account, ids }, params) => engine.paymentMethods.update(account, ids['id']!, params),
  ),
  route<Stripe.PaymentMethodAttachParams, Method>(
    'POST',
    '/v1/payment_methods/:id/attach',
    { customer: required(str) },
    ({ engine, account, ids }, params) => engine.paymentMethods.attach(account, ids['id']!, params.customer!),
  ),
  route<Stripe.PaymentMethodDetachParams, Method>(
    'POST',
    '/v1/payment_methods/:id/detach',
    {},
    ({ engine, account, ids }) => engine.paymentMethods.detach(account, ids['id']!),
  ),
];

/** The methods of a customer that a list asks for. */
export function filterOf(params: { type?: string; allow_redisplay?: string }): (method: Method) => boolean {
  const { type, allow_redisplay } = params;
  return (method) =>
    (!type || method.type === type) && (!allow_redisplay || method.allow_redisplay === allow_redisplay);
}
