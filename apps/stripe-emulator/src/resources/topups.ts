import type Stripe from 'stripe';
import { listOf, within } from '../http/lists.js';
import {
  currency,
  descriptor,
  int,
  metadata,
  object,
  oneOf,
  paging,
  range,
  required,
  str,
} from '../http/params.js';
import { route } from '../http/route.js';

type Topup = Stripe.Topup;

export const topups = [
  route<Stripe.TopupCreateParams, Topup>(
    'POST',
    '/v1/topups',
    {
      amount: required(int(1)),
      currency: required(currency),
      description: str,
      metadata,
      payment_method_options: object({ us_bank_account: object({ network: oneOf('ach') }) }),
      source: str,
      statement_descriptor: descriptor(),
      transfer_group: str,
    },
    ({ engine, account }, params) => engine.topups.create(account, params),
  ),
  route<Stripe.TopupListParams, Stripe.ApiList<Topup>>(
    'GET',
    '/v1/topups',
    { ...paging, amount: range, created: range, status: oneOf('canceled', 'failed', 'pending', 'succeeded') },
    (call, params) =>
      listOf(call, 'topup', params, {
        filter: ({ amount, status }) =>
          within(amount, params.amount) && (!params.status || status === params.status),
      }),
  ),
  route<Stripe.TopupRetrieveParams, Topup>('GET', '/v1/topups/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('topup', account, ids['id']!),
  ),
  route<Stripe.TopupUpdateParams, Topup>(
    'POST',
    '/v1/topups/:id',
    { description: str, metadata },
    ({ engine, account, ids }, params) => engine.topups.update(account, ids['id']!, params),
  ),
  route<Stripe.TopupCancelParams, Topup>('POST', '/v1/topups/:id/cancel', {}, ({ engine, account, ids }) =>
    engine.topups.cancel(account, ids['id']!),
  ),
];
