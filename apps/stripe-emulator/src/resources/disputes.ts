import type Stripe from 'stripe';
import { listOf } from '../http/lists.js';
import { bool, emptyable, metadata, object, oneOf, paging, range, str, type Param } from '../http/params.js';
import { route } from '../http/route.js';
import { EVIDENCE_FILES, EVIDENCE_TEXTS } from '../verbs/dispute-evidence.js';

type Dispute = Stripe.Dispute;
type Warning = Stripe.Radar.EarlyFraudWarning;

const evidence = object(
  Object.fromEntries(
    [...EVIDENCE_FILES, ...EVIDENCE_TEXTS].map((field): [string, Param] => [field, emptyable(str)]),
  ),
);

const byPayment = (params: { charge?: string; payment_intent?: string }) => {
  const { charge, payment_intent } = params;
  if (charge) return { index: { name: 'charge', values: [charge] } };
  return payment_intent ? { index: { name: 'payment_intent', values: [payment_intent] } } : {};
};

export const disputes = [
  route<Stripe.DisputeListParams, Stripe.ApiList<Dispute>>(
    'GET',
    '/v1/disputes',
    { ...paging, charge: str, created: range, payment_intent: str },
    (call, params) => listOf(call, 'dispute', params, byPayment(params)),
  ),
  route<Stripe.DisputeRetrieveParams, Dispute>('GET', '/v1/disputes/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('dispute', account, ids['id']!),
  ),
  route<Stripe.DisputeUpdateParams, Dispute>(
    'POST',
    '/v1/disputes/:id',
    {
      evidence,
      intended_submission_method: oneOf('manual', 'prefer_manual', 'prefer_smart_disputes', 'smart_disputes'),
      metadata,
      submit: bool,
    },
    ({ engine, account, ids }, params) => engine.disputes.update(account, ids['id']!, params),
  ),
  route<Stripe.DisputeCloseParams, Dispute>(
    'POST',
    '/v1/disputes/:id/close',
    {},
    ({ engine, account, ids }) => engine.disputes.accept(account, ids['id']!),
  ),
  route<Stripe.Radar.EarlyFraudWarningListParams, Stripe.ApiList<Warning>>(
    'GET',
    '/v1/radar/early_fraud_warnings',
    { ...paging, charge: str, created: range, payment_intent: str },
    (call, params) => listOf(call, 'early_fraud_warning', params, byPayment(params)),
  ),
  route<Stripe.Radar.EarlyFraudWarningRetrieveParams, Warning>(
    'GET',
    '/v1/radar/early_fraud_warnings/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('early_fraud_warning', account, ids['id']!),
  ),
];
