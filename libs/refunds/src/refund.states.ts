import { StateTable } from '#kernel';

/** requested: not known to Stripe yet · pending: on its way · refused: Stripe said no · failed: the bank sent it back. */
export type RefundStatus = 'requested' | 'pending' | 'succeeded' | 'failed' | 'refused';
export type RefundVerb = 'wait' | 'succeed' | 'fail' | 'refuse';

/** The buyer's part. A refund that succeeded can still come back from the bank for weeks. */
export const refundStates = new StateTable<RefundStatus, RefundVerb>('refund', 'requested', [
  { from: 'requested', verb: 'wait', actor: 'stripe', to: 'pending' },
  { from: ['requested', 'pending'], verb: 'succeed', actor: 'stripe', to: 'succeeded' },
  { from: ['requested', 'pending', 'succeeded'], verb: 'fail', actor: 'stripe', to: 'failed' },
  { from: 'requested', verb: 'refuse', actor: 'stripe', to: 'refused' },
]);

export const refundStatuses = [...refundStates.states];

/** none: nothing to do · refused: Stripe would not, we try again · dropped: no longer needed. */
export type FeeStep = 'none' | 'waiting' | 'done' | 'refused' | 'dropped';
/** owed: the seller's balance was too short, so it is a debt. */
export type ReversalStep = 'none' | 'waiting' | 'done' | 'owed' | 'written_off' | 'dropped';
