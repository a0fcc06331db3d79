import { digits, passesLuhn, testCard } from '../engine/cards.js';
import { cardError } from '../engine/errors.js';
import type { CardInput } from '../engine/buyer.js';

/** @throws Refusal for a card that no bank would take, and for any real one. */
export function checkCard(card: CardInput, now: number): void {
  const number = digits(card.number);
  if (!passesLuhn(number) || !testCard(number))
    throw cardError('incorrect_number', 'Your card number is incorrect.', 'number');
  const { exp_month: month, exp_year: year, cvc } = card;
  if (month !== undefined && (month < 1 || month > 12))
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  if (year !== undefined) {
    const full = year < 100 ? 2000 + year : year;
    // Month numbers of Date begin at 0, so this is the first moment after the card's last month.
    if (full > 2100 || Date.UTC(full, month ?? 12) <= now)
      throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  }
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc))
    throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc');
}
