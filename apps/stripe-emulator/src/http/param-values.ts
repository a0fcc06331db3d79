import { CURRENCIES } from '../engine/currencies.js';
import { invalid } from '../engine/errors.js';
import type { Raw } from './form.js';

/** Stripe takes no longer text anywhere. */
const LONGEST = 5000;

/** @param most how many characters it may have */
export function text(value: Raw, at: string, most = LONGEST): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw invalid(`Invalid string: ${asSent(value)}`, { param: at });
  const words = String(value);
  if (words.length <= most) return words;
  throw invalid(`Invalid string: ${shortened(words)}; must be at most ${most} characters`, { param: at });
}

const shortened = (words: string) => `${words.slice(0, 4)}...${words.slice(-4)}`;

/** What a bank statement shows: https://docs.stripe.com/get-started/account/statement-descriptors#requirements */
export function descriptor(value: Raw, at: string, least: number, most: number): string {
  const words = text(value, at);
  const refuse = (why: string) => invalid(`The statement descriptor must ${why}`, { param: at });
  if (words.length > most)
    throw refuse(`be at most ${most} characters. ${words} is ${words.length} characters long.`);
  if (words.length < least) throw refuse(`be at least ${least} characters.`);
  if (!/\p{L}/u.test(words)) throw refuse('contain at least one alphabetic character.');
  if (/[<>\\'"*]/.test(words)) throw refuse(`not contain any of these characters: < > \\ ' " *`);
  return words;
}

export function emailAddress(value: string, at: string): string {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) && value.length <= 512) return value;
  throw invalid(`Invalid email address: ${value}`, { code: 'email_invalid', param: at });
}

export function webAddress(value: string, at: string): string {
  if (/^https?:\/\/[^\s/?#]+/i.test(value) && URL.canParse(value) && value.length <= LONGEST) return value;
  throw invalid('Not a valid URL', { code: 'url_invalid', param: at });
}

export function currencyCode(value: string, at: string): string {
  const code = value.toLowerCase();
  if (CURRENCIES.has(code)) return code;
  const known = [...CURRENCIES].join(', ');
  throw invalid(`Invalid currency: ${value}. Stripe currently supports these currencies: ${known}`, {
    param: at,
  });
}

export function integer(value: Raw, at: string, min = -Infinity, max = Infinity): number {
  const given = numberOf(value, /^-?\d{1,15}$/);
  if (!Number.isInteger(given)) {
    throw invalid(`Invalid integer: ${asSent(value)}`, { code: 'parameter_invalid_integer', param: at });
  }
  if (given < min) {
    throw invalid(`This value must be greater than or equal to ${min}.`, {
      code: 'parameter_invalid_integer',
      param: at,
    });
  }
  if (given > max) {
    throw invalid(`This value must be less than or equal to ${max}.`, {
      code: 'parameter_invalid_integer',
      param: at,
    });
  }
  return given;
}

export function decimal(value: Raw, at: string): number {
  const given = numberOf(value, /^-?\d+(\.\d+)?$/);
  if (!Number.isFinite(given)) throw invalid(`Invalid decimal: ${asSent(value)}`, { param: at });
  return given;
}

function numberOf(value: Raw, form: RegExp): number {
  if (typeof value === 'string') return form.test(value) ? Number(value) : NaN;
  return typeof value === 'number' ? value : NaN;
}

/** For sentences about what was sent. Of a hash the names alone: it may be a card, sent where a token belongs. */
export function asSent(value: Raw): string {
  return typeof value === 'object' && value !== null
    ? `{${Object.keys(value).slice(0, 10).join(', ')}}`
    : String(value);
}

export function member(value: string, values: readonly string[], at: string): string {
  if (values.includes(value)) return value;
  const words = values.length > 1 ? `${values.slice(0, -1).join(', ')}, or ${values.at(-1)}` : values[0];
  throw invalid(`Invalid ${at}: must be one of ${words}`, { param: at });
}

export function hash(value: Raw, at: string): Record<string, Raw> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalid('Invalid object', { param: at });
}

/** https://docs.stripe.com/api/metadata: 50 keys of 40 characters, values of 500. */
export function metadataOf(given: Record<string, Raw>, at: string): Record<string, string> {
  const entries = Object.entries(given);
  if (entries.length > 50) throw invalid('Metadata can have at most 50 keys.', { param: at });
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const here = `${at}[${key}]`;
      const words = value === null ? '' : text(value, here);
      if (key.length > 40)
        throw invalid(`Metadata keys can have up to 40 characters, and '${key}' has ${key.length}.`, {
          param: here,
        });
      if (words.length > 500)
        throw invalid(
          `Metadata values can have up to 500 characters, but you passed in a value that is ${words.length} characters. Invalid value: ${words}`,
          { param: here },
        );
      return [key, words];
    }),
  );
}
