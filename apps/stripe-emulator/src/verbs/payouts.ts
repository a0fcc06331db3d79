import type Stripe from 'stripe';
import type { AccountRecord, BankRecord } from '../engine/account-record.js';
import { DAY, nextBusinessDay, SECOND, startOfDay } from '../engine/clock.js';
import { instantFee } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid, type ErrorCode } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { announceUpdate } from './account-news.js';
import { feeDetail } from './dispute-money.js';
import { checkPayoutAmount, payoutDestination } from './payout-checks.js';
import { newPayout } from './payout-objects.js';
import { newSettings, updateSettings } from './payout-schedule.js';

type Payout = Stripe.Payout;

/** Instant payouts arrive within half an hour. */
const INSTANT = 1800 * SECOND;

export interface PayoutOrder {
  automatic: boolean;
  bank: BankRecord;
  /** Kept back from it, minor units. */
  held?: number;
  /** What Stripe asks for it on top, minor units. */
  fee?: number;
  params?: Stripe.PayoutCreateParams;
}

/** Payouts as they are made and called back, and the settings they follow. */
export class Payouts {
  constructor(private readonly engine: Engine) {}

  openAccount(record: AccountRecord): void {
    this.engine.store.insert('balance_settings', record.id, { id: 'settings', ...newSettings() });
    this.engine.payoutRun.plan();
  }

  settings(account: string): Stripe.BalanceSettings {
    const { engine } = this;
    const { object, payments } = engine.store.need('balance_settings', account, 'settings');
    const status = this.obstacle(engine.accounts.need(account)) ? 'disabled' : 'enabled';
    return { object, payments: { ...payments, payouts: { ...payments.payouts!, status } } };
  }

  changeSettings(account: string, params: Stripe.BalanceSettingsUpdateParams): Stripe.BalanceSettings {
    const { engine } = this;
    const before = engine.store.need('balance_settings', account, 'settings');
    const after = updateSettings(before, params);
    const record = engine.accounts.need(account);
    const was = engine.accounts.v1(record);
    engine.store.update('balance_settings', account, 'settings', after);
    if (JSON.stringify(after.payments) !== JSON.stringify(before.payments)) {
      engine.events.emit(account, 'balance_settings.updated', this.settings(account));
      // The same is a part of the account, as v1 shows it.
      if (!record.platform) announceUpdate(engine, was, engine.accounts.v1(record));
    }
    return this.settings(account);
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
    const bank = payoutDestination(engine, record, params);
    checkPayoutAmount(amount, currency);
    const problem = this.obstacle(record, bank);
    if (problem) throw invalid(problem.message, { code: problem.code });
    const fee = params.method === 'instant' ? instantFee(amount, currency) : 0;
    if (engine.ledger.balance(account, currency).available < amount + fee) {
      throw invalid(
        `You have insufficient funds in your Stripe account for this transfer. Your ${currency.toUpperCase()} balance is too low.`,
        { code: 'balance_insufficient', param: 'amount' },
      );
    }
    return this.make(record, currency, amount, { automatic: false, params, bank: bank!, fee });
  }

  cancel(account: string, id: string): Payout {
    const { engine } = this;
    const payout = engine.store.need('payout', account, id, 'payout');
    if (payout.automatic || payout.status !== 'pending') {
      throw invalid(
        'Payouts can only be canceled while they are pending, and only when they were created manually.',
      );
    }
    engine.payoutJourney.end(id);
    const back = this.giveBack(account, payout, 'payout_cancel');
    const canceled = engine.store.update('payout', account, id, {
      status: 'canceled',
      failure_balance_transaction: back,
    });
    engine.events.emit(account, 'payout.canceled', canceled);
    return canceled;
  }

  /** Takes a payout that has arrived back from the bank: a payout of its own, the other way. */
  reverse(account: string, id: string, params: Stripe.PayoutReverseParams): Payout {
    const { engine } = this;
    const payout = engine.store.need('payout', account, id, 'payout');
    const bank = engine.externalAccounts.need(account, idOf(payout.destination as string)!);
    if (
      payout.status !== 'paid' ||
      payout.reversed_by ||
      payout.original_payout ||
      bank.card ||
      bank.country !== 'US'
    ) {
      throw invalid('Only payouts to US bank accounts that are paid can be reversed, and only once.');
    }
    const { currency } = payout;
    const back = this.make(engine.accounts.need(account), currency, -payout.amount, {
      automatic: false,
      bank,
    });
    engine.store.update('payout', account, id, { reversed_by: back.id });
    const metadata = (params.metadata ?? {}) as Stripe.Metadata;
    return engine.store.update('payout', account, back.id, { original_payout: id, metadata });
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

  /** Why an account can't be paid out now, if it can't. */
  obstacle(record: AccountRecord, bank = record.bank): { code: ErrorCode; message: string } | null {
    const { engine } = this;
    if (!bank) {
      return { code: 'no_account', message: "Sorry, you don't have any external accounts in that currency." };
    }
    if (bank.status === 'errored') {
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

  make(record: AccountRecord, currency: string, amount: number, how: PayoutOrder): Payout {
    const { engine } = this;
    const id = engine.ids.next('po');
    const { held = 0, fee = 0 } = how;
    if (held !== 0) this.hold(record.id, currency, id, -held);
    const transaction = engine.ledger.post(record.id, {
      type: 'payout',
      amount: -amount,
      currency,
      source: id,
      description: 'STRIPE PAYOUT',
      fees: fee > 0 ? [feeDetail(fee, currency, 'Instant payout fee')] : [],
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
        arrival: this.arrival(how.params?.method === 'instant'),
        bank: how.bank,
        livemode: engine.livemode,
        params: how.params,
      }),
    );
    engine.events.emit(record.id, 'payout.created', payout);
    engine.payoutJourney.begin(record.id, payout);
    return payout;
  }

  /** Unix seconds: the next day on which banks work, or within half an hour. */
  private arrival(instant: boolean): number {
    const now = this.engine.clock.now();
    return instant ? this.engine.clock.seconds() + INSTANT / SECOND : nextBusinessDay(now) / SECOND;
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

  /** Puts a payout's money back into the balance; answers the balance transaction. */
  giveBack(account: string, payout: Payout, type: 'payout_failure' | 'payout_cancel'): string {
    const { amount, currency, id } = payout;
    return this.engine.ledger.post(account, { type, amount, currency, source: id }).id;
  }
}
