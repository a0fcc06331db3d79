import type { AccountRecord, BankRecord } from '../engine/account-record.js';
import { DAY, SECOND, startOfDay } from '../engine/clock.js';
import { minimumPayout, payoutMultiple } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { isPayoutDay } from './payout-schedule.js';

/** The automatic payouts of each day, made for accounts that have something to pay out. */
export class PayoutRun {
  constructor(private readonly engine: Engine) {
    engine.timers.on('payouts.daily', () => this.run());
    engine.timers.on('payouts.account', (account, currency) => this.settle(account!, currency!));
  }

  plan(): void {
    const next = startOfDay(this.engine.clock.now()) + DAY + SECOND;
    // One second after midnight: what becomes available at midnight is paid out the same day.
    this.engine.timers.set(next, 'payouts.daily', [], 'payouts.daily');
  }

  /** Each account is a thing of its own that is due at this moment: no failure of one keeps the others from their money. */
  private run(): void {
    const { clock, store, timers } = this.engine;
    for (const kind of ['spendable', 'overdrawn'] as const)
      for (const { id, account, currency } of store.all(kind, '')) {
        timers.cancel(`payout:${id}`);
        timers.set(clock.now(), 'payouts.account', [account, currency], `payout:${id}`);
      }
    this.plan();
  }

  private settle(account: string, currency: string): void {
    const { engine } = this;
    if (engine.ledger.balance(account, currency).available < 0) return this.debit(account, currency);
    const { schedule } = engine.payouts.settings(account).payments.payouts!;
    const record = engine.accounts.need(account);
    const bank = engine.externalAccounts.forCurrency(record, currency);
    if (isPayoutDay(schedule, engine.clock.now()) && !engine.payouts.obstacle(record, bank))
      this.payOut(record, currency, bank!);
  }

  /** Takes what a seller owes from their bank, as a payout the other way, unless that is switched off. */
  private debit(account: string, currency: string): void {
    const { engine } = this;
    const record = engine.accounts.need(account);
    const bank = engine.externalAccounts.forCurrency(record, currency);
    // The platform's own debits happen outside: a refund simply goes below zero.
    if (record.platform || bank?.card || engine.payouts.obstacle(record, bank)) return;
    if (!engine.payouts.settings(account).payments.debit_negative_balances) return;
    const { available } = engine.ledger.balance(account, currency);
    engine.payouts.make(record, currency, available, { automatic: true, bank: bank! });
  }

  /** Pays out what is available, less the minimum balance, in whole payable units. */
  private payOut(record: AccountRecord, currency: string, bank: BankRecord): void {
    const { engine } = this;
    const { available } = engine.ledger.balance(record.id, currency);
    const kept =
      engine.payouts.settings(record.id).payments.payouts!.minimum_balance_by_currency?.[currency] ?? 0;
    const payable = available - kept;
    const amount = payable - (payable % payoutMultiple(currency));
    if (amount < Math.max(1, minimumPayout(currency))) return;
    engine.payouts.make(record, currency, amount, { automatic: true, bank, held: available - amount });
  }
}
