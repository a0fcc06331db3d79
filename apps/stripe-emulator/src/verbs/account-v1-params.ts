import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { mergeAccount } from './account-params.js';
import { mergeSettings } from './account-settings.js';
import { mergeCompanyV1 } from './company-v1.js';
import { mergeMetadata } from './metadata.js';

type Create = Stripe.AccountCreateParams;
type Update = Omit<Stripe.AccountUpdateParams, 'external_account'>;
type Identity = NonNullable<Stripe.V2.Core.AccountUpdateParams['identity']>;

/** What `type` stands for; `controller` names the same one by one. https://docs.stripe.com/connect/migrate-to-controller-properties */
const TYPES: Record<string, Controller> = {
  standard: { fees: 'account', losses: 'stripe', collection: 'stripe', dashboard: 'full' },
  express: { fees: 'application_express', losses: 'application', collection: 'stripe', dashboard: 'express' },
  custom: { fees: 'application_custom', losses: 'application', collection: 'application', dashboard: 'none' },
};

interface Controller {
  fees: string;
  losses: string;
  collection: 'stripe' | 'application';
  dashboard: NonNullable<AccountRecord['dashboard']>;
}

/** Who is responsible for a new account, as a part of its record. */
export function responsibilities(params: Create): Partial<AccountRecord> {
  const given = params.controller;
  const base = TYPES[params.type ?? 'standard'] ?? TYPES['standard']!;
  const fees = given?.fees?.payer ?? base.fees;
  return {
    // v2 calls Stripe the collector where v1 has the account itself pay.
    fees_collector: fees === 'account' ? 'stripe' : fees,
    losses_collector: given?.losses?.payments ?? base.losses,
    requirement_collection: (given?.requirement_collection ?? base.collection) as Controller['collection'],
    dashboard: (given?.stripe_dashboard?.type ?? base.dashboard) as Controller['dashboard'],
  };
}

/** The `type` that v1 shows for an account, or `none` for a combination that no type stands for. */
export function typeOf(record: AccountRecord): Stripe.Account['type'] {
  if (record.platform) return 'standard';
  const fees = record.fees_collector === 'stripe' ? 'account' : record.fees_collector;
  const found = Object.entries(TYPES).find(
    ([, type]) =>
      type.fees === fees &&
      type.losses === record.losses_collector &&
      type.collection === record.requirement_collection &&
      type.dashboard === record.dashboard,
  );
  return found?.[0] ?? (record.dashboard === 'express' ? 'express' : 'none');
}

/** Puts v1 parameters into the record: v1 and v2 are two views of it. `now` in milliseconds. */
export function mergeV1(
  record: AccountRecord,
  params: Update & Pick<Create, 'country'>,
  now: number,
): AccountRecord {
  const { business_profile: profile, settings, tos_acceptance: terms } = params;
  const { metadata: _metadata, ...rest } = params;
  const merged = mergeAccount(record, inV2(rest), now);
  return {
    ...merged,
    metadata: mergeMetadata(record.metadata, params.metadata),
    tos_accepted_at: terms?.date || terms?.ip ? (terms.date ?? 0) * 1000 || now : merged.tos_accepted_at,
    tos: {
      ip: terms?.ip ?? merged.tos.ip,
      user_agent: terms?.user_agent ?? merged.tos.user_agent,
      agreement: (terms?.service_agreement as 'full' | undefined) ?? merged.tos.agreement,
    },
    company_more: mergeCompanyV1(record.company_more, params.company),
    business_profile: { ...record.business_profile, ...withoutEmpty(profile) },
    settings: mergeSettings(record.settings, settings),
    capabilities: requested(record.capabilities, params.capabilities as Asked, now),
    recipient: transfersOf(record, params.capabilities as Asked),
  };
}

function inV2(
  params: Omit<Update, 'metadata'> & Pick<Create, 'country'>,
): Stripe.V2.Core.AccountUpdateParams {
  const { individual, company, business_profile: profile } = params;
  const identity = {
    ...(params.country && { country: params.country }),
    ...(params.business_type && { entity_type: params.business_type }),
    ...(individual && {
      individual: {
        ...(individual.first_name && { given_name: individual.first_name }),
        ...(individual.last_name && { surname: individual.last_name }),
        ...(individual.email && { email: individual.email }),
        ...(individual.phone && { phone: individual.phone }),
        ...(individual.dob && { date_of_birth: individual.dob }),
        ...(individual.address && { address: individual.address }),
        ...((individual.id_number || individual.ssn_last_4) && {
          id_numbers: [{ type: 'us_ssn_last_4', value: individual.id_number ?? individual.ssn_last_4! }],
        }),
      },
    }),
    ...(company && {
      business_details: {
        ...(company.name && { registered_name: company.name }),
        ...(company.phone && { phone: company.phone }),
        ...(company.address && { address: company.address }),
        ...(company.structure && { structure: company.structure }),
        ...(company.tax_id && { id_numbers: [{ type: 'us_ein', value: company.tax_id }] }),
      },
    }),
  } as Identity;
  return {
    ...(params.email && { contact_email: params.email }),
    ...(profile?.name && { display_name: profile.name }),
    defaults: {
      ...(params.default_currency && { currency: params.default_currency }),
      profile: {
        ...(profile?.url && { business_url: profile.url }),
        ...(profile?.product_description && { product_description: profile.product_description }),
      },
    },
    identity,
  };
}

type Asked = Record<string, { requested?: boolean } | undefined> | undefined;

function requested(before: Record<string, number>, asked: Asked, now: number): Record<string, number> {
  const after = { ...before };
  for (const [name, wish] of Object.entries(asked ?? {})) {
    if (wish?.requested) after[name] ??= Math.floor(now / 1000);
    else if (wish?.requested === false) delete after[name];
  }
  return after;
}

/** The right to be sent transfers is v1's name for what v2 calls the recipient configuration. */
function transfersOf(record: AccountRecord, asked: Asked): AccountRecord['recipient'] {
  const wish = asked?.['transfers']?.requested;
  if (wish === undefined) return record.recipient;
  return { requested: wish ? ['stripe_transfers', 'payouts'] : [] };
}

/** An empty text unsets a field. */
function withoutEmpty<T extends object>(given: T | undefined): Partial<T> {
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([name, value]) => [name, value === '' ? null : (value as unknown)]),
  ) as Partial<T>;
}
