import type Stripe from 'stripe';
import type { SettingsGroup } from '../verbs/account-settings.js';

export type CapabilityName = 'stripe_transfers' | 'payouts';
export type CapabilityStatus = 'active' | 'pending' | 'rejected' | 'restricted' | 'unsupported';

export interface BankRecord {
  id: string;
  country: string;
  currency: string;
  account_number: string;
  routing_number: string;
  holder_name: string | null;
  holder_type: string | null;
  metadata: Stripe.Metadata;
  bank_name: string;
  /** Set for a debit card, whose number `account_number` is. */
  card: { brand: string; exp_month: number; exp_year: number } | null;
  /** `errored` after a payout to it failed: no further payouts until it is replaced. */
  status: 'new' | 'verified' | 'errored';
}

/** Something Stripe asks for beyond the usual onboarding, with the day on which it starts to restrict the account. */
export interface RaisedRequirement {
  field: string;
  deadline: number | null;
  error: { code: string; description: string } | null;
}

/**
 * What the emulator knows about an account; the v1 and v2 objects, requirements and capabilities are all derived from
 * it (`views/`), so they can't contradict each other. `created` is in milliseconds.
 */
export interface AccountRecord {
  id: string;
  created: number;
  platform: boolean;
  country: string | null;
  currency: string | null;
  /** The currencies in which it holds money; others are exchanged into its own. Null: all that it is paid in. */
  settlement_currencies: string[] | null;
  dashboard: 'express' | 'full' | 'none' | null;
  display_name: string | null;
  contact_email: string | null;
  contact_phone: string | null;
  metadata: Stripe.Metadata;
  fees_collector: string | null;
  losses_collector: string | null;
  locales: string[];
  entity_type: string | null;
  individual: Partial<Stripe.V2.Core.Account.Identity.Individual> | null;
  company: Stripe.V2.Core.Account.Identity.BusinessDetails | null;
  /** Values of single fields that stand for a whole answer, e.g. an id number that is never shown. */
  provided: string[];
  profile: Stripe.V2.Core.Account.Defaults.Profile;
  tos_accepted_at: number | null;
  /** By whom the terms were accepted, and which: `recipient` has a relationship with the platform alone. */
  tos: { ip: string | null; user_agent: string | null; agreement: 'full' | 'recipient' | null };
  bank: BankRecord | null;
  /** Further accounts and debit cards; the first of each currency is its default. */
  more_banks: BankRecord[];
  /** Who asks the owner for what is missing: Stripe's pages, or the platform. */
  requirement_collection: 'stripe' | 'application';
  /** What was asked for by its v1 name, and when (Unix seconds). */
  capabilities: Record<string, number>;
  /** The right to be paid that full accounts of their own have without asking. */
  legacy_payments: boolean;
  business_profile: Partial<Stripe.AccountCreateParams.BusinessProfile>;
  settings: Partial<Record<SettingsGroup, Record<string, unknown>>>;
  /** What v1 keeps of a company beyond what v2 has words for. */
  company_more: Partial<Stripe.Account.Company>;
  recipient: { requested: CapabilityName[] } | null;
  raised: RaisedRequirement[];
  restricted: 'rejected_fraud' | 'rejected_other' | 'restricted_other' | null;
  details_submitted: boolean;
  closed: boolean;
  deauthorized: boolean;
}

export interface AccountLinkRecord {
  id: string;
  account: string;
  expires_at: number;
  used: boolean;
  use_case: 'account_onboarding' | 'account_update';
  refresh_url: string;
  return_url: string | null;
}

/** A seller's visit to the hosted pages, begun by a link. */
export interface OnboardingSession {
  id: string;
  account: string;
  refresh_url: string;
  return_url: string | null;
  finished: boolean;
}

export interface LoginTokenRecord {
  id: string;
  account: string;
  expires_at: number;
}
