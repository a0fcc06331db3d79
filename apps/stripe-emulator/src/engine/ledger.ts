import type Stripe from 'stripe';
import type { Clock } from './clock.js';
import type { Events } from './events.js';
import type { Ids } from './ids.js';
import { SECOND } from './clock.js';
import { converted, type Settled, type Settlement } from './settlement.js';
import type { Store } from './store.js';
import type { Timers } from './timers.js';

type Type = Stripe.BalanceTransaction.Type;

/** https://docs.stripe.com/reports/reporting-categories */
const CATEGORIES: Record<string, string> = {
  application_fee: 'platform_earning',
  application_fee_refund: 'platform_earning_refund',
  payment: 'charge',
  payment_failure_refund: 'charge_failure',
  payment_refund: 'refund',
  payout_cancel: 'payout_reversal',
  payout_failure: 'payout_reversal',
  transfer_refund: 'transfer_reversal',
};

export interface Movement {
  type: Type;
  /** Signed minor units, before fees. */
  amount: number;
  currency: string;
  source: string | null;
  fees?: Stripe.BalanceTransaction.FeeDetail[];
  description?: string | null;
  /** Unix seconds; from then on the money is available. Left out: at once. */
  availableOn?: number;
  /** Where the type alone does not say it. */
  category?: string;
}

