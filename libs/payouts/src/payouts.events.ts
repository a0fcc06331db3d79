import { domainEvent } from '#platform';

/** Stripe counts the payout as arrived; it can still fail. `sellerId` null: the platform's own. */
export class PayoutPaid extends domainEvent<{ payoutId: string; sellerId: string | null }>('payout.paid') {}

/** The bank sent the payout back; its money is in the Stripe balance again. */
export class PayoutFailed extends domainEvent<{ payoutId: string; sellerId: string | null }>(
  'payout.failed',
) {}
