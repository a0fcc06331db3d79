import type Stripe from 'stripe';
import { CURRENCIES } from '../engine/currencies.js';

/** Countries in which accounts can be, with their currency; where none is named, the euro. */
const COUNTRIES = Object.fromEntries(
  (
    'AE:aed AT AU:aud BE BG BR:brl CA:cad CH:chf CY CZ:czk DE DK:dkk EE ES FI FR GB:gbp GI:gbp GR HK:hkd HR HU:huf IE ' +
    'IT JP:jpy LI:chf LT LU LV MT MX:mxn MY:myr NL NO:nok NZ:nzd PL:pln PT RO:ron SE:sek SG:sgd SI SK TH:thb US:usd'
  )
    .split(' ')
    .map((entry) => entry.split(':'))
    .map(([country, currency = 'eur']) => [country!, currency]),
);

export const COUNTRY_CODES = Object.keys(COUNTRIES);

/** Money is sent across borders between the United States, Canada, the United Kingdom, Switzerland and the EEA alone. */
const ACROSS_BORDERS = new Set(
  (
    'US GB CA CH AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE ' +
    'SI SK'
  ).split(' '),
);

/** Whether a platform can send money to an account. https://docs.stripe.com/connect/cross-border-payouts */
export function reaches(platform: string, country: string): boolean {
  return platform === country || (ACROSS_BORDERS.has(platform) && ACROSS_BORDERS.has(country));
}

/** What an account of a country is paid in unless it says otherwise. */
export function homeCurrency(country: string): string {
  return COUNTRIES[country] ?? 'eur';
}

/** What Stripe can do in a country. @returns undefined where it can do nothing */
export function countrySpec(country: string): Stripe.CountrySpec | undefined {
  const currency = COUNTRIES[country];
  if (!currency) return undefined;
  const people = [
    'individual.first_name',
    'individual.last_name',
    'individual.dob.day',
    'individual.dob.month',
    'individual.dob.year',
  ];
  const common = ['business_type', 'external_account', 'tos_acceptance.date', 'tos_acceptance.ip'];
  return {
    id: country,
    object: 'country_spec',
    default_currency: currency,
    supported_bank_account_currencies: {
      [currency]: COUNTRY_CODES.filter((code) => COUNTRIES[code] === currency),
    },
    supported_payment_currencies: [currency, ...[...CURRENCIES].filter((code) => code !== currency).sort()],
    supported_payment_methods: ['ach', 'card', 'stripe'],
    supported_transfer_countries: COUNTRY_CODES,
    verification_fields: {
      company: {
        additional: ['relationship.representative'],
        minimum: [...common, 'company.name', 'company.tax_id', 'company.address.line1', 'company.phone'],
      },
      individual: {
        additional: ['individual.verification.document'],
        minimum: [
          ...common,
          ...people,
          'individual.address.line1',
          'individual.email',
          'individual.id_number',
        ],
      },
    },
  };
}
