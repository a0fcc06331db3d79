import type Stripe from 'stripe';
import {
  AUTHENTICATION_FAILED,
  AUTHENTICATION_NEEDED,
  type Decline,
  type TestCard,
} from '../engine/cards.js';
import { stripeFee } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { docUrl, invalid, type StripeErrorBody } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { capturesLater } from './payment-intent-changes.js';
import { newCharge, outcomeOf } from './payment-objects.js';
import { chargedCard } from './charged-card.js';
import type { Attempt, AttemptOptions } from './payments.js';

type Intent = Stripe.PaymentIntent;
type Method = Stripe.PaymentMethod;

/** Paying an intent by card: straight through, or after a 3-D Secure challenge. */
export class CardPayments {
  constructor(private readonly engine: Engine) {}

  pay(account: string, intent: Intent, method: Method, options: AttemptOptions): Attempt {
    const known = this.engine.paymentMethods.testCardOf(account, method.id)!;
    const asked = !options.offSession && asksForChallenge(intent.payment_method_options?.card);
    if (!asked && !this.needsChallenge(account, known, method, options.offSession ?? false))
      return this.authorize(account, intent, method, false);
    if (options.offSession || options.errorOnAction)
      return this.decline(account, intent, method, AUTHENTICATION_NEEDED);
    const waiting = this.engine.payments.become(account, intent.id, 'payment_intent.requires_action', {
      status: 'requires_action',
      payment_method: method.id,
      last_payment_error: null,
      next_action: this.engine.challenges.action(intent, options),
    });
    return { intent: waiting, error: null };
  }

  /** Whether the bank wants to hear from the buyer. */
  needsChallenge(account: string, known: TestCard, method: Method, offSession: boolean): boolean {
    if (!known.challenge) return false;
    const { setUp } = this.engine.paymentMethods.instrument(account, method.id);
    return known.challenge === 'always' || !offSession || !setUp;
  }

  /** The buyer's answer to the challenge. */
  authenticate(account: string, intent: Intent, passed: boolean): Attempt {
    const { engine } = this;
    if (intent.status !== 'requires_action') throw invalid('This payment does not wait for authentication.');
    const method = engine.paymentMethods.need(account, idOf(intent.payment_method)!);
    if (passed) {
      // A challenge takes minutes, in which the seller can have lost the right to be paid.
      const destination = idOf(intent.transfer_data?.destination);
      if (destination)
        engine.transfers.checkDestination(
          destination,
          'transfer_data[destination]',
          idOf(intent.on_behalf_of),
        );
      return this.authorize(account, intent, method, true);
    }
    const error: StripeErrorBody = {
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      message: AUTHENTICATION_FAILED,
    };
    return engine.payments.refuse(account, intent, error, method);
  }

  private authorize(account: string, intent: Intent, method: Method, authenticated: boolean): Attempt {
    const { engine } = this;
    const known = engine.paymentMethods.testCardOf(account, method.id)!;
    if (known.decline) return this.decline(account, intent, method, known.decline, authenticated);
    const charge = this.charge(account, intent, method, known, authenticated);
    engine.store.insert('charge', account, charge);
    engine.events.emit(account, 'charge.succeeded', charge);
    if (!charge.captured) return { intent: engine.captures.hold(account, intent, charge), error: null };
    const paid = engine.payments.succeed(account, intent, charge);
    this.collect(account, charge);
    return { intent: paid, error: null };
  }

  /** Takes a charge's money into the balance, and plans what its test card does later. */
  collect(account: string, charge: Stripe.Charge): Stripe.Charge {
    const { engine } = this;
    const known = engine.paymentMethods.testCardOf(account, idOf(charge.payment_method)!);
    const availableOn = known?.availableAtOnce ? engine.clock.seconds() : engine.payouts.availableOn(account);
    return engine.payments.settle(account, charge, stripeFee, availableOn);
  }

  private charge(
    account: string,
    intent: Intent,
    method: Method,
    known: TestCard,
    authenticated: boolean,
  ): Stripe.Charge {
    const { engine } = this;
    const { decline } = known;
    const id = engine.ids.next('ch');
    const details = chargedCard(method.card!, {
      charge: id,
      amount: intent.amount,
      approved: !decline,
      sent: decline?.outcome !== 'blocked',
      authenticated,
      wishes: capturesLater(intent) ? (intent.payment_method_options?.card ?? null) : null,
    });
    return newCharge(intent, {
      id,
      created: engine.clock.seconds(),
      livemode: engine.livemode,
      descriptor: engine.accounts.descriptor(),
      method: { id: method.id, details },
      billing: method.billing_details,
      outcome: outcomeOf(known),
      status: decline ? 'failed' : capturesLater(intent) ? 'held' : 'succeeded',
    });
  }

  private decline(
    account: string,
    intent: Intent,
    method: Method,
    decline: Decline,
    authenticated = false,
  ): Attempt {
    const { engine } = this;
    const known = { ...engine.paymentMethods.testCardOf(account, method.id)!, decline };
    const charge = engine.store.insert('charge', account, {
      ...this.charge(account, intent, method, known, authenticated),
      failure_code: decline.code,
      failure_message: decline.message,
    });
    engine.events.emit(account, 'charge.failed', charge);
    const { code, decline_code, message } = decline;
    const doc_url = docUrl(code);
    const error: StripeErrorBody = {
      type: 'card_error',
      code,
      decline_code,
      doc_url,
      message,
      charge: charge.id,
    };
    return engine.payments.refuse(account, intent, error, method);
  }
}

/** Whether the platform wants 3-D Secure whatever the bank wants. */
export function asksForChallenge(
  options: { request_three_d_secure?: string | null } | null | undefined,
): boolean {
  return options?.request_three_d_secure === 'any' || options?.request_three_d_secure === 'challenge';
}
