/** `none`: the capability was never requested, or Stripe's answer does not name it. */
export type CapabilityStatus = 'none' | 'pending' | 'active' | 'restricted' | 'rejected' | 'unsupported';

export type Urgency = 'past_due' | 'currently_due' | 'eventually_due';

/** One thing that Stripe still wants to know, as we keep it. */
export interface StoredRequirement {
  /** Stripe's machine-readable name, such as `identity.individual.date_of_birth`. */
  readonly description: string;
  readonly awaits: 'user' | 'stripe';
  readonly urgency: Urgency;
  /** ISO time of the soonest consequence, where Stripe names one. */
  readonly deadline: string | null;
  readonly restrictsTransfers: boolean;
  readonly restrictsPayouts: boolean;
  /** Stripe's sentences about what was wrong with an earlier answer. */
  readonly problems: readonly string[];
}

/** What Stripe says about a connected account, in our words. */
export interface OpenAccount {
  readonly kind: 'open';
  /** From the metadata that we set when we made it. */
  readonly sellerId: string | null;
  readonly country: string | null;
  readonly transfers: CapabilityStatus;
  readonly transfersReason: string | null;
  readonly payouts: CapabilityStatus;
  readonly payoutsReason: string | null;
  readonly requirements: readonly StoredRequirement[];
}

/** `closed` is final; after `deauthorized` the platform may be let in again. */
export interface EndedAccount {
  readonly kind: 'closed' | 'deauthorized';
}

/** A picture of an account, and when we began to ask for it (the database's clock): of two, the later one counts. */
export interface AccountPicture {
  readonly id: string;
  readonly askedAt: Date;
  readonly state: OpenAccount | EndedAccount;
}
