import { DAY, SECOND } from './clock.js';

export type DebitType = 'bacs_debit' | 'sepa_debit' | 'us_bank_account';

export const isDebit = (type: string | undefined): type is DebitType =>
  type === 'bacs_debit' || type === 'sepa_debit' || type === 'us_bank_account';

interface DebitAccount {
  type: DebitType;
  /** How the debit ends: null succeeds. */
  failure: { code: string; message: string } | null;
  /** Milliseconds until the bank has answered. */
  delay: number;
}

const FAILURES = {
  account_closed: "The customer's bank account has been closed.",
  no_account: "The customer's bank account could not be located.",
  insufficient_funds: "The customer's account has insufficient funds to cover this payment.",
  debit_not_authorized: 'The customer has notified their bank that this payment was unauthorized.',
  payment_intent_payment_attempt_failed: 'The payment could not be processed by the bank.',
};

const fails = (code: keyof typeof FAILURES) => ({ code, message: FAILURES[code] });

const us = (failure: DebitAccount['failure'] = null): DebitAccount => ({
  type: 'us_bank_account',
  failure,
  delay: 3 * DAY,
});

/** Stripe's test IBANs end within moments, or after three minutes. https://docs.stripe.com/payments/sepa-debit/accept-a-payment */
const MOMENT = 2 * SECOND;
const THREE_MINUTES = 180 * SECOND;
const sepa = (failure: DebitAccount['failure'], delay: number): DebitAccount => ({
  type: 'sepa_debit',
  failure,
  delay,
});

const COULD_NOT = fails('payment_intent_payment_attempt_failed');

const ACCOUNTS: Readonly<Record<string, DebitAccount>> = {
  '000123456789': us(),
  '000111111113': us(fails('account_closed')),
  '000111111116': us(fails('no_account')),
  '000222222227': us(fails('insufficient_funds')),
  '000333333335': us(fails('debit_not_authorized')),
  '00012345': { ...us(), type: 'bacs_debit' },
  '00222227': { ...us(fails('insufficient_funds')), type: 'bacs_debit' },
  AT611904300234573201: sepa(null, MOMENT),
  AT321904300235473204: sepa(null, THREE_MINUTES),
  AT861904300235473202: sepa(COULD_NOT, MOMENT),
  AT051904300235473205: sepa(COULD_NOT, THREE_MINUTES),
  AT981904300002222227: sepa(fails('insufficient_funds'), MOMENT),
  DE89370400440532013000: sepa(null, MOMENT),
  DE62370400440532013001: sepa(COULD_NOT, MOMENT),
  FR1420041010050500013M02606: sepa(null, MOMENT),
  FR8420041010050500013M02607: sepa(COULD_NOT, MOMENT),
  // The sample IBAN of Italy's banks: no account is behind it.
  IT60X0542811101000000123456: sepa(COULD_NOT, MOMENT),
};

/** @returns undefined for an account that is no test account: real ones are never taken. */
export function debitAccount(number: string): DebitAccount | undefined {
  const plain = number.replace(/\s/g, '').toUpperCase();
  return Object.hasOwn(ACCOUNTS, plain) ? ACCOUNTS[plain] : undefined;
}

const NAMED_ACCOUNTS: Readonly<Record<string, string>> = {
  usBankAccount: '000123456789',
  usBankAccount_success: '000123456789',
  usBankAccount_accountClosed: '000111111113',
  usBankAccount_noAccount: '000111111116',
  usBankAccount_insufficientFunds: '000222222227',
  usBankAccount_debitNotAuthorized: '000333333335',
  sepaDebit_success_at: 'AT611904300234573201',
  sepaDebit_successDelayed_at: 'AT321904300235473204',
  sepaDebit_failed_at: 'AT861904300235473202',
  sepaDebit_failedDelayed_at: 'AT051904300235473205',
  sepaDebit_insufficientFunds_at: 'AT981904300002222227',
  bacsDebit_success: '00012345',
};

/** @param name what follows `pm_` */
export function namedDebitAccount(name: string): string | undefined {
  return Object.hasOwn(NAMED_ACCOUNTS, name) ? NAMED_ACCOUNTS[name] : undefined;
}
