import type Stripe from 'stripe';
import { AUTHENTICATION_FAILED, debitFailure, testCard, type Decline } from '../engine/cards.js';
import { DAY } from '../engine/clock.js';
import { debitFee, stripeFee } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid, Refusal, type StripeErrorBody } from '../engine/errors.js';
import type { Buyer, CardInput } from '../engine/kinds.js';
import { idOf } from '../engine/kinds.js';
import { debitDetails } from './debit-details.js';
import { cardDetails, newCharge, newIntent } from './payment-objects.js';

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;

/** How an attempt to pay ended, for the page or the call that made it. */
export type PaymentOutcome =
  | { outcome: 'succeeded'; session: Session }
  /** A delayed debit is on its way: the session is complete and unpaid. */
  | { outcome: 'processing'; session: Session }
  | { outcome: 'requires_action'; session: Session; intent: Intent }
  | { outcome: 'declined'; session: Session; error: StripeErrorBody };

/** Bank debits take so long to come through. */
const DEBIT_DELAY = 3 * DAY;

/** Paying a session: card, 3-D Secure, delayed debit; and what succeeding does to everybody's money. */
export class Payments {
  constructor(private readonly engine: Engine) {
    engine.timers.on('debit.settle', (session, charge, number) =>
      this.settleDebit(session!, charge!, number!),
    );
  }

  /** @throws Refusal when the session can't be paid or the number is no test card; neither counts as an attempt. */
  payWithCard(sessionId: string, card: CardInput, buyer: Buyer = {}): PaymentOutcome {
    const { engine } = this;
    const known = testCard(card.number);
    if (!known) throw wrongNumber();
    const session = this.begin(sessionId, buyer);
    const intent = this.intentFor(session);
    if (!known.challenge) return this.authorize(session, intent, card, buyer, false);
    engine.store.update('checkout_plan', '', sessionId, { challenge: { card, buyer } });
    const waiting = engine.store.update('payment_intent', engine.platform, intent.id, {
      status: 'requires_action',
      last_payment_error: null,
      next_action: {
        type: 'redirect_to_url',
        redirect_to_url: { url: `${engine.baseUrl}/c/pay/${sessionId}/3ds`, return_url: session.success_url },
      },
    });
    engine.events.emit(engine.platform, 'payment_intent.requires_action', waiting);
    return { outcome: 'requires_action', session, intent: waiting };
  }

  /** The buyer's answer to the 3-D Secure challenge. */
  authenticate(sessionId: string, passed: boolean): PaymentOutcome {
    const { engine } = this;
    const session = engine.checkout.need(sessionId);
    const { challenge } = engine.checkout.plan(sessionId);
    if (!challenge || session.status !== 'open')
      throw invalid('No payment of this session waits for authentication.');
    engine.store.update('checkout_plan', '', sessionId, { challenge: null });
    const intent = this.need(idOf(session.payment_intent)!);
    if (passed) return this.authorize(session, intent, challenge.card, challenge.buyer, true);
    const error: StripeErrorBody = {
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      message: AUTHENTICATION_FAILED,
    };
    return this.refuse(session, intent, error);
  }

  /** A delayed debit: complete at once, paid or not days later. The account number decides. */
  payWithBankDebit(sessionId: string, accountNumber = '000123456789', buyer: Buyer = {}): PaymentOutcome {
    const { engine } = this;
    const session = this.begin(sessionId, buyer);
    const type = session.payment_method_types.find((name) => name !== 'card');
    if (!type) throw invalid(`No bank debit is offered for ${session.currency}.`);
    const intent = this.intentFor(session);
    const charge = engine.store.insert('charge', engine.platform, {
      ...newCharge(intent, {
        id: engine.ids.next('py'),
        created: engine.clock.seconds(),
        livemode: engine.livemode,
        method: { id: engine.ids.next('pm'), details: debitDetails(type, accountNumber) },
        buyer,
        status: 'pending',
      }),
    });
    const processing = engine.store.update('payment_intent', engine.platform, intent.id, {
      status: 'processing',
      latest_charge: charge.id,
      payment_method: charge.payment_method,
      last_payment_error: null,
    });
    engine.events.emit(engine.platform, 'payment_intent.processing', processing);
    engine.events.emit(engine.platform, 'charge.pending', charge);
    const due = engine.clock.now() + DEBIT_DELAY;
    engine.timers.set(due, 'debit.settle', [sessionId, charge.id, accountNumber]);
    return { outcome: 'processing', session: engine.checkout.complete(sessionId, 'unpaid') };
  }

