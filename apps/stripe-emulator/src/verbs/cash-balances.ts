import type Stripe from 'stripe';
import { transferFee } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { chargeDetails } from './payment-method-objects.js';
import { newCharge } from './payment-objects.js';
import type { Attempt } from './payments.js';

type Intent = Stripe.PaymentIntent;
type Transaction = Stripe.CustomerCashBalanceTransaction;
type TransferType =
  'eu_bank_transfer' | 'gb_bank_transfer' | 'jp_bank_transfer' | 'mx_bank_transfer' | 'us_bank_transfer';

const TRANSFERS: Record<string, TransferType> = {
  eur: 'eu_bank_transfer',
  gbp: 'gb_bank_transfer',
  jpy: 'jp_bank_transfer',
  mxn: 'mx_bank_transfer',
};

/** Money that customers sent by bank transfer: it waits with Stripe until payments take it. */
export class CashBalances {
  constructor(private readonly engine: Engine) {}

  view(account: string, customer: string): Stripe.CashBalance {
    const { store, livemode } = this.engine;
    store.need('customer', account, customer, 'customer');
    const available = store.get('cash_balance', account, customer)?.available ?? {};
    return {
      object: 'cash_balance',
      available: Object.keys(available).length > 0 ? available : null,
      customer,
      customer_account: null,
      livemode,
      settings: { reconciliation_mode: 'automatic', using_merchant_default: true },
    };
  }

  /** A transfer arrives: it pays what waits for it, oldest first. */
  fund(
    account: string,
    customer: string,
    amount: number,
    currency: string,
    reference: string | null,
  ): Transaction {
    const { engine } = this;
    engine.store.need('customer', account, customer, 'customer');
    const type = TRANSFERS[currency] ?? 'us_bank_transfer';
    const detail =
      type === 'us_bank_transfer' ? { [type]: { network: 'ach' as const, sender_name: null } } : {};
    const funded = this.move(account, customer, amount, currency, {
      type: 'funded',
      funded: { bank_transfer: { ...detail, reference, type } },
    });
    const waiting = engine.store
      .by('payment_intent', account, 'customer', customer)
      .filter((intent) => intent.currency === currency && remainingOf(intent) !== null);
    for (const intent of waiting) this.apply(account, intent);
    if (this.available(account, customer, currency) > 0)
      engine.events.emit(account, 'cash_balance.funds_available', this.view(account, customer));
    return funded;
  }

  /** Takes what is there; for the rest the buyer is told where to send it. */
  pay(account: string, intent: Intent, method: Stripe.PaymentMethod): Attempt {
    const { engine } = this;
    const customer = idOf(intent.customer);
    if (!customer) {
      throw invalid('A customer is needed to pay from a customer balance.', {
        code: 'parameter_missing',
        param: 'customer',
      });
    }
    const waiting = engine.store.update('payment_intent', account, intent.id, {
      status: 'requires_action',
      payment_method: method.id,
      last_payment_error: null,
      next_action: this.instructions(intent),
    });
    if (this.available(account, customer, intent.currency) > 0)
      return { intent: this.apply(account, waiting), error: null };
    return {
      intent: engine.payments.become(account, intent.id, 'payment_intent.requires_action', {}),
      error: null,
    };
  }

  /** What a cancelled payment had taken goes back into the balance. */
  giveBack(account: string, intent: Intent): void {
    const remaining = remainingOf(intent);
    if (remaining === null || remaining === intent.amount) return;
    this.move(account, idOf(intent.customer)!, intent.amount - remaining, intent.currency, {
      type: 'unapplied_from_payment',
      unapplied_from_payment: { payment_intent: intent.id },
    });
  }

  /** A payment that was refunded is the customer's own money again. */
  refunded(account: string, refund: Stripe.Refund): void {
    this.move(account, idOf(refund.customer)!, refund.amount, refund.currency, {
      type: 'refunded_from_payment',
      refunded_from_payment: { refund: refund.id },
    });
  }

  /** Money on its way back to the customer's bank, or not after all. */
  returns(account: string, refund: Stripe.Refund, type: 'return_initiated' | 'return_canceled'): void {
    const net = type === 'return_initiated' ? -refund.amount : refund.amount;
    this.move(account, idOf(refund.customer)!, net, refund.currency, { type });
  }

  private available(account: string, customer: string, currency: string): number {
    return this.engine.store.get('cash_balance', account, customer)?.available[currency] ?? 0;
  }

  private apply(account: string, intent: Intent): Intent {
    const { engine } = this;
    const customer = idOf(intent.customer)!;
    const remaining = remainingOf(intent)!;
    const amount = Math.min(remaining, this.available(account, customer, intent.currency));
    if (amount === 0) return intent;
    this.move(account, customer, -amount, intent.currency, {
      type: 'applied_to_payment',
      applied_to_payment: { payment_intent: intent.id },
    });
    if (amount === remaining) return this.finish(account, intent);
    const action = intent.next_action!;
    return engine.payments.become(account, intent.id, 'payment_intent.partially_funded', {
      next_action: {
        ...action,
        display_bank_transfer_instructions: {
          ...action.display_bank_transfer_instructions!,
          amount_remaining: remaining - amount,
        },
      },
    });
  }

  private finish(account: string, intent: Intent): Intent {
    const { engine } = this;
    const method = engine.paymentMethods.need(account, idOf(intent.payment_method)!);
    const charge = engine.store.insert(
      'charge',
      account,
      newCharge(intent, {
        id: engine.ids.next('py'),
        created: engine.clock.seconds(),
        livemode: engine.livemode,
        descriptor: engine.accounts.descriptor(),
        method: { id: method.id, details: chargeDetails(method, null) },
        billing: method.billing_details,
        status: 'succeeded',
      }),
    );
    engine.events.emit(account, 'charge.succeeded', charge);
    const paid = engine.payments.succeed(account, intent, charge);
    engine.payments.settle(account, charge, transferFee, engine.clock.seconds());
    return paid;
  }

  private move(
    account: string,
    customer: string,
    net: number,
    currency: string,
    what: Pick<Transaction, 'type'> & Partial<Transaction>,
  ): Transaction {
    const { engine } = this;
    const before = engine.store.get('cash_balance', account, customer)?.available ?? {};
    const ending = (before[currency] ?? 0) + net;
    engine.store.insert('cash_balance', account, {
      id: customer,
      available: { ...before, [currency]: ending },
    });
    const transaction = engine.store.insert('customer_cash_balance_transaction', account, {
      id: engine.ids.next('ccsbtxn'),
      object: 'customer_cash_balance_transaction',
      created: engine.clock.seconds(),
      currency,
      customer,
      customer_account: null,
      ending_balance: ending,
      livemode: engine.livemode,
      net_amount: net,
      ...what,
    });
    engine.events.emit(account, 'customer_cash_balance_transaction.created', transaction);
    return transaction;
  }

  private instructions(intent: Intent): Intent['next_action'] {
    return {
      type: 'display_bank_transfer_instructions',
      display_bank_transfer_instructions: {
        amount_remaining: intent.amount,
        currency: intent.currency,
        hosted_instructions_url: null,
        reference: intent.id.slice(-10).toUpperCase(),
        type: TRANSFERS[intent.currency] ?? 'us_bank_transfer',
      },
    };
  }
}

/** What is still to be sent for an intent; null when it waits for no transfer. */
function remainingOf(intent: Intent): number | null {
  if (intent.status !== 'requires_action') return null;
  return intent.next_action?.display_bank_transfer_instructions?.amount_remaining ?? null;
}
