import { StateTable } from '#kernel';

export type DebtStatus = 'pending' | 'recovered' | 'written_off';

/** Money can still come back for a debt that was written off: the try was under way, and Stripe's word counts. */
export const debtStates = new StateTable<DebtStatus, 'recover' | 'write_off'>('debt', 'pending', [
  { from: ['pending', 'written_off'], verb: 'recover', actor: 'stripe', to: 'recovered' },
  { from: 'pending', verb: 'write_off', actor: 'admin', to: 'written_off' },
]);

export const debtStatuses = [...debtStates.states];
