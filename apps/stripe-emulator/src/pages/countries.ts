import type { Option } from './ui/forms.js';

/** Where Stripe's cards and sellers mostly are. */
const CODES = (
  'US AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GR HK HR HU IE IN IT JP LI LT LU LV MT MX MY NL NO NZ PL PT RO SE ' +
  'SG SI SK TH'
).split(' ');

/** Countries by name. @param allowed two-letter codes; left out: all that are known */
export function countryOptions(allowed: readonly string[] = CODES): Option[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return allowed
    .map((code) => ({ value: code, label: names.of(code) ?? code }))
    .sort((one, other) => one.label.localeCompare(other.label, 'en'));
}

export const isKnownCountry = (code: string): boolean => CODES.includes(code);
