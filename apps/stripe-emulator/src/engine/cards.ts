/** Stripe's test cards and what each does. https://docs.stripe.com/testing */

export interface Decline {
  code: string;
  decline_code: string;
  message: string;
  /** `issuer_declined`, or `blocked` when Radar stops it before the bank is asked. */
  outcome: 'issuer_declined' | 'blocked';
}

export type CardBrand = 'amex' | 'diners' | 'discover' | 'jcb' | 'mastercard' | 'unionpay' | 'visa';

export interface TestCard {
  brand: CardBrand;
  /** `credit` unless it says otherwise. */
  funding?: 'debit' | 'prepaid';
  /** `US` unless it says otherwise. */
  country?: string;
  /** Set when the payment is refused (after authentication, when both are set). */
  decline?: Decline;
  /** Can be saved for a customer all the same: only charges are refused. */
  declinesLater?: true;
  /** Asks for 3-D Secure: in every payment, or only until it has been set up for payments without its owner. */
  challenge?: 'always' | 'until_set_up';
  /** Counts as set up from the start. */
  setUp?: true;
  /** Settles straight into the available balance. */
  availableAtOnce?: true;
  /** What becomes of a refund to it later. */
  refund?: 'pending' | 'fails';
  /** The buyer's bank takes the payment back, or asks about it, right after it succeeded. */
  dispute?: 'fraudulent' | 'product_not_received' | 'inquiry';
  /** The buyer's bank reports the payment as fraud, without taking it back. */
  fraudWarning?: true;
  risk?: 'elevated' | 'highest';
}

const declined = (decline_code: string, message: string, code = 'card_declined'): TestCard => ({
  brand: 'visa',
  decline: { code, decline_code, message, outcome: 'issuer_declined' },
});

const abroad = (country: string): TestCard => ({ brand: 'visa', country });

const DECLINED = 'Your card was declined.';
const TOO_POOR = 'Your card has insufficient funds.';

export const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  '4242424242424242': { brand: 'visa' },
  '4000056655665556': { brand: 'visa', funding: 'debit' },
  '5555555555554444': { brand: 'mastercard' },
  '2223003122003222': { brand: 'mastercard' },
  '5200828282828210': { brand: 'mastercard', funding: 'debit' },
  '5105105105105100': { brand: 'mastercard', funding: 'prepaid' },
  '378282246310005': { brand: 'amex' },
  '371449635398431': { brand: 'amex' },
  '6011111111111117': { brand: 'discover' },
  '6011000990139424': { brand: 'discover' },
  '3056930009020004': { brand: 'diners' },
  '36227206271667': { brand: 'diners' },
  '3566002020360505': { brand: 'jcb', country: 'JP' },
  '6200000000000005': { brand: 'unionpay', country: 'CN' },
  '4000000000000077': { brand: 'visa', availableAtOnce: true },
  '4000000000000002': declined('generic_decline', DECLINED),
  '4000000000009995': declined('insufficient_funds', TOO_POOR),
  '4000000000009987': declined('lost_card', DECLINED),
  '4000000000009979': declined('stolen_card', DECLINED),
  '4000000000000069': declined('expired_card', 'Your card has expired.', 'expired_card'),
  '4000000000000127': declined('incorrect_cvc', "Your card's security code is incorrect.", 'incorrect_cvc'),
  '4000000000000119': declined(
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
    'processing_error',
  ),
  '4000000000000341': { ...declined('generic_decline', DECLINED), declinesLater: true },
  '4000000000006975': declined('card_velocity_exceeded', DECLINED),
  '4100000000000019': {
    brand: 'visa',
    decline: { code: 'card_declined', decline_code: 'fraudulent', message: DECLINED, outcome: 'blocked' },
    declinesLater: true,
    risk: 'highest',
  },
  '4000000000009235': { brand: 'visa', risk: 'elevated' },
  '4000002500003155': { brand: 'visa', challenge: 'until_set_up' },
  '4000002760003184': { brand: 'visa', challenge: 'always' },
  '4000003800000446': { brand: 'visa', challenge: 'until_set_up', setUp: true },
  '4000000000003220': { brand: 'visa', challenge: 'until_set_up' },
  '4000000000003063': { brand: 'visa', challenge: 'until_set_up' },
  '4000000000003055': { brand: 'visa' },
  '4000008260003178': {
    ...declined('insufficient_funds', TOO_POOR),
    challenge: 'always',
    declinesLater: true,
  },
  '4000008400001629': { ...declined('generic_decline', DECLINED), challenge: 'always', declinesLater: true },
  '4000000000007726': { brand: 'visa', refund: 'pending' },
  '4000000000005126': { brand: 'visa', refund: 'fails' },
  '4000000000000259': { brand: 'visa', dispute: 'fraudulent' },
  '4000000000002685': { brand: 'visa', dispute: 'product_not_received' },
  '4000000000001976': { brand: 'visa', dispute: 'inquiry' },
  '4000000000005423': { brand: 'visa', fraudWarning: true },
  '4000000320000021': abroad('AR'),
  '4000000360000006': abroad('AU'),
  '4000000760000002': abroad('BR'),
  '4000001240000000': abroad('CA'),
  '4000001560000002': abroad('CN'),
  '4000002500000003': abroad('FR'),
  '4000002760000016': abroad('DE'),
  '4000003560000008': abroad('IN'),
  '4000003800000008': abroad('IT'),
  '4000003920000003': abroad('JP'),
  '4000004840008001': abroad('MX'),
  '4000005280000002': abroad('NL'),
  '4000007240000007': abroad('ES'),
  '4000007560000009': abroad('CH'),
  '4000008260000000': abroad('GB'),
};

