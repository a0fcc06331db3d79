import type { BankRecord } from '../engine/account-record.js';

/** The account to which test payouts arrive, by country. https://docs.stripe.com/connect/testing#payouts */
const ARRIVING: Record<string, string> = {
  AU: '000123456',
  CA: '000123456789',
  GB: '00012345',
  HK: '000123456',
  IN: '000123456789',
  JP: '0001234',
  MX: '000000001234567897',
  NZ: '0000000010',
  SG: '000123456',
  TH: '000123456789',
  US: '000123456789',
};

/** IBANs to which test payouts arrive. */
const IBANS = new Set(
  (
    'AT611904300234573201 BE62510007547061 BG80BNBG96611020345678 CH9300762011623852957 CY17002001280000001200527600 ' +
    'CZ6508000000192000145399 DE89370400440532013000 DK5000400440116243 EE382200221020145685 ES0700120345030000067890 ' +
    'FI2112345600000785 FR1420041010050500013M02606 GB82WEST12345698765432 GI75NWBK000000007099453 ' +
    'GR1601101250000000012300695 HR7624020064583467589 HU42117730161111101800000000 IE29AIBK93115212345678 ' +
    'IT40S0542811101000000123456 LI0508800636123378777 LT121000011101001000 LU280019400644750000 ' +
    'LV80BANK0000435195001 MT84MALT011000012345MTLCAST001S NL39RABO0300065264 NO9386011117947 ' +
    'PL61109010140000071219812874 PT50000201231234567890154 RO49AAAA1B31007593840000 SE3550000000054910000003 ' +
    'SI56191000000123438 SK3112000000198742637541'
  ).split(' '),
);

/** Account numbers to which test payouts fail; countries differ only in their length. */
const FAILING: [RegExp, string][] = [
  [/^0*1{6,8}6$/, 'no_account'],
  [/^0*1{6,8}3$/, 'account_closed'],
  [/^0*2{6,8}7$/, 'insufficient_funds'],
  [/^0*3{6,8}5$/, 'debit_not_authorized'],
  [/^0*4{6,8}0$/, 'invalid_currency'],
];

/** The same for IBANs: any country's, with the bank of the German ones. */
const GERMAN_BANK = /^[A-Z]{2}\d{2}37040044053201300([0-5])$/;
const FAILING_IBANS = [
  null,
  'no_account',
  'account_closed',
  'insufficient_funds',
  'debit_not_authorized',
  'invalid_currency',
];

/** Whether Stripe knows this number as a test account; a real one must never be kept here. */
export function isTestBank(country: string, accountNumber: string): boolean {
  const number = accountNumber.replaceAll(/[\s-]/g, '').toUpperCase();
  if (/^[A-Z]{2}/.test(number)) return IBANS.has(number) || GERMAN_BANK.test(number);
  return number === ARRIVING[country] || failureOf(number) !== null;
}

/** How a payout to this account ends: null when it arrives. */
export function payoutFailure(bank: BankRecord): string | null {
  return failureOf(bank.account_number.replaceAll(/[\s-]/g, '').toUpperCase());
}

function failureOf(number: string): string | null {
  const german = GERMAN_BANK.exec(number);
  if (german) return FAILING_IBANS[Number(german[1])] ?? null;
  return FAILING.find(([pattern]) => pattern.test(number))?.[1] ?? null;
}

/** What the bank says, in Stripe's words for failed payouts. */
export const FAILURE_MESSAGES: Record<string, string> = {
  no_account: 'The bank account could not be located.',
  account_closed: 'The bank account has been closed.',
  insufficient_funds: 'Your Stripe account has insufficient funds to cover the payout.',
  debit_not_authorized: 'Debit transactions are not approved on your bank account.',
  invalid_currency: 'The bank was unable to process this payout because of its currency.',
  could_not_process: 'The bank could not process this payout.',
};
