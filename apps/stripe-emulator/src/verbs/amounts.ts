import { minimumCharge, words } from '../engine/currencies.js';
import { invalid } from '../engine/errors.js';

/** What a payment can be at most, in minor units: eight digits. */
export const MOST = 99_999_999;

/** @throws Refusal for what is too little, or too much, for a card */
export function checkAmount(amount: number, currency: string): void {
  const least = minimumCharge(currency);
  if (amount < least) throw tooSmall(`Amount must be at least ${words(least, currency)} ${currency}`);
  if (amount > MOST)
    throw invalid(`Amount must be no more than ${words(MOST, currency)}`, {
      code: 'amount_too_large',
      param: 'amount',
    });
}

export function tooSmall(message: string) {
  return invalid(message, { code: 'amount_too_small', param: 'amount' });
}
