import { decimals } from '../../engine/currencies.js';

// Making a formatter takes a thousand times as long as using it, and a page uses them a hundred times.
const DAY = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const days = new Intl.DateTimeFormat('en-GB', DAY);
const moments = new Intl.DateTimeFormat('en-GB', {
  ...DAY,
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});
const currencies = new Map<string, Intl.NumberFormat>();

function formatterOf(currency: string): Intl.NumberFormat {
  let formatter = currencies.get(currency);
  if (!formatter) {
    const places = decimals(currency);
    formatter = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    });
    currencies.set(currency, formatter);
  }
  return formatter;
}

/** Minor units as people read them: 123456, eur -> "€1,234.56"; negative with a true minus, which is read aloud. */
export function formatMoney(amount: number, currency: string): string {
  const places = decimals(currency);
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  const decimal = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  // A decimal string is formatted exactly, where a float might not be.
  const words = formatterOf(currency).format(decimal as Intl.StringNumericLiteral);
  return amount < 0 ? `\u2212${words}` : words;
}

/** A moment in words with its zone: "3 May 2026, 14:05 UTC". @param at milliseconds */
export const formatMoment = (at: number): string => moments.format(at);

/** A day in words: "3 May 2026", in UTC as Stripe's days are. @param at milliseconds */
export const formatDay = (at: number): string => days.format(at);

/** An amount as people type it in its currency: "12.50" or "12,50" of euros -> 1250; null where it is none. */
export function readMoney(text: string, currency: string): number | null {
  const places = decimals(currency);
  const [, whole, part = ''] = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.replaceAll(/\s/g, '')) ?? [];
  if (whole === undefined || part.length > places) return null;
  return Number(whole + part.padEnd(places, '0'));
}

/** The same the other way round, for a field. */
export const moneyField = (amount: number, currency: string): string => {
  const places = decimals(currency);
  return (amount / 10 ** places).toFixed(places);
};