/** Names that stand for test cards: `pm_card_visa` and `tok_visa` are 4242…. https://docs.stripe.com/testing */
const NAMED_CARDS: Readonly<Record<string, string>> = {
  visa: '4242424242424242',
  us: '4242424242424242',
  visa_debit: '4000056655665556',
  mastercard: '5555555555554444',
  mastercard_debit: '5200828282828210',
  mastercard_prepaid: '5105105105105100',
  amex: '378282246310005',
  discover: '6011111111111117',
  diners: '3056930009020004',
  jcb: '3566002020360505',
  unionpay: '6200000000000005',
  bypassPending: '4000000000000077',
  chargeDeclined: '4000000000000002',
  chargeDeclinedInsufficientFunds: '4000000000009995',
  chargeDeclinedLostCard: '4000000000009987',
  chargeDeclinedStolenCard: '4000000000009979',
  chargeDeclinedExpiredCard: '4000000000000069',
  chargeDeclinedIncorrectCvc: '4000000000000127',
  chargeDeclinedProcessingError: '4000000000000119',
  chargeDeclinedVelocityLimitExceeded: '4000000000006975',
  chargeDeclinedFraudulent: '4100000000000019',
  chargeCustomerFail: '4000000000000341',
  radarBlock: '4100000000000019',
  riskLevelElevated: '4000000000009235',
  authenticationRequired: '4000002760003184',
  authenticationRequiredOnSetup: '4000002500003155',
  authenticationRequiredSetupForOffSession: '4000003800000446',
  authenticationRequiredChargeDeclinedInsufficientFunds: '4000008260003178',
  threeDSecure2Required: '4000000000003220',
  threeDSecureRequired: '4000000000003063',
  threeDSecureRequiredChargeDeclined: '4000008400001629',
  threeDSecureOptional: '4000000000003055',
  createDispute: '4000000000000259',
  createDisputeProductNotReceived: '4000000000002685',
  createDisputeInquiry: '4000000000001976',
  createIssuerFraudRecord: '4000000000005423',
  pendingRefund: '4000000000007726',
  refundFail: '4000000000005126',
};

/** @param name what follows `pm_card_` or `tok_`; a brand before a decline, or a country's code, are names as well */
export function namedCard(name: string): string | undefined {
  const plain = name.replace(/^visa_(?=chargeDeclined)/, '');
  if (Object.hasOwn(NAMED_CARDS, plain)) return NAMED_CARDS[plain];
  const country = /^[a-z]{2}$/.test(name) ? name.toUpperCase() : undefined;
  return (
    country &&
    Object.keys(TEST_CARDS).find(
      (number) => TEST_CARDS[number]!.country === country && number.startsWith('4'),
    )
  );
}

export const AUTHENTICATION_FAILED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

/** The bank's no to a payment without its owner, who would have had to authenticate it. */
export const AUTHENTICATION_NEEDED: Decline = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
  outcome: 'issuer_declined',
};

/** The digits alone. */
export function digits(number: string): string {
  return number.replace(/\D/g, '');
}

/** @returns undefined for a number that is no test card: real cards are never taken. */
export function testCard(number: string): TestCard | undefined {
  const plain = digits(number);
  return Object.hasOwn(TEST_CARDS, plain) ? TEST_CARDS[plain] : undefined;
}

/** For what is logged or repeated: a real card's number is left with its last four digits. */
export function withoutCardNumbers(text: string): string {
  return text.replaceAll(/(?<!\d)[2-6](?:[ -]?\d){12,18}(?!\d)/g, (found) =>
    testCard(found) || !passesLuhn(digits(found)) ? found : `************${found.slice(-4)}`,
  );
}

/** ISO/IEC 7812-1, annex B: the check digit that catches mistyped numbers. */
export function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let place = 0; place < number.length; place += 1) {
    const digit = Number(number[number.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
