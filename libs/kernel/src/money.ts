import { allocate, percentage } from './allocate.js';
import { currencyFacts } from './currency.js';
import { DomainError, InvariantError } from './errors.js';

/** An amount in a currency's minor unit. Immutable. Two currencies never mix: the attempt throws. */
export class Money {
  private constructor(
    readonly amount: bigint,
    readonly currency: string,
  ) {}

  static of(amount: bigint, currency: string): Money {
    currencyFacts(currency);
    return new Money(amount, currency);
  }

  static zero(currency: string): Money {
    return Money.of(0n, currency);
  }

  /** Sums `parts`; the currency is named so that an empty list has one. */
  static sum(parts: readonly Money[], currency: string): Money {
    return parts.reduce((sum, part) => sum.plus(part), Money.zero(currency));
  }

  /**
   * What a person typed, such as "12.50", "12,50" or "1,234.50", as money. Throws `amount_invalid` for anything that
   * the currency can't hold exactly: nothing is rounded silently.
   */
  static parse(text: string, currency: string): Money {
    const { digits, step } = currencyFacts(currency);
    const compact = text.trim().replace(/[\s'’]/g, '');
    const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(compact)
      ? compact.replaceAll(',', '')
      : compact.replace(',', '.');
    const match = /^(-?)(\d{1,12})(?:\.(\d*))?$/.exec(plain);
    const decimals = match?.[3] ?? '';
    if (!match || decimals.length > digits) {
      const example = digits === 0 ? '1200' : `12.${'5'.padEnd(digits, '0')}`;
      throw new DomainError(
        'amount_invalid',
        'invalid',
        `Enter an amount in ${currency.toUpperCase()} such as ${example}.`,
      );
    }
    const amount = BigInt(match[2]! + decimals.padEnd(digits, '0'));
    if (amount % step !== 0n) {
      throw new DomainError(
        'amount_step',
        'invalid',
        `${currency.toUpperCase()} amounts must be in steps of ${formatMinor(step, currency)}.`,
      );
    }
    return new Money(match[1] ? -amount : amount, currency);
  }

  plus(other: Money): Money {
    return new Money(this.amount + this.same(other).amount, this.currency);
  }

  minus(other: Money): Money {
    return new Money(this.amount - this.same(other).amount, this.currency);
  }

  times(quantity: number | bigint): Money {
    return new Money(this.amount * BigInt(quantity), this.currency);
  }

  negated(): Money {
    return new Money(-this.amount, this.currency);
  }

  /** Half up; `basisPoints` of 250 is 2.5 %. */
  percent(basisPoints: bigint): Money {
    return new Money(percentage(this.amount, basisPoints), this.currency);
  }

  /** Largest remainder: the parts sum to the whole. */
  allocate(weights: readonly bigint[]): Money[] {
    return allocate(this.amount, weights).map((part) => new Money(part, this.currency));
  }

  compare(other: Money): -1 | 0 | 1 {
    const right = this.same(other).amount;
    return this.amount < right ? -1 : this.amount > right ? 1 : 0;
  }

  equals(other: Money): boolean {
    return this.currency === other.currency && this.amount === other.amount;
  }

  get isZero(): boolean {
    return this.amount === 0n;
  }

  get isNegative(): boolean {
    return this.amount < 0n;
  }

  /** "12.50": the currency's own decimals, no sign of the currency; what a form field holds. */
  toDecimal(): string {
    return toDecimal(this.amount, this.currency);
  }

  /** "€12.50" as people read it. */
  format(locale = 'en'): string {
    return formatMinor(this.amount, this.currency, locale);
  }

  /** The API's shape. A JSON number is exact up to 2^53; past that we refuse rather than round. */
  toJSON(): { amount: number; currency: string } {
    return { amount: toSafeNumber(this.amount), currency: this.currency };
  }

  private same(other: Money): Money {
    if (other.currency !== this.currency) {
      throw new InvariantError(`${this.currency} and ${other.currency} were mixed in one sum`);
    }
    return other;
  }
}

/** Stripe's API takes amounts as JSON numbers; this is the only place where a bigint becomes one. */
export function toSafeNumber(amount: bigint): number {
  if (amount > 9_007_199_254_740_991n || amount < -9_007_199_254_740_991n) {
    throw new InvariantError('an amount is larger than a number can hold exactly');
  }
  return Number(amount);
}

function toDecimal(amount: bigint, currency: string): string {
  const { digits } = currencyFacts(currency);
  const sign = amount < 0n ? '-' : '';
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatMinor(amount: bigint, currency: string, locale = 'en'): string {
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    const { digits } = currencyFacts(currency);
    formatter = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: currency.toUpperCase(),
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formatters.set(key, formatter);
  }
  // A decimal string keeps every digit; a number would round large amounts.
  return formatter.format(toDecimal(amount, currency) as unknown as number);
}
