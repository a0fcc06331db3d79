import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { mergeMetadata } from './metadata.js';

type Params = Stripe.V2.Core.AccountUpdateParams;

/** Puts what the platform sent into the record; what is not named stays. */
export function mergeAccount(record: AccountRecord, params: Params, now: number): AccountRecord {
  const { defaults, identity } = params;
  const charges = params.configuration?.merchant?.capabilities?.card_payments?.requested;
  const individual = identity?.individual;
  const business = identity?.business_details;
  const dashboard = params.dashboard ?? record.dashboard;
  const losses = defaults?.responsibilities?.losses_collector ?? record.losses_collector;
  const provided = new Set(record.provided);
  if (individual?.id_numbers?.length) provided.add('id_number');
  if (business?.id_numbers?.length) provided.add('tax_id');
  return {
    ...record,
    country: identity?.country?.toUpperCase() ?? record.country,
    currency: defaults?.currency ?? record.currency,
    dashboard,
    display_name: params.display_name ?? record.display_name,
    contact_email: params.contact_email ?? record.contact_email,
    contact_phone: params.contact_phone ?? record.contact_phone,
    metadata: mergeMetadata(record.metadata, params.metadata),
    fees_collector: defaults?.responsibilities?.fees_collector ?? record.fees_collector,
    losses_collector: losses,
    locales: defaults?.locales ?? record.locales,
    profile: { ...record.profile, ...defaults?.profile },
    entity_type: identity?.entity_type ?? record.entity_type,
    individual: individual ? mergeIndividual(record, individual) : record.individual,
    company: business ? mergeCompany(record, business) : record.company,
    provided: [...provided],
    ...(charges && { capabilities: { card_payments: Math.floor(now / 1000), ...record.capabilities } }),
    ...accepted(record, identity?.attestations?.terms_of_service?.account),
  };
}

type Terms = NonNullable<
  NonNullable<NonNullable<Params['identity']>['attestations']>['terms_of_service']
>['account'];

function accepted(
  { tos, tos_accepted_at }: AccountRecord,
  terms: Terms,
): Pick<AccountRecord, 'tos' | 'tos_accepted_at'> {
  if (!terms) return { tos, tos_accepted_at };
  const { date, ip, user_agent } = terms;
  const by = { ip: ip ?? tos.ip, user_agent: user_agent ?? tos.user_agent };
  return { tos: { ...tos, ...by }, tos_accepted_at: date ? Date.parse(date) : tos_accepted_at };
}

type IndividualParams = NonNullable<NonNullable<Params['identity']>['individual']>;
type BusinessParams = NonNullable<NonNullable<Params['identity']>['business_details']>;

/** Id numbers are remembered as given, never kept or shown. */
function mergeIndividual(record: AccountRecord, params: IndividualParams): AccountRecord['individual'] {
  const { id_numbers, given_name, surname, email, phone, address, date_of_birth } = params;
  return {
    ...record.individual,
    ...(given_name && { given_name }),
    ...(surname && { surname }),
    ...(email && { email }),
    ...(phone && { phone }),
    ...(date_of_birth && { date_of_birth }),
    ...(address && { address: { ...record.individual?.address, ...address } }),
    ...(id_numbers && { id_numbers: id_numbers.map(({ type }) => ({ type })) as never }),
  };
}

function mergeCompany(record: AccountRecord, params: BusinessParams): AccountRecord['company'] {
  const { id_numbers, registered_name, phone, address, structure } = params;
  return {
    ...record.company,
    ...(registered_name && { registered_name }),
    ...(phone && { phone }),
    ...(structure && { structure: structure as never }),
    ...(address && { address: { ...record.company?.address, ...address } }),
    ...(id_numbers && { id_numbers: id_numbers.map(({ type }) => ({ type })) as never }),
  };
}
