import type { BankRecord } from '../engine/account-record.js';
import type { BankDetails } from '../verbs/external-account-objects.js';
import type { Problems, Values } from './ui/forms.js';

/** The one routing number that the emulator's bank has. */
export const TEST_ROUTING = '110000000';

/** Test accounts, and what becomes of a payout to each. https://docs.stripe.com/connect/testing */
export const TEST_BANKS: Record<string, string> = {
  '000123456789': 'Payouts arrive',
  '000111111116': 'Payouts fail: no such account',
  '000111111113': 'Payouts fail: account closed',
  '000222222227': 'Payouts fail: insufficient funds',
};

/** Reads `routing_number` and `account_number` of a form. Only test accounts are taken: a real one must not get here. */
export function readBank(
  values: Values,
  owner: { country: string | null; currency: string | null },
): { bank: BankDetails | null; problems: Problems } {
  const routing = (values['routing_number'] ?? '').replaceAll(/[\s-]/g, '');
  const account = (values['account_number'] ?? '').replaceAll(/[\s-]/g, '');
  const problems: Problems = {};
  const wrongRouting = routingProblem(routing);
  if (wrongRouting) problems['routing_number'] = wrongRouting;
  const wrongAccount = accountProblem(account);
  if (wrongAccount) problems['account_number'] = wrongAccount;
  if (wrongRouting || wrongAccount) return { bank: null, problems };
  const { country, currency } = owner;
  return {
    bank: {
      routing_number: routing,
      account_number: account,
      country: country ?? 'US',
      currency: currency ?? 'usd',
    },
    problems,
  };
}

function routingProblem(routing: string): string | null {
  if (routing === '') return 'Enter a routing number.';
  if (!/^\d{9}$/.test(routing)) return 'A routing number has nine digits.';
  return routing === TEST_ROUTING
    ? null
    : `No bank has this routing number. The test bank has ${TEST_ROUTING}.`;
}

function accountProblem(account: string): string | null {
  if (account === '') return 'Enter an account number.';
  if (!/^\d{4,17}$/.test(account)) return 'An account number has 4 to 17 digits and nothing else.';
  return Object.hasOwn(TEST_BANKS, account)
    ? null
    : 'This is not a test account. Choose a number from the list.';
}

export const bankWord = (bank: BankRecord): string =>
  `${bank.card ? `${bank.card.brand} debit` : bank.bank_name} •••• ${bank.account_number.slice(-4)}`;
