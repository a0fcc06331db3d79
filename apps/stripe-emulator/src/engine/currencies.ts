/** Facts about currencies, from Stripe's pages on currencies, payouts and pricing. Amounts are minor units. */

const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));

export const CURRENCIES = new Set([
  ...ZERO_DECIMAL,
  ...THREE_DECIMAL,
  ...(
    'aed all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc cve ' +
    'czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs khr kyd ' +
    'kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php ' +
    'pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx usd uyu ' +
    'uzs wst xcd yer zar zmw'
  ).split(' '),
]);

export function decimals(currency: string): 0 | 2 | 3 {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}

const MINIMUM_CHARGE: Record<string, number> = {
  usd: 50,
  eur: 50,
  gbp: 30,
  jpy: 50,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  inr: 50,
  nzd: 50,
  sgd: 50,
  aed: 200,
  bgn: 100,
  czk: 1500,
  dkk: 250,
  hkd: 400,
  huf: 17500,
  mxn: 1000,
  myr: 200,
  nok: 300,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};

export function minimumCharge(currency: string): number {
  return MINIMUM_CHARGE[currency] ?? 1;
}

const MINIMUM_PAYOUT: Record<string, number> = { eur: 100, gbp: 100, chf: 500 };

export function minimumPayout(currency: string): number {
  return MINIMUM_PAYOUT[currency] ?? 1;
}

/** Forints and Taiwan dollars are charged with decimals but paid out whole. */
export function payoutMultiple(currency: string): number {
  return currency === 'huf' || currency === 'twd' ? 100 : 1;
}

/** Stripe's own price per card charge: hundredths of a percent, and a fixed part in minor units. */
const CARD_PRICES: Record<string, { rate: number; fixed: number }> = {
  eur: { rate: 150, fixed: 25 },
  gbp: { rate: 150, fixed: 20 },
  jpy: { rate: 360, fixed: 0 },
};

export function stripeFee(amount: number, currency: string): number {
  const zeroDecimal = decimals(currency) === 0;
  const fixedFor = { 0: 0, 2: 30, 3: 300 }[decimals(currency)];
  const price = CARD_PRICES[currency] ?? { rate: zeroDecimal ? 360 : 290, fixed: fixedFor };
  return Math.min(amount, Math.round((amount * price.rate) / 10_000) + price.fixed);
}

/** Stripe's price of an instant payout: 1 %, and no less than half a unit. */
export function instantFee(amount: number, currency: string): number {
  const least = Math.round(0.5 * 10 ** decimals(currency));
  return Math.max(least, Math.round(amount / 100));
}

/** "$10.00": as Stripe's messages have it. */
export function words(amount: number, currency: string): string {
  const places = decimals(currency);
  return (amount / 10 ** places).toLocaleString('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
}

/** Stripe's price of a bank transfer: 0.5 %, at most 5.00. */
export function transferFee(amount: number): number {
  return Math.min(Math.round((amount * 50) / 10_000), 500);
}

/** Stripe's price of a bank debit: 0.8 %, at most 5.00. */
export function debitFee(amount: number): number {
  return Math.min(Math.round((amount * 80) / 10_000), 500);
}
