import type Stripe from 'stripe';
import type { BankRecord } from '../engine/account-record.js';
import type { Ids } from '../engine/ids.js';

export interface BankDetails {
  account_number: string;
  routing_number?: string;
  country?: string;
  currency: string;
  holder_name?: string;
  holder_type?: string;
  metadata?: Stripe.Metadata;
  /** Set for a debit card, whose number `account_number` is. */
  card?: BankRecord['card'];
}

export function newBank(ids: Ids, details: BankDetails): BankRecord {
  return {
    id: ids.next(details.card ? 'card' : 'ba'),
    country: details.country ?? 'US',
    currency: details.currency,
    account_number: details.account_number,
    routing_number: details.routing_number ?? '',
    holder_name: details.holder_name ?? null,
    holder_type: details.holder_type ?? null,
    metadata: details.metadata ?? {},
    bank_name: 'STRIPE TEST BANK',
    card: details.card ?? null,
    status: 'new',
  };
}

export function externalAccount(
  bank: BankRecord,
  account: string,
  isDefault: boolean,
): Stripe.ExternalAccount {
  return bank.card ? debitCard(bank, account, isDefault) : bankAccount(bank, account, isDefault);
}

function bankAccount(bank: BankRecord, account: string, default_for_currency: boolean): Stripe.BankAccount {
  return {
    id: bank.id,
    object: 'bank_account',
    account,
    account_holder_name: bank.holder_name,
    account_holder_type: bank.holder_type,
    account_type: null,
    available_payout_methods: ['standard'],
    bank_name: bank.bank_name,
    country: bank.country,
    currency: bank.currency,
    default_for_currency,
    fingerprint: null,
    future_requirements: NOTHING_DUE,
    last4: bank.account_number.slice(-4),
    metadata: bank.metadata,
    requirements: NOTHING_DUE,
    routing_number: bank.routing_number || null,
    status: bank.status,
  };
}

/** Money reaches a debit card within minutes. */
function debitCard(bank: BankRecord, account: string, default_for_currency: boolean): Stripe.Card {
  return {
    id: bank.id,
    object: 'card',
    account,
    address_city: null,
    address_country: null,
    address_line1: null,
    address_line1_check: null,
    address_line2: null,
    address_state: null,
    address_zip: null,
    address_zip_check: null,
    allow_redisplay: 'unspecified',
    available_payout_methods: ['standard', 'instant'],
    brand: bank.card!.brand,
    country: bank.country,
    currency: bank.currency,
    cvc_check: null,
    default_for_currency,
    dynamic_last4: null,
    exp_month: bank.card!.exp_month,
    exp_year: bank.card!.exp_year,
    fingerprint: null,
    funding: 'debit',
    last4: bank.account_number.slice(-4),
    metadata: bank.metadata,
    name: bank.holder_name,
    regulated_status: 'unregulated',
    status: bank.status,
    tokenization_method: null,
  };
}

const NOTHING_DUE = { currently_due: [], errors: [], past_due: [], pending_verification: [] };
