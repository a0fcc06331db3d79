import type Stripe from 'stripe';
import { missing } from '../engine/errors.js';
import { listFrom, listOf } from '../http/lists.js';
import { int, metadata, paging, range, str } from '../http/params.js';
import { route, type Call } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';

function feeRefund({ engine, account, ids }: Call): Stripe.FeeRefund {
  const refund = engine.store.need('fee_refund', account, ids['refund']!, 'refund');
  if (refund.fee !== ids['id']) throw missing('fee_refund', refund.id, 'refund');
  return refund;
}

export const applicationFees = [
  route<Stripe.ApplicationFeeListParams, Stripe.ApiList<Stripe.ApplicationFee>>(
    'GET',
    '/v1/application_fees',
    { ...paging, charge: str, created: range },
    (call, params) =>
      listOf(call, 'application_fee', params, {
        ...(params.charge && { index: { name: 'charge', values: [params.charge] } }),
      }),
  ),
  route<Stripe.ApplicationFeeRetrieveParams, Stripe.ApplicationFee>(
    'GET',
    '/v1/application_fees/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('application_fee', account, ids['id']!),
  ),
  route<Stripe.ApplicationFeeCreateRefundParams, Stripe.FeeRefund>(
    'POST',
    '/v1/application_fees/:id/refunds',
    { amount: int(1), metadata },
    ({ engine, ids }, params) => engine.fees.refund(ids['id']!, params),
    { platformOnly: true },
  ),
  route<Stripe.ApplicationFeeListRefundsParams, Stripe.ApiList<Stripe.FeeRefund>>(
    'GET',
    '/v1/application_fees/:id/refunds',
    paging,
    (call, params) => {
      const fee = call.engine.store.need('application_fee', call.account, call.ids['id']!);
      return listFrom(
        call,
        call.engine.store.by('fee_refund', call.account, 'fee', fee.id).reverse(),
        params,
      );
    },
  ),
  route<Stripe.ApplicationFeeRetrieveRefundParams, Stripe.FeeRefund>(
    'GET',
    '/v1/application_fees/:id/refunds/:refund',
    {},
    feeRefund,
  ),
  route<Stripe.ApplicationFeeUpdateRefundParams, Stripe.FeeRefund>(
    'POST',
    '/v1/application_fees/:id/refunds/:refund',
    { metadata },
    (call, params) => {
      const before = feeRefund(call);
      const merged = mergeMetadata(before.metadata ?? {}, params.metadata);
      const after = call.engine.store.update('fee_refund', call.account, before.id, { metadata: merged });
      call.engine.events.emit(call.account, 'application_fee.refund.updated', after);
      return after;
    },
    { platformOnly: true },
  ),
];
