import { StateTable } from '#kernel';

export type PayoutStatus = 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled';
export type PayoutVerb = 'send' | 'arrive' | 'fail' | 'cancel';

/** Stripe moves payouts, we follow. `paid` is not final: a bank can still send the money back. */
export const payoutStates = new StateTable<PayoutStatus, PayoutVerb>('payout', 'pending', [
  { from: 'pending', verb: 'send', actor: 'stripe', to: 'in_transit' },
  { from: ['pending', 'in_transit'], verb: 'arrive', actor: 'stripe', to: 'paid' },
  { from: ['pending', 'in_transit', 'paid'], verb: 'fail', actor: 'stripe', to: 'failed' },
  { from: ['pending', 'in_transit'], verb: 'cancel', actor: 'stripe', to: 'canceled' },
]);

const verbs: Readonly<Record<Exclude<PayoutStatus, 'pending'>, PayoutVerb>> = {
  in_transit: 'send',
  paid: 'arrive',
  failed: 'fail',
  canceled: 'cancel',
};

/** Whether a picture that shows `seen` is not older than what we know: the same state, or one that leads on from it. */
export function isNewer(known: PayoutStatus, seen: PayoutStatus): boolean {
  return known === seen || (seen !== 'pending' && payoutStates.can(known, verbs[seen]));
}

/** Stripe's word, checked: a status that we do not know is nothing to guess about. */
export function toPayoutStatus(status: string): PayoutStatus | null {
  return payoutStates.states.has(status as PayoutStatus) ? (status as PayoutStatus) : null;
}
