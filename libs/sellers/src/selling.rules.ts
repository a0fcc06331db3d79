import type { CapabilityStatus, StoredRequirement } from './account-picture.js';

export type Stage = 'new' | 'onboarding' | 'open' | 'attention' | 'restricted' | 'suspended' | 'closed';

/** Everything that decides whether a seller may sell. */
export interface Standing {
  readonly suspended: boolean;
  readonly termsAccepted: boolean;
  /** The account in use; null before the first one and after the last one ended. */
  readonly account: {
    readonly transfers: CapabilityStatus;
    readonly payouts: CapabilityStatus;
    readonly requirements: readonly StoredRequirement[];
    readonly everActive: boolean;
  } | null;
  /** An earlier account was closed or deauthorised. */
  readonly hadAccount: boolean;
}

/** Nothing can be sold until transfers are active: without them Stripe refuses the destination of a charge. */
export function canSell(standing: Standing): boolean {
  return standing.account?.transfers === 'active' && !standing.suspended && standing.termsAccepted;
}

/** A suspension by an admin is a thing of its own: it hides, but does not change, what Stripe says. */
export function stageOf(standing: Standing): Stage {
  const { account } = standing;
  if (standing.suspended) return 'suspended';
  if (!account) return standing.hadAccount ? 'closed' : 'new';
  if (account.transfers !== 'active') return account.everActive ? 'restricted' : 'onboarding';
  return needsAttention(account) ? 'attention' : 'open';
}

function needsAttention(account: NonNullable<Standing['account']>): boolean {
  if (account.payouts !== 'active' && account.payouts !== 'none') return true;
  return account.requirements.some(
    ({ awaits, urgency }) => awaits === 'user' && urgency !== 'eventually_due',
  );
}

/** The address of a shop: letters and digits of its name, joined by hyphens. Empty when nothing usable is left. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const YOUNG_MS = 48 * HOUR_MS;

/**
 * How long the sweep leaves an account alone: a short while when something is moving or about to, as in its first two
 * days; long otherwise, since events tell the rest.
 */
export function lookAgainMs(account: { settled: boolean; changed: boolean; ageMs: number }): number {
  const lively = account.changed || (!account.settled && account.ageMs < YOUNG_MS);
  return lively ? 10 * MINUTE_MS : 6 * HOUR_MS;
}
