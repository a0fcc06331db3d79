import type Stripe from 'stripe';
import type { AccountRecord, BankRecord } from '../engine/account-record.js';
import { minimumPayout, payoutMultiple, words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { tooSmall } from './amounts.js';

/** Where a payout goes. @throws Refusal when it can't be instant there */
export function payoutDestination(
  { externalAccounts }: Engine,
  record: AccountRecord,
  params: Stripe.PayoutCreateParams,
): BankRecord | null {
  const all = externalAccounts.all(record);
  const named = params.destination;
  const bank = named
    ? all.find(({ id }) => id === named)
    : params.method === 'instant'
      ? all.find(({ card, currency }) => card && currency === params.currency)
      : externalAccounts.forCurrency(record, params.currency);
  if (named && !bank) {
    throw invalid(`No such external account: '${named}'`, {
      code: 'resource_missing',
      param: 'destination',
    });
  }
  if (params.method === 'instant' && !bank?.card) {
    throw invalid('This bank account is not eligible for instant payouts.', {
      code: 'instant_payouts_unsupported',
      param: 'method',
    });
  }
  return bank ?? null;
}

/** @throws Refusal for what banks don't pay out */
export function checkPayoutAmount(amount: number, currency: string): void {
  const least = minimumPayout(currency);
  if (amount < least) throw tooSmall(`Amount must be at least ${words(least, currency)} ${currency}`);
  if (amount % payoutMultiple(currency) !== 0) {
    throw invalid(`Payouts in ${currency.toUpperCase()} must be divisible by 100, so without any fraction.`, {
      code: 'invalid_charge_amount',
      param: 'amount',
    });
  }
}
