import type Stripe from 'stripe';
import type { CapabilityStatus, EndedAccount, OpenAccount, StoredRequirement } from './account-picture.js';

type Account = Stripe.V2.Core.Account;
type Entry = Stripe.V2.Core.Account.Requirements.Entry;
type Soonest = Stripe.V2.Core.Account.Requirements.Summary.MinimumDeadline;

/** Most fields of a v2 account are absent unless they are named. */
export const accountParts: Stripe.V2.Core.AccountRetrieveParams.Include[] = [
  'configuration.recipient',
  'defaults',
  'identity',
  'requirements',
];

/** Our id of the seller, in the metadata of every account we make. */
export const SELLER_KEY = 'guildhall_seller';

export function stateOf(account: Account): OpenAccount | EndedAccount {
  if (account.closed) return { kind: 'closed' };
  const balance = account.configuration?.recipient?.capabilities?.stripe_balance;
  const { summary, entries } = account.requirements ?? {};
  return {
    kind: 'open',
    sellerId: account.metadata?.[SELLER_KEY] ?? null,
    country: account.identity?.country?.toUpperCase() ?? null,
    transfers: statusOf(balance?.stripe_transfers),
    transfersReason: balance?.stripe_transfers?.status_details[0]?.code ?? null,
    payouts: statusOf(balance?.payouts),
    payoutsReason: balance?.payouts?.status_details[0]?.code ?? null,
    requirements: (entries ?? []).map((entry) => requirementOf(entry, summary?.minimum_deadline)),
  };
}

function statusOf(capability: { status: Exclude<CapabilityStatus, 'none'> } | undefined): CapabilityStatus {
  return capability?.status ?? 'none';
}

/** Stripe dates only the strictest of all requirements; the others' time is not known. */
function requirementOf(entry: Entry, soonest: Soonest | undefined): StoredRequirement {
  const urgency = entry.minimum_deadline.status;
  const restricted = (entry.impact.restricts_capabilities ?? []).map(({ capability }) => capability);
  return {
    description: entry.description,
    awaits: entry.awaiting_action_from,
    urgency,
    deadline: soonest?.status === urgency ? (soonest.time ?? null) : null,
    restrictsTransfers: restricted.includes('stripe_balance.stripe_transfers'),
    restrictsPayouts: restricted.includes('stripe_balance.payouts'),
    problems: entry.errors.map(({ description }) => description),
  };
}
