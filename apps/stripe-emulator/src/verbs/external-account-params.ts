import type Stripe from 'stripe';
import type { AccountRecord, BankRecord } from '../engine/account-record.js';
import { digits } from '../engine/cards.js';
import { invalid, lacking, missing } from '../engine/errors.js';
import type { BankDetails } from './external-account-objects.js';
import { isTestBank } from './test-banks.js';

export type Given = Stripe.AccountCreateExternalAccountParams['external_account'];

/** Stripe's test debit cards, to which payouts can be made. https://docs.stripe.com/connect/testing#account-numbers */
const DEBIT_CARDS: Record<string, NonNullable<BankRecord['card']>['brand']> = {
  '4000056655665556': 'Visa',
  '5200828282828210': 'MasterCard',
};

/** Stripe's test tokens of external accounts. */
const TOKENS: Record<string, Given> = {
  btok_us: bank('000123456789'),
  btok_us_verified: bank('000123456789'),
  btok_us_verified_noAccount: bank('000111111116'),
  btok_us_verified_accountClosed: bank('000111111113'),
  btok_us_verified_insufficientFunds: bank('000222222227'),
  tok_visa_debit: {
    object: 'card',
    number: '4000056655665556',
    exp_month: 12,
    exp_year: 2034,
    currency: 'usd',
  },
  tok_mastercard_debit: {
    object: 'card',
    number: '5200828282828210',
    exp_month: 12,
    exp_year: 2034,
    currency: 'usd',
  },
};

/** @throws Refusal for what is no test account: a real one must never be kept here */
export function readExternalAccount(record: AccountRecord, given: Given): BankDetails {
  if (typeof given === 'string') {
    const named = Object.hasOwn(TOKENS, given) && TOKENS[given];
    if (!named) throw missing('token', given, 'external_account');
    return readExternalAccount(record, named);
  }
  if (given.object !== 'card') return readBank(record, given);
  return 'token' in given ? readExternalAccount(record, given.token) : readCard(given);
}

function readCard(given: Stripe.AccountCreateExternalAccountParams.Card): BankDetails {
  if (!given.number) throw lacking('external_account[number]');
  const number = digits(given.number);
  const brand = DEBIT_CARDS[number];
  if (!brand) {
    throw invalid('This card doesn’t appear to be a debit card, so it can’t be used to receive payouts.', {
      code: 'invalid_card_type',
      param: 'external_account',
    });
  }
  return {
    account_number: number,
    currency: given.currency ?? 'usd',
    ...(given.name && { holder_name: given.name }),
    card: { brand, exp_month: Number(given.exp_month), exp_year: Number(given.exp_year) },
  };
}

function readBank(
  record: AccountRecord,
  given: Stripe.AccountCreateExternalAccountParams.BankAccount,
): BankDetails {
  for (const field of ['country', 'account_number'] as const)
    if (!given[field]) throw lacking(`external_account[${field}]`);
  const country = given.country.toUpperCase();
  const currency = given.currency?.toLowerCase() ?? record.currency ?? 'usd';
  if (country === 'US' && !given.routing_number) {
    throw lacking('external_account[routing_number]');
  }
  if (country === 'US' && !/^\d{9}$/.test(given.routing_number!)) {
    throw invalid('Routing number must have 9 digits', {
      code: 'routing_number_invalid',
      param: 'external_account[routing_number]',
    });
  }
  if (!isTestBank(country, given.account_number)) {
    throw invalid('You cannot use a live bank account number when making transfers or debits in test mode', {
      code: 'account_number_invalid',
      param: 'external_account[account_number]',
    });
  }
  return {
    account_number: given.account_number.replaceAll(/[\s-]/g, ''),
    country,
    currency,
    ...(given.routing_number && { routing_number: given.routing_number }),
    ...(given.account_holder_name && { holder_name: given.account_holder_name }),
    ...(given.account_holder_type && { holder_type: given.account_holder_type }),
  };
}

function bank(account_number: string): Given {
  return {
    object: 'bank_account',
    country: 'US',
    currency: 'usd',
    routing_number: '110000000',
    account_number,
  };
}
