import type Stripe from 'stripe';
import type { AccountRecord } from '../engine/account-record.js';
import { DAY, HOUR, nextBusinessDay, SECOND, startOfDay } from '../engine/clock.js';
import { minimumPayout, payoutMultiple, words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { FAILURE_MESSAGES, payoutFailure } from './test-banks.js';
import { newPayout } from './payout-objects.js';
import { isPayoutDay, newSettings } from './payout-schedule.js';

type Payout = Stripe.Payout;

/** Payouts by schedule and by hand: made, on their way, arrived, and come back. */
export class Payouts {
  constructor(private readonly engine: Engine) {
    engine.timers.on('payouts.daily', () => this.runDaily());
    engine.timers.on('payout.send', (account, id) => this.send(account!, id!));
    engine.timers.on('payout.arrive', (account, id) => this.arrive(account!, id!));
    engine.timers.on('payout.fail', (account, id, code) => this.fail(account!, id!, code!));
  }

  openAccount(record: AccountRecord): void {
    this.engine.store.insert('balance_settings', record.id, { id: 'settings', ...newSettings() });
    this.planDaily();
  }

  settings(account: string): Stripe.BalanceSettings {
    const { id: _, ...settings } = this.engine.store.need('balance_settings', account, 'settings');
    return settings;
  }

  /** Unix seconds from which a card payment of this moment is available in an account. */
  availableOn(account: string): number {
    const days = this.settings(account).payments.settlement_timing.delay_days;
    return (startOfDay(this.engine.clock.now()) + days * DAY) / SECOND;
  }

  create(account: string, params: Stripe.PayoutCreateParams): Payout {
    const { engine } = this;
    const { amount, currency } = params;
    const record = engine.accounts.need(account);
    if (params.destination && params.destination !== record.bank?.id) {
      throw invalid(`No such external account: '${params.destination}'`, {
        code: 'resource_missing',
        param: 'destination',
      });
    }
    if (params.method === 'instant') {
      throw invalid('This bank account is not eligible for instant payouts.', { param: 'method' });
    }
    this.checkAmount(amount, currency);
    const problem = this.obstacle(record);
    if (problem) throw invalid(problem.message, { code: problem.code });
    if (engine.ledger.balance(account, currency).available < amount) {
      throw invalid(
        `You have insufficient funds in your Stripe account for this transfer. Your ${currency.toUpperCase()} balance is too low.`,
        { code: 'balance_insufficient', param: 'amount' },
      );
    }
    return this.make(record, currency, amount, { automatic: false, params });
  }

  cancel(account: string, id: string): Payout {
    const { engine } = this;
    const payout = engine.store.need('payout', account, id, 'payout');
    if (payout.automatic || payout.status !== 'pending') {
      throw invalid(
        'Payouts can only be canceled while they are pending, and only when they were created manually.',
        {
          code: 'payout_not_cancelable',
        },
      );
    }
    this.unplan(id);
    const back = this.giveBack(account, payout, 'payout_cancel');
    const canceled = engine.store.update('payout', account, id, {
      status: 'canceled',
      failure_balance_transaction: back,
    });
    engine.events.emit(account, 'payout.canceled', canceled);
    return canceled;
  }

  /** What a payout paid out, newest first. Only automatic payouts know it. */
  transactionsOf(account: string, id: string): Stripe.BalanceTransaction[] {
    const { engine } = this;
    const payout = engine.store.need('payout', account, id, 'payout');
    if (!payout.automatic) {
      throw invalid('Balance transaction history can only be filtered on automatic payouts, not manual.', {
        param: 'payout',
      });
    }
    return engine.store
      .by('payout_line', account, 'payout', id)
      .map((line) => engine.store.need('balance_transaction', account, line.id))
      .reverse();
  }

  private planDaily(): void {
    const next = startOfDay(this.engine.clock.now()) + DAY + SECOND;
    // One second after midnight: what becomes available at midnight is paid out the same day.
    this.engine.timers.set(next, 'payouts.daily', [], 'payouts.daily');
  }

  private runDaily(): void {
    const { engine } = this;
    for (const record of engine.store.all('account', '')) {
      const { schedule } = this.settings(record.id).payments.payouts!;
      if (!isPayoutDay(schedule, engine.clock.now()) || this.obstacle(record)) continue;
      for (const currency of engine.ledger.currencies(record.id)) this.payOut(record, currency);
    }
    this.planDaily();
  }

  /** Pays out what is available, less the minimum balance, in whole payable units. */
  private payOut(record: AccountRecord, currency: string): void {
    const { engine } = this;
    const { available } = engine.ledger.balance(record.id, currency);
    const kept = this.settings(record.id).payments.payouts!.minimum_balance_by_currency?.[currency] ?? 0;
    const payable = available - kept;
    const amount = payable - (payable % payoutMultiple(currency));
    if (amount < Math.max(1, minimumPayout(currency))) return;
    this.make(record, currency, amount, { automatic: true, held: available - amount });
  }

  private obstacle(record: AccountRecord): { code: string; message: string } | null {
    const { engine } = this;
    if (!record.bank) {
      return { code: 'no_account', message: "Sorry, you don't have any external accounts in that currency." };
    }
    if (record.bank.status === 'errored') {
      return {
        code: 'bank_account_unusable',
        message: 'The bank account must be updated before payouts can be sent to it.',
      };
    }
    if (!engine.accounts.canBePaidOut(record)) {
      return {
        code: 'payouts_not_allowed',
        message: 'Cannot create payouts: this account has requirements that need to be collected.',
      };
    }
    return null;
  }

  private checkAmount(amount: number, currency: string): void {
    const least = minimumPayout(currency);
    if (amount < least) {
      throw invalid(`Amount must be at least ${words(least, currency)}.`, {
        code: 'amount_too_small',
        param: 'amount',
      });
    }
    if (amount % payoutMultiple(currency) !== 0) {
      throw invalid(
        `Payouts in ${currency.toUpperCase()} must be divisible by 100, so without any fraction.`,
        {
          code: 'invalid_charge_amount',
          param: 'amount',
        },
      );
    }
  }

  private make(
    record: AccountRecord,
    currency: string,
    amount: number,
    how: { automatic: boolean; held?: number; params?: Stripe.PayoutCreateParams },
  ): Payout {
    const { engine } = this;
    const id = engine.ids.next('po');
    const { held = 0 } = how;
    if (held !== 0) this.hold(record.id, currency, id, -held);
    const transaction = engine.ledger.post(record.id, {
      type: 'payout',
      amount: -amount,
      currency,
      source: id,
      description: 'STRIPE PAYOUT',
    });
    if (how.automatic) this.claim(record.id, currency, id);
    if (held !== 0) this.hold(record.id, currency, id, held);
    const payout = engine.store.insert(
      'payout',
      record.id,
      newPayout({
        id,
        amount,
        currency,
        transaction: transaction.id,
        automatic: how.automatic,
        created: engine.clock.seconds(),
        arrival: nextBusinessDay(engine.clock.now()) / SECOND,
        bank: record.bank!.id,
        livemode: engine.livemode,
        params: how.params,
      }),
    );
    engine.events.emit(record.id, 'payout.created', payout);
    engine.timers.set(engine.clock.now() + HOUR, 'payout.send', [record.id, id], `send:${id}`);
    engine.timers.set(payout.arrival_date * SECOND, 'payout.arrive', [record.id, id], `arrive:${id}`);
    return payout;
  }

  /** Keeps part of the balance out of a payout, and puts it back behind it, so that the lines of each add up. */
  private hold(account: string, currency: string, payout: string, amount: number): void {
    const type = amount < 0 ? 'payout_minimum_balance_hold' : 'payout_minimum_balance_release';
    this.engine.ledger.post(account, { type, amount, currency, source: payout });
  }

  /** Names the transactions that this payout pays out: all that are available and were in no payout before. */
  private claim(account: string, currency: string, payout: string): void {
    const { store } = this.engine;
    for (const line of store.by('payout_line', account, 'open', currency)) {
      store.update('payout_line', account, line.id, { payout });
    }
  }

  private send(account: string, id: string): void {
    const { engine } = this;
    const sent = engine.store.update('payout', account, id, { status: 'in_transit' });
    engine.events.emit(account, 'payout.updated', sent, { status: 'pending' });
  }

  private arrive(account: string, id: string): void {
    const { engine } = this;
    const before = engine.store.need('payout', account, id);
    const paid = engine.store.update('payout', account, id, {
      status: 'paid',
      trace_id: { status: 'supported', value: `TRACE${id.slice(-8)}` },
      reconciliation_status: before.automatic ? 'completed' : 'not_applicable',
    });
    engine.events.emit(account, 'payout.paid', paid);
    if (before.automatic) engine.events.emit(account, 'payout.reconciliation_completed', paid);
    const bank = engine.accounts.need(account).bank;
    const code = bank && bank.id === idOf(paid.destination as string) ? payoutFailure(bank) : null;
    // A bank sends money back days after Stripe took the payout for paid.
    if (code) engine.timers.set(engine.clock.now() + DAY, 'payout.fail', [account, id, code]);
  }

  /** The bank sent the money back, also after `paid`. */
  fail(account: string, id: string, code: string): void {
    const { engine } = this;
    const payout = engine.store.need('payout', account, id, 'payout');
    if (payout.status === 'failed' || payout.status === 'canceled') {
      throw invalid(`Payout ${id} is already ${payout.status}.`);
    }
    this.unplan(id);
    const failed = engine.store.update('payout', account, id, {
      status: 'failed',
      failure_code: code,
      failure_message: FAILURE_MESSAGES[code] ?? FAILURE_MESSAGES['could_not_process']!,
      failure_balance_transaction: this.giveBack(account, payout, 'payout_failure'),
    });
    engine.events.emit(account, 'payout.failed', failed);
    engine.externalAccounts.disable(account);
  }

  private unplan(id: string): void {
    this.engine.timers.cancel(`send:${id}`);
    this.engine.timers.cancel(`arrive:${id}`);
  }

  private giveBack(account: string, payout: Payout, type: 'payout_failure' | 'payout_cancel'): string {
    const { amount, currency, id } = payout;
    return this.engine.ledger.post(account, { type, amount, currency, source: id }).id;
  }
}
