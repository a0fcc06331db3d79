import type { Money } from '#kernel';

export interface Posting {
  /** Account codes; see accounts.ts. */
  readonly from: string;
  readonly to: string;
  /** Greater than zero. */
  readonly money: Money;
}

export interface LedgerTransaction {
  /** Unique for good, such as `charge:ch_…`. */
  readonly reference: string;
  readonly kind: string;
  readonly occurredAt: Date;
  readonly orderId?: string | null;
  readonly sellerId?: string | null;
  readonly postings: readonly Posting[];
}

/** What one transaction did to one Stripe account's balance in one currency, signed minor units. */
export interface LedgerEffect {
  readonly reference: string;
  readonly amount: bigint;
  readonly orderId: string | null;
}

/** All effects of one kind on one Stripe account and currency, as a count, a sum and a digest of the single ones. */
export interface Fingerprint {
  readonly stripeAccount: string;
  readonly currency: string;
  readonly kind: string;
  readonly count: bigint;
  readonly amount: bigint;
  readonly digest: string;
}

/** A row that does not say what the postings say. */
export interface LedgerFault {
  readonly code: 'balance_row' | 'daily_total' | 'transaction' | 'posting';
  /** The row's name: stable from one check to the next. */
  readonly subject: string;
  readonly stripeAccount: string | null;
  readonly currency: string | null;
  readonly sentence: string;
}

export interface DailyTotal {
  /** ISO date, UTC. */
  readonly day: string;
  readonly stripeAccount: string;
  readonly money: Money;
  readonly count: bigint;
}