/** Balances per account and currency. Money moves by balance transactions and in no other way. */
export class Ledger {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly timers: Timers,
    private readonly events: Events,
    private readonly settlement: Settlement,
  ) {
    timers.on('funds.available', (account, currency, on) => this.release(account!, currency!, Number(on)));
  }

  /** Money of a currency that the account does not hold is exchanged on the way. */
  post(account: string, movement: Movement): Stripe.BalanceTransaction {
    const { type, source, description = null } = movement;
    const settled = this.settlement.into(account, movement.amount, movement.currency);
    const { amount, currency } = settled;
    const fees = (movement.fees ?? []).map((detail) => this.settled(detail, settled));
    const created = this.clock.seconds();
    const availableOn = Math.max(movement.availableOn ?? created, created);
    const pending = availableOn > created;
    const fee = fees.reduce((sum, detail) => sum + detail.amount, 0);
    const net = amount - fee;
    const transaction = this.store.insert('balance_transaction', account, {
      id: this.ids.next('txn'),
      object: 'balance_transaction',
      amount,
      available_on: availableOn,
      balance_type: 'payments',
      created,
      currency,
      description,
      exchange_rate: settled.exchangeRate,
      fee,
      fee_details: fees,
      net,
      reporting_category: movement.category ?? CATEGORIES[type] ?? type,
      source,
      status: pending ? 'pending' : 'available',
      type,
    });
    this.move(account, currency, pending ? net : 0, pending ? 0 : net);
    if (!pending) this.store.insert('payout_line', account, { id: transaction.id, currency, payout: null });
    if (pending) {
      const id = `funds:${account}:${currency}:${availableOn}`;
      this.timers.set(availableOn * SECOND, 'funds.available', [account, currency, String(availableOn)], id);
    }
    return transaction;
  }

  /** Minor units, available and still on their way. */
  balance(account: string, currency: string): { pending: number; available: number } {
    return this.store.get('balance', account, currency) ?? { pending: 0, available: 0 };
  }

  /** What an account could give of a currency, exchanged from what it holds where need be. */
  total(account: string, currency: string): number {
    const { currency: held, exchangeRate } = this.settlement.into(account, 0, currency);
    const { pending, available } = this.balance(account, held);
    const sum = pending + available;
    return exchangeRate === null ? sum : converted(sum, held, currency, 1 / exchangeRate);
  }

  currencies(account: string): string[] {
    return [...this.store.all('balance', account)].map((balance) => balance.id);
  }

  /** When what takes money from `transaction` counts: with it while it is pending, otherwise at once. */
  alongside(transaction: Stripe.BalanceTransaction): number {
    return Math.max(transaction.available_on, this.clock.seconds());
  }

  view(account: string): Stripe.Balance {
    const home = this.store.get('account', '', account)?.currency ?? 'usd';
    const rows = [...this.store.all('balance', account)];
    if (!rows.some((row) => row.id === home)) rows.push({ id: home, pending: 0, available: 0 });
    const part = (name: 'pending' | 'available') =>
      rows.map((row) => ({ amount: row[name], currency: row.id, source_types: { card: row[name] } }));
    const platform = this.store.get('account', '', account)?.platform;
    const reserves = platform ? [...this.store.all('connect_reserve', '')] : [];
    const reserved = rows.map((row) => ({
      amount: reserves
        .filter(({ currency }) => currency === row.id)
        .reduce((sum, { amount }) => sum + amount, 0),
      currency: row.id,
    }));
    return {
      object: 'balance',
      available: part('available'),
      ...(platform && { connect_reserved: reserved }),
      livemode: this.events.livemode,
      pending: part('pending'),
    };
  }

  private settled(
    detail: Stripe.BalanceTransaction.FeeDetail,
    { currency, exchangeRate }: Settled,
  ): Stripe.BalanceTransaction.FeeDetail {
    if (detail.currency === currency || exchangeRate === null) return detail;
    return { ...detail, currency, amount: converted(detail.amount, detail.currency, currency, exchangeRate) };
  }

  private move(account: string, currency: string, pending: number, available: number): void {
    const before = this.balance(account, currency);
    const after = {
      id: currency,
      pending: before.pending + pending,
      available: before.available + available,
    };
    this.store.insert('balance', account, after);
    this.note('spendable', account, currency, after.available > 0);
    const owing = after.pending + after.available < 0;
    this.note('overdrawn', account, currency, owing && after.available < 0);
    this.reserve(account, currency, Math.max(0, -(after.pending + after.available)));
  }

  /** Keeps a list of the balances that the daily run has to look at. */
  private note(list: 'spendable' | 'overdrawn', account: string, currency: string, belongs: boolean): void {
    const id = `${account}:${currency}`;
    const noted = this.store.get(list, '', id) !== undefined;
    if (belongs && !noted) this.store.insert(list, '', { id, account, currency });
    if (!belongs && noted) this.store.remove(list, '', id);
  }

  /**
   * Holds back on the platform what a seller owes, where the platform bears the losses.
   * https://docs.stripe.com/connect/account-balances
   */
  private reserve(account: string, currency: string, owed: number): void {
    const id = `${account}:${currency}`;
    const before = this.store.get('connect_reserve', '', id);
    if (owed === 0 && !before) return;
    const record = this.store.get('account', '', account);
    if (!record || record.platform || (record.losses_collector ?? 'application') !== 'application') return;
    const platform = this.store.get('setting', '', 'platform')!.value as string;
    const held = this.settlement.into(platform, owed, currency);
    if (owed > 0)
      this.store.insert('connect_reserve', '', { id, amount: held.amount, currency: held.currency });
    else this.store.remove('connect_reserve', '', id);
    const movement = { type: 'reserved_funds', source: null, category: 'connect_reserved_funds' } as const;
    if (before) this.post(platform, { ...movement, amount: before.amount, currency: before.currency });
    if (owed > 0) this.post(platform, { ...movement, amount: -held.amount, currency: held.currency });
  }

  private release(account: string, currency: string, availableOn: number): void {
    for (const transaction of this.store.by(
      'balance_transaction',
      account,
      'due',
      `${currency}:${availableOn}`,
    )) {
      this.store.update('balance_transaction', account, transaction.id, { status: 'available' });
      this.store.insert('payout_line', account, { id: transaction.id, currency, payout: null });
      this.move(account, currency, -transaction.net, transaction.net);
    }
    this.announce(account);
  }

  /** Tells that there is more to be paid out than before. */
  announce(account: string): void {
    this.events.emit(account, 'balance.available', this.view(account));
  }
}
