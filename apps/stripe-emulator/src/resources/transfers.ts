import type Stripe from 'stripe';
import { missing } from '../engine/errors.js';
import { listFrom, listOf } from '../http/lists.js';
import { bool, currency, int, metadata, oneOf, paging, range, required, str } from '../http/params.js';
import { route, type Call } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';

type Transfer = Stripe.Transfer;
type Reversal = Stripe.TransferReversal;

const platformOnly = { platformOnly: true };

function reversalOf({ engine, account, ids }: Call): Reversal {
  const reversal = engine.store.need('transfer_reversal', account, ids['reversal']!, 'reversal');
  if (reversal.transfer !== ids['id']) throw missing('transfer_reversal', reversal.id, 'reversal');
  return reversal;
}

export const transfers = [
  route<Stripe.TransferCreateParams, Transfer>(
    'POST',
    '/v1/transfers',
    {
      amount: int(1),
      currency: required(currency),
      description: str,
      destination: required(str),
      metadata,
      source_transaction: str,
      source_type: oneOf('bank_account', 'card', 'fpx'),
      transfer_group: str,
    },
    ({ engine }, params) => engine.transfers.create(params),
    platformOnly,
  ),
  route<Stripe.TransferListParams, Stripe.ApiList<Transfer>>(
    'GET',
    '/v1/transfers',
    { ...paging, created: range, destination: str, transfer_group: str },
    (call, params) => {
      const { destination, transfer_group } = params;
      const index = transfer_group
        ? { name: 'transfer_group', values: [transfer_group] }
        : destination && { name: 'destination', values: [destination] };
      return listOf(call, 'transfer', params, {
        ...(index && { index }),
        filter: (transfer) => !destination || transfer.destination === destination,
      });
    },
  ),
  route<Stripe.TransferRetrieveParams, Transfer>('GET', '/v1/transfers/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('transfer', account, ids['id']!),
  ),
  route<Stripe.TransferUpdateParams, Transfer>(
    'POST',
    '/v1/transfers/:id',
    { description: str, metadata },
    ({ engine, account, ids }, params) => {
      const before = engine.store.need('transfer', account, ids['id']!);
      const after = engine.store.update('transfer', account, before.id, {
        description: params.description ?? before.description,
        metadata: mergeMetadata(before.metadata, params.metadata),
      });
      engine.events.emit(account, 'transfer.updated', after, before);
      return after;
    },
    platformOnly,
  ),
  route<Stripe.TransferCreateReversalParams, Reversal>(
    'POST',
    '/v1/transfers/:id/reversals',
    { amount: int(1), description: str, metadata, refund_application_fee: bool },
    ({ engine, ids }, params) => engine.reversals.create(ids['id']!, params),
    platformOnly,
  ),
  route<Stripe.TransferListReversalsParams, Stripe.ApiList<Reversal>>(
    'GET',
    '/v1/transfers/:id/reversals',
    paging,
    (call, params) => {
      const transfer = call.engine.store.need('transfer', call.account, call.ids['id']!);
      const rows = call.engine.store.by('transfer_reversal', call.account, 'transfer', transfer.id);
      return listFrom(call, rows.reverse(), params);
    },
  ),
  route<Stripe.TransferRetrieveReversalParams, Reversal>(
    'GET',
    '/v1/transfers/:id/reversals/:reversal',
    {},
    reversalOf,
  ),
  route<Stripe.TransferUpdateReversalParams, Reversal>(
    'POST',
    '/v1/transfers/:id/reversals/:reversal',
    { metadata },
    (call, params) => {
      const before = reversalOf(call);
      const merged = mergeMetadata(before.metadata ?? {}, params.metadata);
      return call.engine.store.update('transfer_reversal', call.account, before.id, { metadata: merged });
    },
    platformOnly,
  ),
];
