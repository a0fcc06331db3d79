import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { blocks, capability, requested } from './capabilities.js';
import { requestedAt } from './capability-v1.js';
import { outstanding, type Due } from './requirements.js';

type Account = Stripe.V2.Core.Account;
export type Include = Stripe.V2.Core.AccountRetrieveParams.Include;

/** The v2 object. Most parts are absent unless they are named in `include`. */
export function accountV2(
  record: AccountRecord,
  include: Include[],
  now: number,
  livemode: boolean,
): Account {
  const wants = (part: Include) => include.includes(part);
  const configuration = {
    ...(wants('configuration.recipient') && record.recipient && { recipient: recipient(record, now) }),
    ...(wants('configuration.merchant') && isMerchant(record) && { merchant: merchant(record, now) }),
  };
  return {
    id: record.id,
    object: 'v2.core.account',
    applied_configurations: [
      ...(isMerchant(record) ? ['merchant' as const] : []),
      ...(record.recipient ? ['recipient' as const] : []),
    ],
    closed: record.closed,
    ...(Object.keys(configuration).length > 0 && { configuration }),
    ...(record.contact_email && { contact_email: record.contact_email }),
    ...(record.contact_phone && { contact_phone: record.contact_phone }),
    created: new Date(record.created).toISOString(),
    ...(record.dashboard && { dashboard: record.dashboard }),
    ...(wants('defaults') && { defaults: defaults(record) }),
    ...(record.display_name && { display_name: record.display_name }),
    ...(wants('future_requirements') && { future_requirements: { entries: [] } }),
    ...(wants('identity') && { identity: identity(record) }),
    livemode,
    metadata: record.metadata,
    ...(wants('requirements') && { requirements: requirements(record, now) }),
  };
}

/** Whether buyers pay it directly. */
const isMerchant = (record: AccountRecord) => requestedAt(record, 'card_payments') !== null;

function merchant(record: AccountRecord, now: number): Stripe.V2.Core.Account.Configuration.Merchant {
  // All that it needs to be paid by others it needs to be paid by buyers.
  const { status, details } = capability(record, 'stripe_transfers', now);
  return { applied: true, capabilities: { card_payments: { status, status_details: details } } };
}

function recipient(record: AccountRecord, now: number): Stripe.V2.Core.Account.Configuration.Recipient {
  const names = requested(record);
  const state = (name: 'payouts' | 'stripe_transfers') => {
    const { status, details } = capability(record, name, now);
    return { status, status_details: details };
  };
  return {
    applied: true,
    capabilities: {
      stripe_balance: {
        ...(names.includes('payouts') && { payouts: state('payouts') }),
        ...(names.includes('stripe_transfers') && { stripe_transfers: state('stripe_transfers') }),
      },
    },
  };
}

function defaults(record: AccountRecord): Stripe.V2.Core.Account.Defaults {
  return {
    ...(record.currency && { currency: record.currency }),
    ...(record.locales.length > 0 && { locales: record.locales as Stripe.V2.Core.Account.Defaults.Locale[] }),
    ...(record.bank && { payout_methods: { [record.bank.currency]: record.bank.id } }),
    profile: record.profile,
    responsibilities: {
      fees_collector: (record.fees_collector ??
        'application') as Stripe.V2.Core.Account.Defaults.Responsibilities.FeesCollector,
      losses_collector: (record.losses_collector ??
        'application') as Stripe.V2.Core.Account.Defaults.Responsibilities.LossesCollector,
      requirements_collector: record.requirement_collection,
    },
  };
}

function identity(record: AccountRecord): Stripe.V2.Core.Account.Identity {
  const date = record.tos_accepted_at && new Date(record.tos_accepted_at).toISOString();
  return {
    ...(date && {
      attestations: {
        terms_of_service: {
          account: {
            date,
            ...(record.tos.ip && { ip: record.tos.ip }),
            ...(record.tos.user_agent && { user_agent: record.tos.user_agent }),
          },
        },
      },
    }),
    ...(record.company && { business_details: record.company }),
    ...(record.country && { country: record.country.toLowerCase() }),
    ...(record.entity_type && { entity_type: record.entity_type }),
    ...(record.individual && {
      individual: {
        account: record.id,
        created: new Date(record.created).toISOString(),
        id: `person_${record.id.slice(5)}`,
        object: 'v2.core.account_person',
        updated: new Date(record.created).toISOString(),
        ...record.individual,
      },
    }),
  };
}

function requirements(record: AccountRecord, now: number): Stripe.V2.Core.Account.Requirements {
  const due = outstanding(record, now);
  const entries = due.map((item) => entry(record, item));
  const first = due.toSorted((a, b) => (a.deadline ?? now) - (b.deadline ?? now))[0];
  const time = first?.deadline ? { time: new Date(first.deadline).toISOString() } : {};
  return {
    entries,
    ...(first && { summary: { minimum_deadline: { status: first.status, ...time } } }),
  };
}

function entry(record: AccountRecord, due: Due): Stripe.V2.Core.Account.Requirements.Entry {
  const restricted = requested(record).filter((name) => blocks(due, name) || due.deadline !== null);
  return {
    awaiting_action_from: 'user',
    description: due.requirement.v2,
    errors: due.error ? [due.error as Stripe.V2.Core.Account.Requirements.Entry.Error] : [],
    impact: {
      restricts_capabilities: restricted.map((name) => ({
        capability: `stripe_balance.${name}` as 'stripe_balance.payouts',
        configuration: 'recipient',
        deadline: { status: due.status },
      })),
    },
    minimum_deadline: { status: due.status },
    requested_reasons: [
      { code: due.deadline === null && !due.error ? 'routine_onboarding' : 'routine_verification' },
    ],
  };
}
