import type Stripe from 'stripe';
import { listOf } from '../http/lists.js';
import {
  bool,
  currency,
  descriptor,
  email,
  emptyable,
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
import { shipping, transferData } from './shapes.js';

const terms = {
  application_fee_amount: int(1),
  receipt_email: email,
  statement_descriptor: descriptor(),
  statement_descriptor_suffix: descriptor(),
  transfer_group: str,
};

export const charges = [
  route<Stripe.ChargeCreateParams, Stripe.Charge>(
    'POST',
    '/v1/charges',
    {
      ...terms,
      amount: int(1),
      capture: bool,
      currency,
      customer: str,
      description: str,
      metadata,
      on_behalf_of: str,
      shipping,
      source: str,
      transfer_data: transferData,
    },
    ({ engine, account }, params) => engine.charges.create(account, params),
  ),
  route<Stripe.ChargeCaptureParams, Stripe.Charge>(
    'POST',
    '/v1/charges/:id/capture',
    { ...terms, amount: int(1), transfer_data: object({ amount: int(1) }) },
    ({ engine, account, ids }, params) => engine.captures.captureCharge(account, ids['id']!, params),
  ),
  route<Stripe.ChargeListParams, Stripe.ApiList<Stripe.Charge>>(
    'GET',
    '/v1/charges',
    { ...paging, created: range, customer: str, payment_intent: str, transfer_group: str },
    (call, params) => {
      const { customer, payment_intent, transfer_group } = params;
      const index = payment_intent
        ? { name: 'payment_intent', values: [payment_intent] }
        : transfer_group
          ? { name: 'transfer_group', values: [transfer_group] }
          : customer && { name: 'customer', values: [customer] };
      return listOf(call, 'charge', params, {
        ...(index && { index }),
        filter: (charge) => !customer || charge.customer === customer,
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
    {
      customer: str,
      description: str,
      fraud_details: object({ user_report: required(emptyable(oneOf('fraudulent', 'safe'))) }),
      metadata,
      receipt_email: email,
      shipping,
      transfer_group: str,
    },
    ({ engine, account, ids }, params) => engine.charges.update(account, ids['id']!, params),
  ),
];
