import {
  bool,
  currency,
  descriptor,
  email,
  emptyable,
  int,
  list,
  metadata,
  object,
  oneOf,
  required,
  str,
  url,
  type Param,
} from '../http/params.js';
import { externalAccount } from './external-accounts.js';

/** What v1 takes about an account and the people behind it. */

const addressFields = { city: str, country: str, line1: str, line2: str, postal_code: str, state: str };
export const address = object(addressFields);

const moment = int(0, Number.MAX_SAFE_INTEGER);
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

export const dob = emptyable(
  object({ day: required(int(1, 31)), month: required(int(1, 12)), year: required(int(1900, 2100)) }),
);

export const relationship = object({
  authorizer: bool,
  director: bool,
  executive: bool,
  legal_guardian: bool,
  owner: bool,
  percent_ownership: emptyable({ type: 'number' }),
  representative: bool,
  title: str,
});

const document = object({ back: str, front: str });

/** Of a person, in an account or of its own. */
export const identity = {
  address,
  dob,
  email,
  first_name: str,
  full_name_aliases: emptyable(list(str)),
  gender: str,
  id_number: str,
  last_name: str,
  maiden_name: str,
  metadata,
  phone: str,
  political_exposure: oneOf('existing', 'none'),
  relationship,
  ssn_last_4: str,
  verification: object({ additional_document: document, document }),
} satisfies Record<string, Param>;

const businessProfile = object({
  annual_revenue: object({
    amount: required(int(0)),
    currency: required(currency),
    fiscal_year_end: required(str),
  }),
  estimated_worker_count: int(0),
  mcc: str,
  minority_owned_business_designation: list(str),
  monthly_estimated_revenue: object({ amount: required(int(0)), currency: required(currency) }),
  name: str,
  product_description: str,
  specified_commercial_transactions_act_url: emptyable(str),
  support_address: address,
  support_email: email,
  support_phone: str,
  support_url: emptyable(str),
  url: str,
});

const kanaAddress = object({ ...addressFields, town: str });
const declaration = object({ date: moment, ip: str, user_agent: str });

const company = object({
  address,
  address_kana: kanaAddress,
  address_kanji: kanaAddress,
  administrative_address: address,
  directors_provided: bool,
  directorship_declaration: declaration,
  executives_provided: bool,
  export_license_id: str,
  export_purpose_code: str,
  name: str,
  name_kana: str,
  name_kanji: str,
  owners_provided: bool,
  ownership_declaration: declaration,
  ownership_exemption_reason: emptyable(
    oneOf('qualified_entity_exceeds_ownership_threshold', 'qualifies_as_financial_institution'),
  ),
  phone: str,
  physical_address: address,
  principal_place_of_business: address,
  registration_date: dob,
  registration_number: str,
  representative_declaration: declaration,
  structure: emptyable(str),
  tax_id: str,
  tax_id_registrar: str,
  vat_id: str,
  verification: object({ document }),
});

const terms = object({ date: moment, ip: str, user_agent: emptyable(str) });

const settings = {
  bacs_debit_payments: object({ display_name: str }),
  branding: object({
    icon: emptyable(str),
    logo: emptyable(str),
    primary_color: emptyable(str),
    secondary_color: emptyable(str),
  }),
  card_issuing: object({ tos_acceptance: terms }),
  card_payments: object({
    decline_on: object({ avs_failure: bool, cvc_failure: bool }),
    statement_descriptor_prefix: emptyable(descriptor(2, 10)),
    statement_descriptor_prefix_kana: emptyable(descriptor(2, 10)),
    statement_descriptor_prefix_kanji: emptyable(descriptor(2, 10)),
  }),
  invoices: object({ hosted_payment_method_save: oneOf('always', 'never', 'offer') }),
  payments: object({
    statement_descriptor: emptyable(descriptor(5)),
    statement_descriptor_kana: emptyable(descriptor(5)),
    statement_descriptor_kanji: emptyable(descriptor(5, 17)),
  }),
  payouts: object({
    debit_negative_balances: bool,
    schedule: object({
      delay_days: { type: 'or_word', word: 'minimum', min: 0, max: 31 },
      interval: oneOf('daily', 'manual', 'monthly', 'weekly'),
      monthly_anchor: int(1, 31),
      monthly_payout_days: list(int(1, 31)),
      weekly_anchor: oneOf(...WEEKDAYS),
      weekly_payout_days: list(oneOf(...WEEKDAYS)),
    }),
    statement_descriptor: emptyable(descriptor()),
  }),
  paypay_payments: object({ additional_files: list(str), goods_type: oneOf('digital_content', 'other') }),
  sepa_debit_payments: object({ creditor_id: str }),
  treasury: object({ tos_acceptance: terms }),
} satisfies Record<string, Param>;

/** Tax ids to show on invoices come with what is there already. */
export const updatedSettings = object({
  ...settings,
  invoices: object({
    default_account_tax_ids: emptyable(list(str)),
    hosted_payment_method_save: oneOf('always', 'never', 'offer'),
  }),
});

/** Of creation and of updates. */
export const common = {
  business_profile: businessProfile,
  business_type: oneOf('company', 'government_entity', 'individual', 'non_profit'),
  capabilities: { type: 'map', of: object({ requested: bool }) },
  company,
  default_currency: currency,
  email,
  external_account: externalAccount,
  individual: object(identity),
  metadata,
  settings: object(settings),
  tos_acceptance: object({
    date: moment,
    ip: str,
    service_agreement: oneOf('full', 'recipient'),
    user_agent: str,
  }),
} satisfies Record<string, Param>;

export const link = {
  account: required(str),
  collect: oneOf('currently_due', 'eventually_due'),
  collection_options: object({
    fields: oneOf('currently_due', 'eventually_due'),
    future_requirements: oneOf('include', 'omit'),
  }),
  refresh_url: url,
  return_url: url,
  type: required(oneOf('account_onboarding', 'account_update')),
} satisfies Record<string, Param>;
