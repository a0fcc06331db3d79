import {
  any,
  bool,
  currency,
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

export const address = object({
  city: str,
  country: str,
  line1: str,
  line2: str,
  postal_code: str,
  state: str,
});

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

const company = object({
  address,
  directors_provided: bool,
  executives_provided: bool,
  name: str,
  owners_provided: bool,
  phone: str,
  registration_number: str,
  structure: emptyable(str),
  tax_id: str,
  vat_id: str,
  verification: object({ document }),
});

const settings = object({
  branding: object({ icon: str, logo: str, primary_color: str, secondary_color: str }),
  card_payments: object({ statement_descriptor_prefix: str }),
  payments: object({ statement_descriptor: str }),
  payouts: object({
    debit_negative_balances: bool,
    schedule: object({
      delay_days: any,
      interval: oneOf('daily', 'manual', 'monthly', 'weekly'),
      monthly_anchor: int(1, 31),
      weekly_anchor: oneOf('monday', 'tuesday', 'wednesday', 'thursday', 'friday'),
    }),
    statement_descriptor: str,
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
  settings,
  tos_acceptance: object({
    date: int(0, Number.MAX_SAFE_INTEGER),
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
