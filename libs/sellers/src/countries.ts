/** Countries in which Stripe can pay sellers, with the currency most people there use. docs.stripe.com/connect/cross-border-payouts, stripe.com/global */
const currencies: Record<string, string> = {
  AE: 'aed', AT: 'eur', AU: 'aud', BE: 'eur', BG: 'eur', BR: 'brl', CA: 'cad', CH: 'chf', CY: 'eur', CZ: 'czk',
  DE: 'eur', DK: 'dkk', EE: 'eur', ES: 'eur', FI: 'eur', FR: 'eur', GB: 'gbp', GR: 'eur', HK: 'hkd', HR: 'eur',
  HU: 'huf', IE: 'eur', IS: 'isk', IT: 'eur', JP: 'jpy', LI: 'chf', LT: 'eur', LU: 'eur', LV: 'eur', MT: 'eur',
  MX: 'mxn', MY: 'myr', NL: 'eur', NO: 'nok', NZ: 'nzd', PL: 'pln', PT: 'eur', RO: 'ron', SE: 'sek', SG: 'sgd',
  SI: 'eur', SK: 'eur', TH: 'thb', US: 'usd',
}; // prettier-ignore

const name = new Intl.DisplayNames('en', { type: 'region' });

/** For a form: every country a seller may be in, by its English name. */
export const sellerCountries: readonly { code: string; name: string; currency: string }[] = Object.entries(
  currencies,
)
  .map(([code, currency]) => ({ code, name: name.of(code) ?? code, currency }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

export function isSellerCountry(code: string): boolean {
  return code in currencies;
}

/** The currencies a shop may choose between, lower case. */
export const sellerCurrencies: readonly string[] = [...new Set(Object.values(currencies))].sort();
