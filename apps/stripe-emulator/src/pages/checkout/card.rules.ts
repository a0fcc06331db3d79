import { digits, passesLuhn, testCard } from '../../engine/cards.js';
import type { CardInput } from '../../engine/buyer.js';
import type { Problems, Values } from '../ui/forms.js';

/** Stripe's words for what is wrong with a card as typed. */
const SAYS = {
  incompleteNumber: 'Your card number is incomplete.',
  invalidNumber: 'Your card number is invalid.',
  notATestCard:
    'This is not a test card. Real cards are never taken here: choose a number from the list of test cards.',
  incompleteExpiry: "Your card's expiration date is incomplete.",
  invalidExpiry: "Your card's expiration date is invalid.",
  pastExpiry: "Your card's expiration date is in the past.",
  incompleteCvc: "Your card's security code is incomplete.",
};

/**
 * Reads `number`, `expiry` (MM / YY) and `cvc` of a form.
 * @param now milliseconds: a card is good until the end of its month
 */
export function readCard(values: Values, now: number): { card: CardInput; problems: Problems } {
  const number = digits(values['number'] ?? '');
  const expiry = readExpiry(values['expiry'] ?? '');
  const problems: Problems = {};
  const wrongNumber = numberProblem(number);
  if (wrongNumber) problems['number'] = wrongNumber;
  const wrongExpiry = expiryProblem(expiry, now);
  if (wrongExpiry) problems['expiry'] = wrongExpiry;
  const cvcLength = testCard(number)?.brand === 'amex' ? 4 : 3;
  if (!new RegExp(`^\\d{${cvcLength}}$`).test(values['cvc'] ?? '')) problems['cvc'] = SAYS.incompleteCvc;
  // The security code has done its work here: nothing keeps it.
  return { card: { number, ...(expiry && { exp_month: expiry.month, exp_year: expiry.year }) }, problems };
}

function numberProblem(number: string): string | null {
  if (number.length < 12) return SAYS.incompleteNumber;
  if (number.length > 19 || !passesLuhn(number)) return SAYS.invalidNumber;
  return testCard(number) ? null : SAYS.notATestCard;
}

/** "12/34", "12 / 2034" or "1234"; null when it is none of these. */
function readExpiry(text: string): { month: number; year: number } | null {
  const match = /^(\d{2})\s*\/?\s*(?:20)?(\d{2})$/.exec(text);
  return match && { month: Number(match[1]), year: 2000 + Number(match[2]) };
}

function expiryProblem(expiry: { month: number; year: number } | null, now: number): string | null {
  if (!expiry) return SAYS.incompleteExpiry;
  const { month, year } = expiry;
  if (month < 1 || month > 12) return SAYS.invalidExpiry;
  // Month numbers of Date begin at 0, so this is the first moment after the card's last month.
  return Date.UTC(year, month) <= now ? SAYS.pastExpiry : null;
}
