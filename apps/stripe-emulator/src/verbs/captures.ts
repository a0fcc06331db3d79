import type Stripe from 'stripe';
import { DAY, SECOND } from '../engine/clock.js';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { mergeMetadata } from './metadata.js';

type Intent = Stripe.PaymentIntent;
type Charge = Stripe.Charge;
type Params = Stripe.PaymentIntentCaptureParams;

/** Banks hold the money of a card payment without its owner's doing for so long. https://docs.stripe.com/payments/place-a-hold-on-a-payment-method */
const HOLD = 7 * DAY;

/** Payments that are authorised first and captured later, in part, or never. */
export class Captures {
  constructor(private readonly engine: Engine) {
    engine.timers.on('authorization.expire', (account, charge) => this.expire(account!, charge!));
  }

  /** The bank holds the money: the intent waits to be captured. */
  hold(account: string, intent: Intent, charge: Charge): Intent {
    const { engine } = this;
    this.holdCharge(account, charge);
    engine.paymentMethods.used(
      account,
      idOf(charge.payment_method)!,
      idOf(intent.customer),
      intent.setup_future_usage as 'off_session' | null,
    );
    return engine.payments.become(account, intent.id, 'payment_intent.amount_capturable_updated', {
      status: 'requires_capture',
      amount_capturable: charge.amount,
      latest_charge: charge.id,
      payment_method: charge.payment_method,
      last_payment_error: null,
      next_action: null,
    });
  }

  holdCharge(account: string, charge: Charge): Charge {
    const { engine } = this;
    const until = engine.clock.now() + HOLD;
    engine.timers.set(until, 'authorization.expire', [account, charge.id], `expire:${charge.id}`);
    return engine.store.update('charge', account, charge.id, {
      payment_method_details: withCard(charge, {
        amount_authorized: charge.amount,
        capture_before: Math.floor(until / SECOND),
      }),
    });
  }

