/** Countries in which Stripe can pay sellers, with the currency most people there use. stripe.com/global */
const currencies: Record<string, string> = {
  AE: 'aed', AT: 'eur', AU: 'aud', BE: 'eur', BG: 'eur', BR: 'brl', CA: 'cad', CH: 'chf', CY: 'eur', CZ: 'czk',
  DE: 'eur', DK: 'dkk', EE: 'eur', ES: 'eur', FI: 'eur', FR: 'eur', GB: 'gbp', GR: 'eur', HK: 'hkd', HR: 'eur',
  HU: 'huf', IE: 'eur', IS: 'isk', IT: 'eur', JP: 'jpy', LI: 'chf', LT: 'eur', LU: 'eur', LV: 'eur', MT: 'eur',
  MX: 'mxn', MY: 'myr', NL: 'eur', NO: 'nok', NZ: 'nzd', PL: 'pln', PT: 'eur', RO: 'ron', SE: 'sek', SG: 'sgd',
  SI: 'eur', SK: 'eur', TH: 'thb', US: 'usd',
}; // prettier-ignore

/**
 * A platform in one of these can transfer to accounts in any of them, whatever the currency: the United States, the United
 * Kingdom, Canada, Switzerland and the EEA. From and to everywhere else, transfers and destination charges stay within the
 * country. docs.stripe.com/connect/cross-border-payouts
 */
const acrossBorders = new Set([
  'US', 'GB', 'CA', 'CH',
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT',
  'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
]); // prettier-ignore

const name = new Intl.DisplayNames('en', { type: 'region' });

/** Every country that a seller may be in on some platform, by its English name. */
export const sellerCountries: readonly { code: string; name: string; currency: string }[] = Object.entries(
  currencies,
)
  .map(([code, currency]) => ({ code, name: name.of(code) ?? code, currency }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** Whether a platform of this country can pay a seller in that one. */
export function canPay(platform: string, seller: string): boolean {
  if (!(seller in currencies)) return false;
  return platform === seller || (acrossBorders.has(platform) && acrossBorders.has(seller));
}

/** As it stands within a sentence. */
function inWords(code: string): string {
  const article = ['AE', 'GB', 'NL', 'US'].includes(code) ? 'the ' : '';
  return article + (name.of(code) ?? code);
}

/** Why a platform can't pay a seller there, in a sentence. */
export function whyNot(platform: string, seller: string): string {
  const home = inWords(platform);
  const reach = acrossBorders.has(platform)
    ? 'shops in the United States, Canada, the United Kingdom, Switzerland and the European Economic Area'
    : `shops in ${home}`;
  return `Stripe does not pay shops in ${inWords(seller)} from here: this marketplace’s own account is in ${home}, and can pay ${reach}.`;
}

/** The currencies a shop may choose between, lower case. */
export const sellerCurrencies: readonly string[] = [...new Set(Object.values(currencies))].sort();
