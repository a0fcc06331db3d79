import { missing } from '../engine/errors.js';
import { bool, int, oneOf, required, str } from '../http/params.js';
import { control, type ControlCall } from './index.js';

/** The account that an object lives in; @throws Refusal `resource_missing` */
function ownerOf({ engine }: ControlCall, kind: 'charge' | 'dispute', id: string): string {
  const place = engine.store.locate(id);
  if (place?.kind !== kind) throw missing(kind, id);
  return place.account;
}

/** The side of the buyer's bank. */
export const disputeControls = [
  control<{ reason?: string; inquiry?: boolean; amount?: number }>(
    'POST',
    '/charges/:id/dispute',
    { reason: str, inquiry: bool, amount: int(1) },
    (call, { reason = 'fraudulent', inquiry = false, ...rest }) => {
      const id = call.ids['id']!;
      const account = ownerOf(call, 'charge', id);
      return call.engine.transact(() => call.engine.disputes.open(account, id, { reason, inquiry, ...rest }));
    },
  ),
  control('POST', '/charges/:id/fraud_warning', {}, (call) => {
    const account = ownerOf(call, 'charge', call.ids['id']!);
    const charge = call.engine.store.need('charge', account, call.ids['id']!);
    return call.engine.transact(() => call.engine.fraudWarnings.create(account, charge));
  }),
  control<{ outcome: 'won' | 'lost' }>(
    'POST',
    '/disputes/:id/decide',
    { outcome: required(oneOf('won', 'lost')) },
    (call, { outcome }) => {
      const account = ownerOf(call, 'dispute', call.ids['id']!);
      return call.engine.transact(() => call.engine.disputes.decide(account, call.ids['id']!, outcome));
    },
  ),
  control('POST', '/disputes/:id/escalate', {}, (call) => {
    const account = ownerOf(call, 'dispute', call.ids['id']!);
    return call.engine.transact(() => call.engine.disputes.escalate(account, call.ids['id']!));
  }),
];
