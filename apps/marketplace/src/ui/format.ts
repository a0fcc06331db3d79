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

/** One formatter per time zone: making one takes a thousand times as long as using it, and a list shows fifty dates. */
function inTimeZone(options: Intl.DateTimeFormatOptions): (at: Date, timeZone?: string) => string {
  const formatters = new Map<string, Intl.DateTimeFormat>();
  return (at, timeZone = 'UTC') => {
    let formatter = formatters.get(timeZone);
    if (!formatter) {
      formatter = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
      formatters.set(timeZone, formatter);
    }
    return formatter.format(at);
  };
}

const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** A moment in words with its zone: "3 May 2026, 14:05 UTC". */
export const formatDateTime = inTimeZone({
  ...day,
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** A day in words: "3 May 2026". The zone decides which day a moment belongs to. */
export const formatDay = inTimeZone(day);

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