  capture(account: string, id: string, params: Params): Intent {
    const { engine } = this;
    const intent = engine.payments.need(id, account);
    if (intent.status !== 'requires_capture') {
      throw invalid(
        `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
        { code: 'payment_intent_unexpected_state', extra: { payment_intent: intent } },
      );
    }
    if (params.final_capture === false) {
      throw invalid('This payment can be captured only once: it is not available for multiple captures.', {
        param: 'final_capture',
      });
    }
    const amount = params.amount_to_capture ?? intent.amount_capturable;
    if (amount > intent.amount_capturable) {
      throw invalid(
        `The amount_to_capture (${words(amount, intent.currency)}) is greater than the amount that can be captured (${words(intent.amount_capturable, intent.currency)}).`,
        { code: 'amount_too_large', param: 'amount_to_capture' },
      );
    }
    checkFee(params.application_fee_amount ?? intent.application_fee_amount, amount, intent.currency);
    const merged = engine.store.update('payment_intent', account, id, changesOf(intent, params));
    const charge = this.take(account, idOf(intent.latest_charge)!, amount, merged);
    const paid = engine.payments.succeed(account, merged, charge);
    engine.cardPayments.collect(account, charge);
    return paid;
  }

  /** Captures a charge that was made without an intent. */
  captureCharge(account: string, id: string, params: Stripe.ChargeCaptureParams): Charge {
    const { engine } = this;
    const charge = engine.store.need('charge', account, id);
    const intent = idOf(charge.payment_intent);
    if (intent) {
      this.capture(account, intent, {
        ...(params.amount !== undefined && { amount_to_capture: params.amount }),
      });
      return engine.store.need('charge', account, id);
    }
    if (charge.captured) {
      throw invalid(`Charge ${id} has already been captured.`, { code: 'charge_already_captured' });
    }
    if (charge.status !== 'succeeded' || charge.refunded)
      throw invalid(
        `Charge ${id} could not be captured: it has failed, or its authorization has been released.`,
      );
    const amount = params.amount ?? charge.amount;
    if (amount > charge.amount) {
      throw invalid('You cannot capture a charge for an amount greater than the amount already authorized.', {
        code: 'amount_too_large',
        param: 'amount',
      });
    }
    const fee = params.application_fee_amount ?? charge.application_fee_amount;
    checkFee(fee, amount, charge.currency);
    return engine.cardPayments.collect(
      account,
      this.take(account, id, amount, { application_fee_amount: fee }),
    );
  }

  /** A refund of what is only held lets it go. */
  refundHeld(account: string, charge: Charge, params: Stripe.RefundCreateParams): Stripe.Refund {
    const { engine } = this;
    if (params.amount !== undefined && params.amount !== charge.amount) {
      throw invalid('This charge is not captured yet: it can only be refunded as a whole.', {
        param: 'amount',
      });
    }
    const intent = idOf(charge.payment_intent);
    if (intent) engine.payments.cancelIntent(intent, 'requested_by_customer', account);
    else this.letGo(account, charge, charge.amount);
    return engine.store.by('refund', account, 'charge', charge.id).at(-1)!;
  }

  /** Lets the whole of an authorised payment go, because it was cancelled. */
  release(account: string, intent: Intent): void {
    const charge = this.engine.store.need('charge', account, idOf(intent.latest_charge)!);
    this.letGo(account, charge, charge.amount);
  }

  increment(account: string, id: string, params: Stripe.PaymentIntentIncrementAuthorizationParams): Intent {
    const { engine } = this;
    const intent = engine.payments.need(id, account);
    const wanted = intent.payment_method_options?.card?.request_incremental_authorization;
    if (intent.status !== 'requires_capture' || wanted !== 'if_available') {
      throw invalid('This PaymentIntent is not eligible for incremental authorization.', {
        code: 'payment_intent_unexpected_state',
      });
    }
    if (params.amount <= intent.amount) {
      throw invalid('The amount must be greater than the currently authorized amount.', { param: 'amount' });
    }
    const { amount } = params;
    const charge = engine.store.need('charge', account, idOf(intent.latest_charge)!);
    engine.store.update('charge', account, charge.id, {
      amount,
      payment_method_details: withCard(charge, { amount_authorized: amount }),
    });
    return engine.payments.become(account, id, 'payment_intent.amount_capturable_updated', {
      amount,
      amount_capturable: amount,
      ...(params.description !== undefined && { description: params.description }),
      metadata: mergeMetadata(intent.metadata, params.metadata),
      ...(params.application_fee_amount !== undefined && {
        application_fee_amount: params.application_fee_amount,
      }),
    });
  }

  private take(
    account: string,
    chargeId: string,
    amount: number,
    terms: Pick<Charge, 'application_fee_amount'> & Partial<Pick<Intent, 'transfer_data' | 'metadata'>>,
  ): Charge {
    const { engine } = this;
    engine.timers.cancel(`expire:${chargeId}`);
    const charge = engine.store.update('charge', account, chargeId, {
      captured: true,
      amount_captured: amount,
      application_fee_amount: terms.application_fee_amount,
      ...(terms.transfer_data && {
        transfer_data: {
          amount: terms.transfer_data.amount ?? null,
          destination: terms.transfer_data.destination,
        },
      }),
    });
    const taken = amount < charge.amount ? this.letGo(account, charge, charge.amount - amount) : charge;
    engine.events.emit(account, 'charge.captured', taken);
    return taken;
  }

  /** What is not captured goes back to the buyer: a refund that moves no money of ours. */
  private letGo(account: string, charge: Charge, amount: number): Charge {
    const { engine } = this;
    engine.timers.cancel(`expire:${charge.id}`);
    engine.refunds.release(account, charge, amount);
    const refunded = charge.amount_refunded + amount;
    const after = engine.store.update('charge', account, charge.id, {
      amount_refunded: refunded,
      refunded: refunded === charge.amount,
    });
    engine.events.emit(account, 'charge.refunded', after);
    return after;
  }

  private expire(account: string, chargeId: string): void {
    const { engine } = this;
    const charge = engine.store.need('charge', account, chargeId);
    if (charge.captured || charge.refunded) return;
    const intent = idOf(charge.payment_intent);
    if (intent) engine.payments.cancelIntent(intent, 'automatic', account);
    else this.letGo(account, charge, charge.amount);
    engine.events.emit(account, 'charge.expired', engine.store.need('charge', account, chargeId));
  }
}

function changesOf(intent: Intent, params: Params): Partial<Intent> {
  const { application_fee_amount, transfer_data, statement_descriptor, statement_descriptor_suffix } = params;
  return {
    metadata: mergeMetadata(intent.metadata, params.metadata),
    ...(application_fee_amount !== undefined && { application_fee_amount }),
    ...(statement_descriptor !== undefined && { statement_descriptor }),
    ...(statement_descriptor_suffix !== undefined && { statement_descriptor_suffix }),
    ...(transfer_data &&
      intent.transfer_data && {
        transfer_data: { ...intent.transfer_data, ...transfer_data } as Intent['transfer_data'],
      }),
  };
}

function withCard(
  charge: Charge,
  patch: Partial<Stripe.Charge.PaymentMethodDetails.Card>,
): Stripe.Charge.PaymentMethodDetails {
  const details = charge.payment_method_details!;
  return { ...details, card: { ...details.card!, ...patch } };
}

function checkFee(fee: number | null | undefined, amount: number, currency: string): void {
  if (!fee || fee <= amount) return;
  throw invalid(
    `The application fee must not be more than the captured amount (${words(amount, currency)}).`,
    {
      param: 'application_fee_amount',
    },
  );
}
