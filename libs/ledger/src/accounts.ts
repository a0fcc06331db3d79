/**
 * The accounts of the ledger are codes. `stripe:` is a balance at Stripe, `bank:` where its payouts go; the rest are the
 * world outside (`buyers`) and what it costs or owes. A balance is what came in minus what went out, so `buyers` is negative.
 */
export const PLATFORM = 'platform';

export const accounts = {
  buyers: 'buyers',
  stripeFees: 'stripe_fees',
  connectFees: 'connect_fees',
  /** What Stripe took from the platform for a seller who had been overdrawn for long; both accounts' sides meet here. */
  collections: 'collections',
  topups: 'topups',
  reserves: 'reserves',
  conversion: 'conversion',
  /** What Stripe accounts held when the books began. */
  opening: 'opening',
  /** What a person found to be Stripe's correction of the platform's own balance. */
  adjustments: 'adjustments',
  /** What no rule knows waits here until a person has booked it elsewhere. */
  suspense: 'suspense',
  /** `stripeAccount` is `acct_…`, or `platform` for the platform's own. */
  stripe: (stripeAccount: string): string => `stripe:${stripeAccount}`,
  bank: (stripeAccount: string): string => `bank:${stripeAccount}`,
} as const;

const SHARDS = 32;

/** `acct_…` or `platform` for a balance at Stripe, null for every other account. */
export function stripeAccountOf(account: string): string | null {
  return account.startsWith('stripe:') ? account.slice('stripe:'.length) : null;
}

/** A seller's accounts have one row; what all sellers share has many, chosen by the reference, so that sales do not queue. */
export function shardOf(account: string, reference: string): number {
  if (/^(stripe|bank):acct_/.test(account)) return 0;
  let hash = 0;
  for (let i = 0; i < reference.length; i++) hash = (hash * 31 + reference.charCodeAt(i)) >>> 0;
  return hash % SHARDS;
}
