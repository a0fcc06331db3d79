import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { accountSettings } from './account-settings.js';
import { typeOf } from './account-v1-params.js';
import { capability } from './capabilities.js';
import { isActive, requestedAt } from './capability-v1.js';
import { companyV1 } from './company-v1.js';
import { externalAccount } from './external-account-objects.js';
import { individualV1 } from './persons.js';
import { outstanding } from './requirements.js';

/** The v1 object of an account, whichever way it was made. @param balance how it is paid out */
export function accountV1(
  record: AccountRecord,
  balance: Stripe.BalanceSettings,
  now: number,
): Stripe.Account {
  const payouts = capability(record, 'payouts', now).status === 'active';
  const isPlatforms = record.requirement_collection === 'application';
  return {
    id: record.id,
    object: 'account',
    business_profile: businessProfile(record),
    business_type: record.entity_type,
    capabilities: capabilities(record, now),
    charges_enabled: canCharge(record, now),
    ...(isPlatforms && record.entity_type !== 'individual' && { company: companyV1(record) }),
    controller: controller(record),
    ...(record.country && { country: record.country }),
    created: Math.floor(record.created / 1000),
    ...(record.currency && { default_currency: record.currency }),
    details_submitted: record.details_submitted,
    email: record.contact_email,
    external_accounts: {
      object: 'list',
      data: externals(record),
      has_more: false,
      url: `/v1/accounts/${record.id}/external_accounts`,
    },
    future_requirements: { ...NOTHING_DUE },
    ...(isPlatforms && record.individual && { individual: individualV1(record) }),
    metadata: record.metadata,
    payouts_enabled: record.platform || (payouts && record.bank !== null),
    requirements: requirements(record, now),
    settings: accountSettings(record, balance),
    tos_acceptance: termsOf(record, isPlatforms),
    type: typeOf(record),
  };
}

/** By whom they were accepted is known to the platform only where it asked for that itself. */
function termsOf(
  { tos, tos_accepted_at: date }: AccountRecord,
  isPlatforms: boolean,
): Stripe.Account.TosAcceptance {
  return {
    date: date && Math.floor(date / 1000),
    ...(isPlatforms && { ip: tos.ip, user_agent: tos.user_agent }),
    ...(tos.agreement && { service_agreement: tos.agreement }),
  };
}

const NOTHING_DUE = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  disabled_reason: null,
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
};

const REASONS: Record<
  NonNullable<AccountRecord['restricted']>,
  Stripe.Account.Requirements.DisabledReason
> = {
  rejected_fraud: 'rejected.fraud',
  rejected_other: 'rejected.other',
  restricted_other: 'other',
};

function requirements(record: AccountRecord, now: number): Stripe.Account.Requirements {
  const due = outstanding(record, now);
  const past = due.filter((item) => item.status === 'past_due');
  const current = due.filter((item) => item.status !== 'eventually_due');
  const deadlines = current.map((item) => item.deadline).filter((deadline) => deadline !== null);
  const onboarding = current.some((item) => item.deadline === null);
  const blocked = past.length > 0 || onboarding;
  const reason = record.restricted ? REASONS[record.restricted] : blocked ? 'requirements.past_due' : null;
  return {
    ...NOTHING_DUE,
    current_deadline: deadlines.length > 0 ? Math.floor(Math.min(...deadlines) / 1000) : null,
    currently_due: current.map((item) => item.requirement.v1),
    disabled_reason: reason,
    errors: due
      .filter((item) => item.error)
      .map((item) => ({
        code: item.error!.code,
        reason: item.error!.description,
        requirement: item.requirement.v1,
      })) as Stripe.Account.Requirements.Error[],
    eventually_due: due.map((item) => item.requirement.v1),
    past_due: [...past, ...(onboarding ? current.filter((item) => item.deadline === null) : [])].map(
      (item) => item.requirement.v1,
    ),
  };
}

function controller(record: AccountRecord): Stripe.Account.Controller {
  if (record.platform) return { type: 'account' };
  return {
    fees: {
      payer: record.fees_collector === 'stripe' ? 'account' : (record.fees_collector ?? 'application'),
    },
    is_controller: true,
    losses: { payments: record.losses_collector ?? 'application' },
    requirement_collection: record.requirement_collection,
    stripe_dashboard: { type: record.dashboard ?? 'none' },
    type: 'application',
  };
}

function capabilities(record: AccountRecord, now: number): Stripe.Account.Capabilities {
  if (record.platform) return { card_payments: 'active', transfers: 'active' };
  const names = ['transfers', 'legacy_payments', ...Object.keys(record.capabilities)];
  const shown = names.filter((name) =>
    name === 'legacy_payments' ? record.legacy_payments : requestedAt(record, name) !== null,
  );
  return Object.fromEntries(shown.map((name) => [name, isActive(record, name, now) ? 'active' : 'inactive']));
}

/** Whether buyers can pay this account itself. */
export function canCharge(record: AccountRecord, now: number): boolean {
  if (record.platform) return true;
  if (isActive(record, 'card_payments', now)) return true;
  return isActive(record, 'legacy_payments', now) && record.details_submitted;
}

function externals(record: AccountRecord): Stripe.ExternalAccount[] {
  const all = [...(record.bank ? [record.bank] : []), ...record.more_banks];
  return all.map((bank) => {
    const first = all.find((one) => one.currency === bank.currency);
    return externalAccount(bank, record.id, first === bank);
  });
}

function businessProfile(record: AccountRecord): Stripe.Account.BusinessProfile {
  const given = record.business_profile;
  return {
    annual_revenue: given.annual_revenue ?? null,
    estimated_worker_count: given.estimated_worker_count ?? null,
    mcc: given.mcc ?? null,
    minority_owned_business_designation: given.minority_owned_business_designation ?? null,
    name: given.name ?? record.display_name ?? record.profile.doing_business_as ?? null,
    product_description: record.profile.product_description ?? null,
    specified_commercial_transactions_act_url: given.specified_commercial_transactions_act_url ?? null,
    support_address: given.support_address
      ? ({ ...NO_ADDRESS, ...given.support_address } as Stripe.Address)
      : null,
    support_email: given.support_email ?? null,
    support_phone: given.support_phone ?? null,
    support_url: given.support_url ?? null,
    url: record.profile.business_url ?? null,
  };
}

const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
