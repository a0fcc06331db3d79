import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import type { StripeErrorBody } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { feeDetail } from './dispute-money.js';
import { futureUsageOf } from './payment-intent-changes.js';

type Intent = Stripe.PaymentIntent;
type Method = Stripe.PaymentMethod;
type Price = (amount: number, currency: string) => number;

/** How an attempt to pay ended: the intent's status says it, and a refusal says why. */
export interface Attempt {
  intent: Intent;
  error: StripeErrorBody | null;
}

/** What an attempt is made with, beside the method. */
export interface AttemptOptions {
  /** The buyer is not there to be asked. */
  offSession?: boolean;
  errorOnAction?: boolean;
  /** Where the buyer goes after a challenge. */
  returnUrl?: string | null;
  /** A page of the emulator that asks the buyer; left out: the one for intents. */
  challengeUrl?: string;
  mandate?: string | null;
}

/** What every payment does, whatever the method: how attempts end, and everybody's money. */
export class Payments {
  private readonly followers: ((account: string, intent: Intent) => void)[] = [];

  constructor(private readonly engine: Engine) {}

  /** Whoever made an intent for a purpose of its own hears of every change of its status. */
  follow(follower: (account: string, intent: Intent) => void): void {
    this.followers.push(follower);
  }

  need(id: string, account = this.engine.platform): Intent {
    return this.engine.store.need('payment_intent', account, id, 'intent');
  }

  /** @throws Refusal when the method is used up or the seller may not be sent money. */
  attempt(account: string, intent: Intent, method: Method, options: AttemptOptions = {}): Attempt {
    const { engine } = this;
    engine.accounts.checkCharges(account);
    const destination = idOf(intent.transfer_data?.destination);
    if (destination)
      engine.transfers.checkDestination(destination, 'transfer_data[destination]', idOf(intent.on_behalf_of));
    engine.paymentMethods.checkUnspent(account, method);
    if (method.type === 'customer_balance') return engine.cashBalances.pay(account, intent, method);
    if (method.type === 'card') return engine.cardPayments.pay(account, intent, method, options);
    return engine.bankDebits.pay(account, intent, method, options.mandate ?? null);
  }

  cancelIntent(id: string, reason: Intent['cancellation_reason'], account = this.engine.platform): Intent {
    const { engine } = this;
    const intent = this.need(id, account);
    if (intent.status === 'succeeded' || intent.status === 'canceled') return intent;
    if (intent.status === 'requires_capture') engine.captures.release(idOf(intent.latest_charge)!);
    engine.cashBalances.giveBack(account, intent);
    return this.become(account, id, 'payment_intent.canceled', {
      status: 'canceled',
      amount_capturable: 0,
      canceled_at: engine.clock.seconds(),
      cancellation_reason: reason,
      next_action: null,
    });
  }

  /** Changes an intent, tells the world, then whoever follows it. */
  become(account: string, id: string, event: Stripe.Event['type'], patch: Partial<Intent>): Intent {
    const { engine } = this;
    const intent = engine.store.update('payment_intent', account, id, patch);
    engine.events.emit(account, event, intent);
    for (const follower of this.followers) follower(account, intent);
    return this.need(id, account);
  }

  refuse(account: string, intent: Intent, error: StripeErrorBody, method: Method): Attempt {
    const { charge } = error;
    const failed = this.become(account, intent.id, 'payment_intent.payment_failed', {
      status: 'requires_payment_method',
      next_action: null,
      payment_method: null,
      last_payment_error: { ...error, payment_method: method } as Intent['last_payment_error'],
      ...(charge && { latest_charge: charge }),
    });
    return { intent: failed, error };
  }

  succeed(account: string, intent: Intent, charge: Stripe.Charge): Intent {
    this.engine.paymentMethods.used(
      account,
      idOf(charge.payment_method)!,
      idOf(intent.customer),
      futureUsageOf(intent, charge.payment_method_details!.type),
    );
    return this.become(account, intent.id, 'payment_intent.succeeded', {
      status: 'succeeded',
      amount_capturable: 0,
      amount_received: charge.amount_captured,
      latest_charge: charge.id,
      payment_method: charge.payment_method,
      last_payment_error: null,
      next_action: null,
    });
  }

  /**
   * Where the money goes. As at Stripe with asynchronous capture, the charge is announced first, and its balance
   * transaction, transfer and fee come with `charge.updated`.
   * @param price what Stripe asks for an amount, as it reaches the balance
   */
  settle(account: string, charge: Stripe.Charge, price: Price, availableOn: number): Stripe.Charge {
    const { engine } = this;
    const { amount, currency } = engine.settlement.into(account, charge.amount_captured, charge.currency);
    const stripes = feeDetail(price(amount, currency), currency, 'Stripe processing fees');
    const payer = engine.accounts.payerOfFees(account);
    const application = account === engine.platform ? null : engine.fees.detailOf(charge);
    const transaction = engine.ledger.post(account, {
      type: charge.id.startsWith('py_') ? 'payment' : 'charge',
      amount: charge.amount_captured,
      currency: charge.currency,
      source: charge.id,
      description: charge.description,
      fees: [...(application ? [application] : []), ...(payer === account ? [stripes] : [])],
      availableOn,
    });
    if (payer !== account) this.chargePlatform(payer, charge, stripes, availableOn);
    const settled = engine.store.update('charge', account, charge.id, {
      balance_transaction: transaction.id,
    });
    const patch = charge.transfer_data
      ? engine.transfers.forDestinationCharge(settled, availableOn)
      : application
        ? { application_fee: engine.fees.collectDirect(account, settled, transaction, availableOn).id }
        : {};
    const updated = engine.store.update('charge', account, charge.id, patch);
    engine.events.emit(account, 'charge.updated', updated, charge);
    if (availableOn <= engine.clock.seconds()) engine.ledger.announce(account);
    engine.refundOutcomes.retryWaiting(account);
    engine.disputes.followTestCard(account, updated);
    return engine.store.need('charge', account, charge.id);
  }

  /** Stripe's fee on a direct charge, where the platform took that on for the account. */
  private chargePlatform(
    platform: string,
    charge: Stripe.Charge,
    fee: Stripe.BalanceTransaction.FeeDetail,
    availableOn: number,
  ): void {
    this.engine.ledger.post(platform, {
      type: 'stripe_fee',
      amount: -fee.amount,
      currency: fee.currency,
      source: charge.id,
      description: fee.description,
      availableOn,
      category: 'fee',
    });
  }
}
