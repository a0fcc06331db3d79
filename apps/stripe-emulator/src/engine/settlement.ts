import type { AccountRecord } from './account-record.js';
import type { Clock } from './clock.js';
import { decimals } from './currencies.js';
import { exchangeRate } from './rates.js';
import type { Store } from './store.js';

/** Money as it reaches an account's balance. */
export interface Settled {
  /** Minor units of `currency`, signed. */
  amount: number;
  currency: string;
  /** Null when nothing was converted. */
  exchangeRate: number | null;
}

/**
 * In which currency an account holds what it receives: the same one, or its own after an exchange.
 * https://docs.stripe.com/connect/multicurrency-settlement
 */
export class Settlement {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** @param amount minor units of `currency`, signed */
  into(account: string, amount: number, currency: string): Settled {
    const held = this.currencyOf(account, currency);
    if (held === currency) return { amount, currency, exchangeRate: null };
    const rate = exchangeRate(currency, held, this.clock.now());
    return { amount: converted(amount, currency, held, rate), currency: held, exchangeRate: rate };
  }

  currencyOf(account: string, currency: string): string {
    const record = this.store.get('account', '', account);
    const held = record?.settlement_currencies;
    return !held || held.includes(currency) ? currency : (record.currency ?? 'usd');
  }

  /** @param currencies those it settles in; null: in every one */
  set(account: string, currencies: string[] | null): AccountRecord {
    return this.store.update('account', '', account, { settlement_currencies: currencies });
  }
}

/** Half a unit is rounded away from zero, so that what goes out is what came in. Rates are of whole units. */
export function converted(amount: number, from: string, to: string, rate: number): number {
  const units = 10 ** (decimals(to) - decimals(from));
  return Math.sign(amount) * Math.round(Math.abs(amount) * rate * units);
}
