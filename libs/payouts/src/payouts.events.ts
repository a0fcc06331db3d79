import { domainEvent } from '#platform';

/** The bank sent the payout back; its money is in the Stripe balance again. `sellerId` null: the platform's own. */
export class PayoutFailed extends domainEvent<{ payoutId: string; sellerId: string | null }>(
  'payout.failed',
) {}
