import type Stripe from 'stripe';
import { listOf } from '../http/lists.js';
import { email, metadata, paging, range, str } from '../http/params.js';
import { route } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';

export const charges = [
  route<Stripe.ChargeListParams, Stripe.ApiList<Stripe.Charge>>(
    'GET',
    '/v1/charges',
    { ...paging, created: range, customer: str, payment_intent: str, transfer_group: str },
    (call, params) => {
      const { payment_intent, transfer_group } = params;
      const index = payment_intent
        ? { name: 'payment_intent', values: [payment_intent] }
        : transfer_group && { name: 'transfer_group', values: [transfer_group] };
      return listOf(call, 'charge', params, {
        ...(index && { index }),
        filter: (charge) => !params.customer || charge.customer === params.customer,
      });
    },
  ),
  route<Stripe.ChargeRetrieveParams, Stripe.Charge>(
    'GET',
    '/v1/charges/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('charge', account, ids['id']!),
  ),
  route<Stripe.ChargeUpdateParams, Stripe.Charge>(
    'POST',
    '/v1/charges/:id',
    { description: str, metadata, receipt_email: email, transfer_group: str },
    ({ engine, account, ids }, params) => {
      const before = engine.store.need('charge', account, ids['id']!);
      const merged = { ...params, metadata: mergeMetadata(before.metadata, params.metadata) };
      const after = engine.store.update('charge', account, before.id, merged as Partial<Stripe.Charge>);
      engine.events.emit(account, 'charge.updated', after);
      return after;
    },
  ),
];
