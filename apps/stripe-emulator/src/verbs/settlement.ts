import type { AccountRecord } from '../engine/account-record.js';
import type { Engine } from '../engine/engine.js';
import { exchangeRate } from '../engine/rates.js';

/** Money as it reaches an account's balance. */
export interface Settled {
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  /** Null when nothing was converted. */
  exchangeRate: number | null;
}

/** In which currency an account holds what it receives: the same, or its own after an exchange. */
export class Settlement {
  constructor(private readonly engine: Engine) {}

  /** @param amount minor units of `currency`, signed */
  into(account: string, amount: number, currency: string): Settled {
    const held = this.currencyOf(account, currency);
    if (held === currency) return { amount, currency, exchangeRate: null };
    const rate = exchangeRate(currency, held, this.engine.clock.now());
    return { amount: multiplied(amount, rate), currency: held, exchangeRate: rate };
  }

  currencyOf(account: string, currency: string): string {
    const { settlement_currencies: held, currency: own } = this.engine.accounts.need(account);
    return !held || held.includes(currency) ? currency : (own ?? 'usd');
  }

  /** @param currencies those it settles in; null: in every one */
  set(account: string, currencies: string[] | null): AccountRecord {
    return this.engine.accounts.change(account, (record) => ({
      ...record,
      settlement_currencies: currencies,
    }));
  }
}

/** Half a unit is rounded away from zero, so that what goes out is what came in. */
export function multiplied(amount: number, rate: number): number {
  return Math.sign(amount) * Math.round(Math.abs(amount) * rate);
}
