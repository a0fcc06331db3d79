import type Stripe from 'stripe';
import { SECOND, nextBusinessDay } from '../engine/clock.js';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { mergeMetadata } from './metadata.js';

type Topup = Stripe.Topup;

/** In test mode the bank needs no days, but long enough for the top-up to be canceled. */
const BANK_DELAY = 10 * SECOND;

/** How Stripe's test bank tokens end. https://docs.stripe.com/connect/top-ups#testing-topups */
const FAILING: Record<string, { code: string; message: string }> = {
  btok_us_verified_noAccount: { code: 'no_account', message: 'The bank account could not be located.' },
  btok_us_verified_accountClosed: { code: 'account_closed', message: 'The bank account has been closed.' },
  btok_us_verified_insufficientFunds: {
    code: 'insufficient_funds',
    message: 'The bank account has insufficient funds.',
  },
  btok_us_verified_debitNotAuthorized: {
    code: 'debit_not_authorized',
    message: 'Debit transactions are not approved on the bank account.',
  },
};

/** Money that a platform adds to its own balance from its bank. */
export class Topups {
  constructor(private readonly engine: Engine) {
    engine.timers.on('topup.arrive', (account, id, source) => this.arrive(account!, id!, source!));
  }

  create(account: string, params: Stripe.TopupCreateParams): Topup {
    const { engine } = this;
    const { amount, currency } = params;
    const held = engine.settlement.currencyOf(account, currency);
    if (held !== currency) {
      throw invalid(`Top-ups must be in a currency that your account settles in (${held}).`, {
        code: 'balance_invalid_parameter',
        param: 'currency',
      });
    }
    const topup = engine.store.insert('topup', account, {
      id: engine.ids.next('tu'),
      object: 'topup',
      amount,
      balance_transaction: null,
      created: engine.clock.seconds(),
      currency,
      description: params.description ?? null,
      expected_availability_date: nextBusinessDay(engine.clock.now()) / SECOND,
      failure_code: null,
      failure_message: null,
      initiated_by: 'user',
      livemode: engine.livemode,
      metadata: mergeMetadata({}, params.metadata),
      source: null,
      statement_descriptor: params.statement_descriptor ?? null,
      status: 'pending',
      transfer_group: params.transfer_group ?? null,
    });
    engine.events.emit(account, 'topup.created', topup);
    const due = engine.clock.now() + BANK_DELAY;
    engine.timers.set(due, 'topup.arrive', [account, topup.id, params.source ?? ''], `topup:${topup.id}`);
    return topup;
  }

  update(account: string, id: string, params: Stripe.TopupUpdateParams): Topup {
    const { engine } = this;
    const before = engine.store.need('topup', account, id);
    return engine.store.update('topup', account, id, {
      description: params.description ?? before.description,
      metadata: mergeMetadata(before.metadata, params.metadata),
    });
  }

  cancel(account: string, id: string): Topup {
    const { engine } = this;
    const topup = engine.store.need('topup', account, id);
    if (topup.status !== 'pending')
      throw invalid(`This top-up is already ${topup.status}: only pending ones can be canceled.`);
    engine.timers.cancel(`topup:${id}`);
    return this.become(account, id, 'topup.canceled', { status: 'canceled' });
  }

  /** The bank takes back what it had sent. */
  reverse(account: string, id: string): Topup {
    const { engine } = this;
    const topup = engine.store.need('topup', account, id);
    if (topup.status !== 'succeeded')
      throw invalid(
        `Only top-ups that have succeeded can be reversed; ${words(topup.amount, topup.currency)} has not.`,
      );
    engine.ledger.post(account, { ...movementOf(topup), type: 'topup_reversal', amount: -topup.amount });
    return this.become(account, id, 'topup.reversed', { status: 'reversed' });
  }

  private arrive(account: string, id: string, source: string): void {
    const { engine } = this;
    const failure = FAILING[source];
    if (failure) {
      const { code, message } = failure;
      this.become(account, id, 'topup.failed', {
        status: 'failed',
        failure_code: code,
        failure_message: message,
      });
      return;
    }
    const topup = engine.store.need('topup', account, id);
    const transaction = engine.ledger.post(account, {
      ...movementOf(topup),
      type: 'topup',
      amount: topup.amount,
    });
    this.become(account, id, 'topup.succeeded', { status: 'succeeded', balance_transaction: transaction.id });
    engine.ledger.announce(account);
    engine.refundOutcomes.retryWaiting(account);
  }

  private become(account: string, id: string, event: Stripe.Event['type'], patch: Partial<Topup>): Topup {
    const topup = this.engine.store.update('topup', account, id, patch);
    this.engine.events.emit(account, event, topup);
    return topup;
  }
}

const movementOf = ({ id, currency, description }: Topup) => ({ source: id, currency, description });