  cancelIntent(id: string, reason: Intent['cancellation_reason']): void {
    const { engine } = this;
    const intent = this.need(id);
    if (intent.status === 'succeeded' || intent.status === 'canceled') return;
    const canceled = engine.store.update('payment_intent', engine.platform, id, {
      status: 'canceled',
      canceled_at: engine.clock.seconds(),
      cancellation_reason: reason,
      next_action: null,
    });
    engine.events.emit(engine.platform, 'payment_intent.canceled', canceled);
  }

  need(id: string): Intent {
    return this.engine.store.need('payment_intent', this.engine.platform, id, 'intent');
  }

  private begin(sessionId: string, buyer: Buyer): Session {
    const session = this.engine.checkout.take(sessionId, buyer);
    const destination = this.engine.checkout.plan(sessionId).payment.transfer_data?.destination;
    if (destination) this.engine.transfers.checkDestination(destination, 'transfer_data[destination]');
    return session;
  }

  /** The session's intent; it is made by the first attempt. */
  private intentFor(session: Session): Intent {
    const { engine } = this;
    const { payment } = engine.checkout.plan(session.id);
    const shipping = session.collected_information?.shipping_details ?? payment.shipping ?? null;
    const existing = idOf(session.payment_intent);
    if (existing) {
      const patch = { amount: session.amount_total!, shipping: shipping as Intent['shipping'] };
      return engine.store.update('payment_intent', engine.platform, existing, patch);
    }
    const intent = engine.store.insert('payment_intent', engine.platform, {
      ...newIntent({
        id: engine.ids.next('pi'),
        secret: engine.ids.next('x').slice(2),
        created: engine.clock.seconds(),
        livemode: engine.livemode,
        amount: session.amount_total!,
        currency: session.currency!,
        customer: idOf(session.customer),
        types: session.payment_method_types,
        data: payment,
      }),
      shipping: shipping as Intent['shipping'],
    });
    engine.store.update('checkout_session', engine.platform, session.id, { payment_intent: intent.id });
    engine.events.emit(engine.platform, 'payment_intent.created', intent);
    return intent;
  }

  private authorize(
    session: Session,
    intent: Intent,
    card: CardInput,
    buyer: Buyer,
    authenticated: boolean,
  ): PaymentOutcome {
    const { engine } = this;
    const known = testCard(card.number)!;
    const charge = newCharge(intent, {
      id: engine.ids.next('ch'),
      created: engine.clock.seconds(),
      livemode: engine.livemode,
      method: {
        id: engine.ids.next('pm'),
        details: cardDetails(card, known, engine.clock.seconds(), authenticated),
      },
      buyer,
      status: known.decline ? 'failed' : 'succeeded',
    });
    if (known.decline) return this.decline(session, intent, charge, known.decline);
    engine.store.insert('charge', engine.platform, charge);
    this.succeed(intent, charge);
    const completed = engine.checkout.complete(session.id, 'paid');
    const fee = stripeFee(charge.amount, charge.currency);
    this.settle(
      charge,
      fee,
      known.availableAtOnce ? engine.clock.seconds() : engine.payouts.availableOn(engine.platform),
    );
    return { outcome: 'succeeded', session: completed };
  }

