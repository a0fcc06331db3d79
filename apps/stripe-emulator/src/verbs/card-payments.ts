import type Stripe from 'stripe';
import { AUTHENTICATION_FAILED, testCard, type Decline } from '../engine/cards.js';
import { stripeFee } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid, Refusal, type StripeErrorBody } from '../engine/errors.js';
import type { Buyer, CardInput } from '../engine/kinds.js';
import { idOf } from '../engine/kinds.js';
import { cardDetails, newCharge } from './payment-objects.js';
import type { PaymentOutcome } from './payments.js';

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;

/** Paying a session by card: straight through, or after a 3-D Secure challenge. */
export class CardPayments {
  constructor(private readonly engine: Engine) {}

  /** @throws Refusal when the session can't be paid or the number is no test card; neither counts as an attempt. */
  pay(sessionId: string, card: CardInput, buyer: Buyer = {}): PaymentOutcome {
    const { engine } = this;
    const known = testCard(card.number);
    if (!known) throw wrongNumber();
    const session = engine.payments.begin(sessionId, buyer);
    const intent = engine.payments.intentFor(session);
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
    const intent = engine.payments.need(idOf(session.payment_intent)!);
    if (passed) {
      // A challenge takes minutes, in which the seller can have lost the right to be paid.
      engine.payments.checkDestination(sessionId);
      return this.authorize(session, intent, challenge.card, challenge.buyer, true);
    }
    const error: StripeErrorBody = {
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      message: AUTHENTICATION_FAILED,
    };
    return engine.payments.refuse(session, intent, error);
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
      descriptor: engine.accounts.descriptor(),
      method: {
        id: engine.ids.next('pm'),
        details: cardDetails(card, known, engine.clock.seconds(), authenticated),
      },
      buyer,
      status: known.decline ? 'failed' : 'succeeded',
    });
    if (known.decline) return this.decline(session, intent, charge, known.decline);
    engine.store.insert('charge', engine.platform, charge);
    engine.payments.succeed(intent, charge);
    const completed = engine.checkout.complete(session.id, 'paid');
    const fee = stripeFee(charge.amount, charge.currency);
    engine.payments.settle(
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
    return engine.payments.refuse(session, intent, error, charge.id);
  }
}

function wrongNumber(): Refusal {
  const message = 'Your card number is incorrect.';
  return new Refusal(402, { type: 'card_error', code: 'incorrect_number', message, param: 'number' });
}
