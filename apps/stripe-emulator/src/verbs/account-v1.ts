import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { typeOf } from './account-v1-params.js';
import { capability } from './capabilities.js';
import { isActive, requestedAt } from './capability-v1.js';
import { externalAccount } from './external-account-objects.js';
import { outstanding } from './requirements.js';

/** The v1 object of an account that was made with v2: what v1 endpoints, events and `retrieve` show. */
export function accountV1(record: AccountRecord, now: number): Stripe.Account {
  const payouts = capability(record, 'payouts', now).status === 'active';
  return {
    id: record.id,
    object: 'account',
    business_profile: businessProfile(record),
    business_type: record.entity_type,
    capabilities: capabilities(record, now),
    charges_enabled: canCharge(record, now),
    ...(record.requirement_collection === 'application' && { company: company(record) }),
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
    metadata: record.metadata,
    payouts_enabled: record.platform || (payouts && record.bank !== null),
    requirements: requirements(record, now),
    settings: settings(record),
    tos_acceptance: { date: record.tos_accepted_at && Math.floor(record.tos_accepted_at / 1000) },
    type: typeOf(record),
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

/** Shown only where the platform asks for what is missing: elsewhere it is between the owner and Stripe. */
function company({ company: known, provided }: AccountRecord): Stripe.Account.Company {
  return {
    name: known?.registered_name ?? null,
    phone: known?.phone ?? null,
    tax_id_provided: provided.includes('tax_id'),
  };
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

function settings(record: AccountRecord): Stripe.Account.Settings {
  return {
    branding: {
      icon: null,
      logo: null,
      primary_color: null,
      secondary_color: null,
      ...record.settings.branding,
    },
    card_payments: {
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
      ...record.settings.card_payments,
    },
    dashboard: { display_name: record.display_name, timezone: 'Etc/UTC' },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
      ...record.settings.payments,
    },
  };
}
