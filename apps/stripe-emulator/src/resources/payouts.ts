import type Stripe from 'stripe';
import { listOf, within } from '../http/lists.js';
import { currency, descriptor, int, metadata, oneOf, paging, range, required, str } from '../http/params.js';
import { route } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';

type Payout = Stripe.Payout;

export const payouts = [
  route<Stripe.PayoutListParams, Stripe.ApiList<Payout>>(
    'GET',
    '/v1/payouts',
    {
      ...paging,
      arrival_date: range,
      created: range,
      destination: str,
      status: oneOf('canceled', 'failed', 'in_transit', 'paid', 'pending'),
    },
    (call, params) =>
      listOf(call, 'payout', params, {
        ...(params.status && { index: { name: 'status', values: [params.status] } }),
        filter: (payout) =>
          within(payout.arrival_date, params.arrival_date) &&
          (!params.destination || payout.destination === params.destination),
      }),
  ),
  route<Stripe.PayoutCreateParams, Payout>(
    'POST',
    '/v1/payouts',
    {
      amount: required(int(1)),
      currency: required(currency),
      description: str,
      destination: str,
      metadata,
      method: oneOf('instant', 'standard'),
      source_type: oneOf('bank_account', 'card', 'fpx'),
      statement_descriptor: descriptor(),
    },
    ({ engine, account }, params) => engine.payouts.create(account, params),
  ),
  route<Stripe.PayoutRetrieveParams, Payout>('GET', '/v1/payouts/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('payout', account, ids['id']!, 'payout'),
  ),
  route<Stripe.PayoutUpdateParams, Payout>(
    'POST',
    '/v1/payouts/:id',
    { metadata },
    ({ engine, account, ids }, params) => {
      const before = engine.store.need('payout', account, ids['id']!, 'payout');
      const merged = mergeMetadata(before.metadata ?? {}, params.metadata);
      const after = engine.store.update('payout', account, before.id, { metadata: merged });
      engine.events.emit(account, 'payout.updated', after, before);
      return after;
    },
  ),
  route<Stripe.PayoutReverseParams, Payout>(
    'POST',
    '/v1/payouts/:id/reverse',
    { metadata },
    ({ engine, account, ids }, params) => engine.payouts.reverse(account, ids['id']!, params),
  ),
  route<Stripe.PayoutCancelParams, Payout>('POST', '/v1/payouts/:id/cancel', {}, ({ engine, account, ids }) =>
    engine.payouts.cancel(account, ids['id']!),
  ),
];
