import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import type { StripeErrorBody } from '../engine/errors.js';
import type { Buyer } from '../engine/kinds.js';
import { idOf } from '../engine/kinds.js';
import { newIntent } from './payment-objects.js';

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;

/** How an attempt to pay ended, for the page or the call that made it. */
export type PaymentOutcome =
  | { outcome: 'succeeded'; session: Session }
  /** A delayed debit is on its way: the session is complete and unpaid. */
  | { outcome: 'processing'; session: Session }
  | { outcome: 'requires_action'; session: Session; intent: Intent }
  | { outcome: 'declined'; session: Session; error: StripeErrorBody };

/** What paying a session does, whatever the method: its intent, how attempts end, and everybody's money. */
export class Payments {
  constructor(private readonly engine: Engine) {}

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

  begin(sessionId: string, buyer: Buyer): Session {
    const session = this.engine.checkout.take(sessionId, buyer);
    this.checkDestination(sessionId);
    return session;
  }

  /** @throws Refusal when the seller may not be sent money any more. */
  checkDestination(sessionId: string): void {
    const destination = this.engine.checkout.plan(sessionId).payment.transfer_data?.destination;
    if (destination) this.engine.transfers.checkDestination(destination, 'transfer_data[destination]');
  }

  /** The session's intent; it is made by the first attempt. */
  intentFor(session: Session): Intent {
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

  refuse(session: Session, intent: Intent, error: StripeErrorBody, charge?: string): PaymentOutcome {
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

  succeed(intent: Intent, charge: Stripe.Charge): void {
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
  settle(charge: Stripe.Charge, fee: number, availableOn: number): void {
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
    engine.disputes.followTestCard(engine.platform, updated);
  }
}