  private decline(session: Session, intent: Intent, charge: Stripe.Charge, decline: Decline): PaymentOutcome {
    const { engine } = this;
    const blocked = decline.outcome === 'blocked';
    const failed = engine.store.insert('charge', engine.platform, {
      ...charge,
      failure_code: decline.code,
      failure_message: decline.message,
      outcome: {
        ...charge.outcome!,
        network_status: blocked ? 'not_sent_to_network' : 'declined_by_network',
        reason: blocked ? 'highest_risk_level' : decline.decline_code,
        risk_level: blocked ? 'highest' : 'normal',
        risk_score: blocked ? 90 : 20,
        seller_message: blocked
          ? 'Stripe blocked this payment as too risky.'
          : 'The bank did not return any further details with this decline.',
        type: decline.outcome,
      },
    });
    engine.events.emit(engine.platform, 'charge.failed', failed);
    const { code, decline_code, message } = decline;
    const error: StripeErrorBody = { type: 'card_error', code, decline_code, message, charge: charge.id };
    return this.refuse(session, intent, error, charge.id);
  }

  private refuse(session: Session, intent: Intent, error: StripeErrorBody, charge?: string): PaymentOutcome {
    const { engine } = this;
    const failed = engine.store.update('payment_intent', engine.platform, intent.id, {
      status: 'requires_payment_method',
      next_action: null,
      last_payment_error: error as Stripe.PaymentIntent.LastPaymentError,
      ...(charge && { latest_charge: charge }),
    });
    engine.events.emit(engine.platform, 'payment_intent.payment_failed', failed);
    return { outcome: 'declined', session, error };
  }

  private succeed(intent: Intent, charge: Stripe.Charge): void {
    const { engine } = this;
    engine.events.emit(engine.platform, 'charge.succeeded', charge);
    const succeeded = engine.store.update('payment_intent', engine.platform, intent.id, {
      status: 'succeeded',
      amount_received: charge.amount,
      latest_charge: charge.id,
      payment_method: charge.payment_method,
      last_payment_error: null,
      next_action: null,
    });
    engine.events.emit(engine.platform, 'payment_intent.succeeded', succeeded);
  }

  /**
   * Where the money goes. As at Stripe with asynchronous capture, the charge is announced first, and its balance
   * transaction, transfer and fee come with `charge.updated`.
   */
  private settle(charge: Stripe.Charge, fee: number, availableOn: number): void {
    const { engine } = this;
    const transaction = engine.ledger.post(engine.platform, {
      type: charge.id.startsWith('py_') ? 'payment' : 'charge',
      amount: charge.amount,
      currency: charge.currency,
      source: charge.id,
      description: charge.description,
      fees: [
        {
          amount: fee,
          application: null,
          currency: charge.currency,
          description: 'Stripe processing fees',
          type: 'stripe_fee',
        },
      ],
      availableOn,
    });
    const settled = engine.store.update('charge', engine.platform, charge.id, {
      balance_transaction: transaction.id,
    });
    const patch = charge.transfer_data ? engine.transfers.forDestinationCharge(settled, availableOn) : {};
    const updated = engine.store.update('charge', engine.platform, charge.id, patch);
    engine.events.emit(engine.platform, 'charge.updated', updated, { balance_transaction: null });
    engine.refunds.retryWaiting(engine.platform);
  }

  private settleDebit(sessionId: string, chargeId: string, accountNumber: string): void {
    const { engine } = this;
    const session = engine.checkout.need(sessionId);
    const intent = this.need(idOf(session.payment_intent)!);
    const failure = debitFailure(accountNumber);
    if (!failure) {
      const charge = engine.store.update('charge', engine.platform, chargeId, {
        status: 'succeeded',
        paid: true,
        captured: true,
        amount_captured: intent.amount,
      });
      this.succeed(intent, charge);
      engine.checkout.settleDelayed(sessionId, true);
      this.settle(charge, debitFee(charge.amount), engine.clock.seconds());
      return;
    }
    const failed = engine.store.update('charge', engine.platform, chargeId, {
      status: 'failed',
      failure_code: failure.code,
      failure_message: failure.message,
    });
    engine.events.emit(engine.platform, 'charge.failed', failed);
    this.refuse(session, intent, { type: 'invalid_request_error', ...failure }, chargeId);
    engine.checkout.settleDelayed(sessionId, false);
  }
}

function wrongNumber(): Refusal {
  const message = 'Your card number is incorrect.';
  return new Refusal(402, { type: 'card_error', code: 'incorrect_number', message, param: 'number' });
}
