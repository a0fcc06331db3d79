import type { AccountRecord } from '../engine/account-record.js';

/** One thing that onboarding asks for: its name in v2, its name in v1, and whether it has been given. */
export interface Requirement {
  v2: string;
  v1: string;
  given: (account: AccountRecord) => boolean;
}

const TERMS: Requirement = {
  v2: 'identity.attestations.terms_of_service.account.date',
  v1: 'tos_acceptance.date',
  given: (account) => account.tos_accepted_at !== null,
};

const BANK: Requirement = {
  v2: 'defaults.payout_methods',
  v1: 'external_account',
  given: (account) => account.bank !== null && account.bank.status !== 'errored',
};

const PROFILE: Requirement = {
  v2: 'defaults.profile.product_description',
  v1: 'business_profile.product_description',
  given: ({ profile }) => Boolean(profile.product_description || profile.business_url),
};

const ENTITY: Requirement = {
  v2: 'identity.entity_type',
  v1: 'business_type',
  given: (account) => account.entity_type !== null,
};

const INDIVIDUAL: Requirement[] = [
  {
    v2: 'identity.individual.given_name',
    v1: 'individual.first_name',
    given: (a) => Boolean(a.individual?.given_name),
  },
  {
    v2: 'identity.individual.surname',
    v1: 'individual.last_name',
    given: (a) => Boolean(a.individual?.surname),
  },
  { v2: 'identity.individual.email', v1: 'individual.email', given: (a) => Boolean(a.individual?.email) },
  {
    v2: 'identity.individual.date_of_birth',
    v1: 'individual.dob',
    given: (a) => Boolean(a.individual?.date_of_birth),
  },
  {
    v2: 'identity.individual.address',
    v1: 'individual.address',
    given: (a) => Boolean(a.individual?.address?.line1 && a.individual.address.city),
  },
  {
    v2: 'identity.individual.id_numbers',
    v1: 'individual.id_number',
    given: (a) => a.provided.includes('id_number'),
  },
];

const COMPANY: Requirement[] = [
  {
    v2: 'identity.business_details.registered_name',
    v1: 'company.name',
    given: (a) => Boolean(a.company?.registered_name),
  },
  {
    v2: 'identity.business_details.address',
    v1: 'company.address',
    given: (a) => Boolean(a.company?.address?.line1 && a.company.address.city),
  },
  { v2: 'identity.business_details.phone', v1: 'company.phone', given: (a) => Boolean(a.company?.phone) },
  {
    v2: 'identity.business_details.id_numbers',
    v1: 'company.tax_id',
    given: (a) => a.provided.includes('tax_id'),
  },
];

/** What this account must give, in the order in which the hosted pages ask. */
export function required(account: AccountRecord): Requirement[] {
  const asksForNothing = !account.recipient && Object.keys(account.capabilities).length === 0;
  if (asksForNothing && !account.legacy_payments) return [];
  const people =
    account.entity_type === null ? [] : INDIVIDUAL.slice(0, account.entity_type === 'individual' ? 6 : 5);
  const company = account.entity_type !== null && account.entity_type !== 'individual' ? COMPANY : [];
  return [ENTITY, ...company, ...people, PROFILE, BANK, TERMS];
}

export type DueStatus = 'currently_due' | 'eventually_due' | 'past_due';

export interface Due {
  requirement: Requirement;
  status: DueStatus;
  /** Milliseconds; only raised requirements have one. */
  deadline: number | null;
  error: { code: string; description: string } | null;
}

/** What is still outstanding at `now` (milliseconds). */
export function outstanding(account: AccountRecord, now: number): Due[] {
  const open = required(account)
    .filter((requirement) => !requirement.given(account))
    .map((requirement): Due => ({ requirement, status: 'currently_due', deadline: null, error: null }));
  const raised = account.raised.map((item): Due => {
    const past = item.deadline !== null && item.deadline <= now;
    const known = required(account).find(({ v1, v2 }) => v1 === item.field || v2 === item.field);
    return {
      requirement: known ?? { v1: item.field, v2: item.field, given: () => false },
      status: past ? 'past_due' : item.deadline === null ? 'eventually_due' : 'currently_due',
      deadline: item.deadline,
      error: item.error,
    };
  });
  return [...open, ...raised];
}
