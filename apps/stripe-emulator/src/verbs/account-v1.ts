import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { capability, requested } from './capabilities.js';
import { bankAccount } from './external-accounts.js';
import { outstanding } from './requirements.js';

/** The v1 object of an account that was made with v2: what v1 endpoints, events and `retrieve` show. */
export function accountV1(record: AccountRecord, now: number): Stripe.Account {
  const active = (name: 'stripe_transfers' | 'payouts') => capability(record, name, now).status === 'active';
  const v1Status = active('stripe_transfers') ? 'active' : 'inactive';
  const capabilities: Stripe.Account.Capabilities = record.platform
    ? { card_payments: 'active', transfers: 'active' }
    : requested(record).includes('stripe_transfers')
      ? { transfers: v1Status }
      : {};
  return {
    id: record.id,
    object: 'account',
    business_profile: businessProfile(record),
    business_type: record.entity_type,
    capabilities,
    charges_enabled: record.platform,
    controller: controller(record),
    ...(record.country && { country: record.country }),
    created: Math.floor(record.created / 1000),
    ...(record.currency && { default_currency: record.currency }),
    details_submitted: record.details_submitted,
    email: record.contact_email,
    external_accounts: {
      object: 'list',
      data: record.bank ? [bankAccount(record.bank, record.id)] : [],
      has_more: false,
      url: `/v1/accounts/${record.id}/external_accounts`,
    },
    future_requirements: { ...NOTHING_DUE },
    metadata: record.metadata,
    payouts_enabled: record.platform || active('payouts'),
    requirements: requirements(record, now),
    settings: settings(record),
    tos_acceptance: { date: record.tos_accepted_at && Math.floor(record.tos_accepted_at / 1000) },
    type: record.platform ? 'standard' : record.dashboard === 'express' ? 'express' : 'none',
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
    fees: { payer: record.fees_collector ?? 'application' },
    is_controller: true,
    losses: { payments: record.losses_collector ?? 'application' },
    requirement_collection: 'stripe',
    stripe_dashboard: { type: record.dashboard ?? 'none' },
    type: 'application',
  };
}

function businessProfile(record: AccountRecord): Stripe.Account.BusinessProfile {
  return {
    mcc: null,
    minority_owned_business_designation: null,
    name: record.display_name ?? record.profile.doing_business_as ?? null,
    product_description: record.profile.product_description ?? null,
    specified_commercial_transactions_act_url: null,
    support_address: null,
    support_email: null,
    support_phone: null,
    support_url: null,
    url: record.profile.business_url ?? null,
  };
}

function settings(record: AccountRecord): Stripe.Account.Settings {
  return {
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_payments: {
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: record.display_name, timezone: 'Etc/UTC' },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
  };
}
