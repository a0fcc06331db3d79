import { DomainError } from './errors.js';

/**
 * What Stripe does with a currency's minor unit. `digits`: decimals of the minor unit that Stripe's amounts use.
 * `step`: a charge must be a multiple of it. `payoutStep`: a payout must be. `minimum`: smallest charge, minor units.
 * Sources: docs.stripe.com/currencies (zero-decimal, three-decimal and special cases, minimum charge amounts).
 */
export interface CurrencyFacts {
  readonly code: string;
  readonly digits: 0 | 2 | 3;
  readonly step: bigint;
  readonly payoutStep: bigint;
  readonly minimum: bigint;
}

const zeroDecimal = [
  'bif',
  'clp',
  'djf',
  'gnf',
  'jpy',
  'kmf',
  'krw',
  'mga',
  'pyg',
  'rwf',
  'vnd',
  'vuv',
  'xaf',
  'xof',
  'xpf',
];
const threeDecimal = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];
const twoDecimal = [
  'aed', 'aud', 'bgn', 'brl', 'cad', 'chf', 'czk', 'dkk', 'eur', 'gbp', 'hkd', 'huf', 'inr', 'isk', 'mxn', 'myr',
  'nok', 'nzd', 'pln', 'ron', 'sek', 'sgd', 'thb', 'twd', 'ugx', 'usd', 'zar',
]; // prettier-ignore

const minimums: Record<string, bigint> = {
  usd: 50n, aed: 200n, aud: 50n, bgn: 100n, brl: 50n, cad: 50n, chf: 50n, czk: 1500n, dkk: 250n, eur: 50n, gbp: 30n,
  hkd: 400n, huf: 17500n, inr: 50n, jpy: 50n, mxn: 1000n, myr: 200n, nok: 300n, nzd: 50n, pln: 200n, ron: 200n,
  sek: 300n, sgd: 50n, thb: 1000n,
}; // prettier-ignore

/** ISK and UGX are written with two decimals that are always 00; a three-decimal amount's last digit is always 0. */
const steps: Record<string, bigint> = { isk: 100n, ugx: 100n };
/** HUF and TWD are paid out in whole units only; what is left over waits for the next payout. */
const payoutSteps: Record<string, bigint> = { huf: 100n, twd: 100n };

function facts(code: string, digits: 0 | 2 | 3): [string, CurrencyFacts] {
  const step = steps[code] ?? (digits === 3 ? 10n : 1n);
  return [code, { code, digits, step, payoutStep: payoutSteps[code] ?? step, minimum: minimums[code] ?? 1n }];
}

const table = new Map<string, CurrencyFacts>([
  ...zeroDecimal.map((code) => facts(code, 0)),
  ...twoDecimal.map((code) => facts(code, 2)),
  ...threeDecimal.map((code) => facts(code, 3)),
]);

/** Every currency we know, lower case, in alphabetical order. */
export const currencyCodes: readonly string[] = [...table.keys()].sort();

/** The facts of a currency. Throws `currency_unknown` for one we have no facts about. */
export function currencyFacts(code: string): CurrencyFacts {
  const found = table.get(code);
  if (!found) {
    throw new DomainError(
      'currency_unknown',
      'invalid',
      `We do not know the currency “${code}”. Choose another one.`,
    );
  }
  return found;
}
