import type Stripe from 'stripe';

/** Stripe's test cards and what each does. https://docs.stripe.com/testing */

export interface Decline {
  code: string;
  decline_code: string;
  message: string;
  /** `issuer_declined`, or `blocked` when Radar stops it before the bank is asked. */
  outcome: 'issuer_declined' | 'blocked';
}

export interface TestCard {
  brand: 'visa' | 'mastercard' | 'amex';
  /** Set when the payment is refused (after authentication, when both are set). */
  decline?: Decline;
  /** Asks for 3-D Secure before anything else. */
  challenge?: true;
  /** Settles straight into the available balance. */
  availableAtOnce?: true;
  /** What becomes of a refund to it later. */
  refund?: 'pending' | 'fails';
  /** The buyer's bank takes the payment back, or asks about it, right after it succeeded. */
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry';
  /** The buyer's bank reports the payment as fraud, without taking it back. */
  fraudWarning?: true;
}

const declined = (decline_code: string, message: string, code = 'card_declined'): TestCard => ({
  brand: 'visa',
  decline: { code, decline_code, message, outcome: 'issuer_declined' },
});

const DECLINED = 'Your card was declined.';

export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  '4242424242424242': { brand: 'visa' },
  '4000056655665556': { brand: 'visa' },
  '5555555555554444': { brand: 'mastercard' },
  '2223003122003222': { brand: 'mastercard' },
  '378282246310005': { brand: 'amex' },
  '4000000000000077': { brand: 'visa', availableAtOnce: true },
  '4000000000000002': declined('generic_decline', DECLINED),
  '4000000000009995': declined('insufficient_funds', 'Your card has insufficient funds.'),
  '4000000000009987': declined('lost_card', DECLINED),
  '4000000000009979': declined('stolen_card', DECLINED),
  '4000000000000069': declined('expired_card', 'Your card has expired.', 'expired_card'),
  '4000000000000127': declined('incorrect_cvc', "Your card's security code is incorrect.", 'incorrect_cvc'),
  '4000000000000119': declined(
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
    'processing_error',
  ),
  '4000000000000341': declined('generic_decline', DECLINED),
  '4000000000006975': declined('card_velocity_exceeded', DECLINED),
  '4100000000000019': {
    brand: 'visa',
    decline: { code: 'card_declined', decline_code: 'fraudulent', message: DECLINED, outcome: 'blocked' },
  },
  '4000002500003155': { brand: 'visa', challenge: true },
  '4000002760003184': { brand: 'visa', challenge: true },
  '4000008400001629': { ...declined('generic_decline', DECLINED), challenge: true },
  '4000000000007726': { brand: 'visa', refund: 'pending' },
  '4000000000005126': { brand: 'visa', refund: 'fails' },
  '4000000000000259': { brand: 'visa', dispute: 'fraudulent' },
  '4000000000002685': { brand: 'visa', dispute: 'product_not_received' },
  '4000000000001976': { brand: 'visa', dispute: 'inquiry' },
  '4000000000005423': { brand: 'visa', fraudWarning: true },
};

export const AUTHENTICATION_FAILED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

/** The digits alone. */
export function digits(number: string): string {
  return number.replace(/\D/g, '');
}

/** @returns undefined for a number that is no test card: real cards are never taken. */
export function testCard(number: string): TestCard | undefined {
  return TEST_CARDS[digits(number)];
}

/** The test card behind a charge. Only its last four digits are kept, and they name it among cards with a plan. */
export function testCardOf(charge: Stripe.Charge): TestCard | undefined {
  const last4 = charge.payment_method_details?.card?.last4;
  return last4 ? Object.entries(TEST_CARDS).find(([number]) => number.endsWith(last4))?.[1] : undefined;
}

/** Test bank accounts of delayed debits by how they end: null succeeds. */
const DEBITS: Record<string, { code: string; message: string }> = {
  '000111111113': { code: 'account_closed', message: "The customer's bank account has been closed." },
  '000111111116': { code: 'no_account', message: "The customer's bank account could not be located." },
  '000222222227': {
    code: 'insufficient_funds',
    message: "The customer's account has insufficient funds to cover this payment.",
  },
};

export function debitFailure(accountNumber: string): { code: string; message: string } | null {
  return DEBITS[digits(accountNumber)] ?? null;
}
