import { currencyFacts, Money } from '#kernel';

const LOCALE = 'en';

/** Stripe writes currencies in lower case, people in upper: both are taken. */
const moneyOf = (amountMinor: bigint, currency: string): Money =>
  Money.of(amountMinor, currency.toLowerCase());

/** How many digits the currency writes after the point: 2 for EUR, 0 for JPY. */
export const currencyDecimals = (currency: string): number => currencyFacts(currency.toLowerCase()).digits;

/** Minor units as a form field holds them: 123456n, EUR -> "1234.56". */
export const toDecimal = (amountMinor: bigint, currency: string): string =>
  moneyOf(amountMinor, currency).toDecimal();

/** Minor units as people read them: 123456n, EUR -> "€1,234.56"; negative with a true minus, which is read aloud. */
export const formatMoney = (amountMinor: bigint, currency: string): string =>
  moneyOf(amountMinor, currency).format(LOCALE).replace('-', '\u2212');

// Made once: making a formatter takes a thousand times as long as using it, and a list shows fifty dates.
const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const days = new Intl.DateTimeFormat('en-GB', day);
const moments = new Intl.DateTimeFormat('en-GB', {
  ...day,
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** A moment in words with its zone: "3 May 2026, 14:05 UTC". */
export const formatDateTime = (at: Date): string => moments.format(at);

/** A day in words, in UTC as Stripe's days are: "3 May 2026". */
export const formatDay = (at: Date): string => days.format(at);

/** A rounded amount for the axis of a plot, where room is short: 12400 USD -> "$12.4K". */
export const compactMoney = (major: number, currency: string): string =>
  new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency: currency.toUpperCase(),
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  })
    .format(major)
    .replace('-', '\u2212');
