import type Stripe from 'stripe';
import type { AccountRecord, CapabilityName, CapabilityStatus } from '../engine/account-record.js';
import { countrySpec } from './country-specs.js';
import { outstanding, type Due } from './requirements.js';

type StatusDetail =
  Stripe.V2.Core.Account.Configuration.Recipient.Capabilities.StripeBalance.Payouts.StatusDetail;

/** A capability as the account's state makes it: nothing stores it. */
export interface Capability {
  name: CapabilityName;
  status: CapabilityStatus;
  details: StatusDetail[];
}

/** The requirement that only stops payouts: money can still be received without a bank account. */
export const PAYOUTS_ONLY = 'external_account';

export function capability(account: AccountRecord, name: CapabilityName, now: number): Capability {
  if (account.platform) return { name, status: 'active', details: [] };
  if (account.country && !countrySpec(account.country)) {
    return {
      name,
      status: 'unsupported',
      details: [{ code: 'unsupported_country', resolution: 'no_resolution' }],
    };
  }
  if (account.closed || account.restricted?.startsWith('rejected')) {
    const code = (account.restricted ?? 'rejected_other') as StatusDetail['code'];
    return { name, status: 'rejected', details: [{ code, resolution: 'contact_stripe' }] };
  }
  if (account.restricted) {
    return {
      name,
      status: 'restricted',
      details: [{ code: account.restricted, resolution: 'contact_stripe' }],
    };
  }
  if (outstanding(account, now).some((due) => blocks(due, name))) {
    return {
      name,
      status: 'restricted',
      details: [{ code: 'requirements_past_due', resolution: 'provide_info' }],
    };
  }
  return { name, status: 'active', details: [] };
}

/** What onboarding never got blocks at once; what was asked for later blocks from its deadline on. */
export function blocks(due: Due, name: CapabilityName): boolean {
  if (due.requirement.v1 === PAYOUTS_ONLY && name === 'stripe_transfers') return false;
  return due.status === 'past_due' || (due.status === 'currently_due' && due.deadline === null);
}

export function requested(account: AccountRecord): CapabilityName[] {
  return account.recipient?.requested ?? [];
}
