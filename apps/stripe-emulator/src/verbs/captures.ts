import type Stripe from 'stripe';
import { DAY, SECOND } from '../engine/clock.js';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { mergeMetadata } from './metadata.js';
import { futureUsageOf } from './payment-intent-changes.js';

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
      futureUsageOf(intent, 'card'),
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
    const destination = idOf(intent.transfer_data?.destination);
    if (destination)
      engine.transfers.checkDestination(destination, 'transfer_data[destination]', idOf(intent.on_behalf_of));
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
    if (!this.isHeld(account, charge)) {
      throw invalid(`Charge ${id} could not be captured: it has failed, or its authorization has ended.`, {
        code: 'charge_expired_for_capture',
      });
    }
    const amount = params.amount ?? charge.amount;
    if (amount > charge.amount) {
      throw invalid('You cannot capture a charge for an amount greater than the amount already authorized.', {
        code: 'amount_too_large',
        param: 'amount',
      });
    }
    const application_fee_amount = params.application_fee_amount ?? charge.application_fee_amount;
    return engine.cardPayments.collect(account, this.take(account, id, amount, { application_fee_amount }));
  }

  /** Whether the bank still holds the money of a charge for us. */
  isHeld(account: string, charge: Charge): boolean {
    const { clock, store } = this.engine;
    if (charge.captured || charge.refunded || charge.status !== 'succeeded') return false;
    const intent = idOf(charge.payment_intent);
    if (intent) return store.need('payment_intent', account, intent).status === 'requires_capture';
    return clock.seconds() < charge.payment_method_details!.card!.capture_before!;
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
    else this.release(charge.id);
    return engine.refunds.ofHeld(account, charge);
  }

  /**
   * The buyer's bank lets the money go. Nobody had it, so there is no refund, and the charge stays as it is.
   * https://support.stripe.com/questions/changes-to-balance-transaction-behavior-for-partial-capture-and-payment-cancellation-flows
   */
  release(chargeId: string): void {
    this.engine.timers.cancel(`expire:${chargeId}`);
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
      payment_method_details: withCard(charge, {
        amount_authorized: amount,
        overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
      }),
    });
    return engine.payments.become(account, id, 'payment_intent.amount_capturable_updated', {
      ...changesOf(intent, params),
      amount,
      amount_capturable: amount,
      ...(params.description !== undefined && { description: params.description }),
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
    const { application_fee_amount: fee, transfer_data: transfer } = terms;
    const charge = engine.store.update('charge', account, chargeId, {
      captured: true,
      amount_captured: amount,
      application_fee_amount: fee && Math.min(fee, amount),
      ...(transfer && {
        transfer_data: { amount: transfer.amount ?? null, destination: transfer.destination },
      }),
    });
    engine.events.emit(account, 'charge.captured', charge);
    return charge;
  }

  private expire(account: string, chargeId: string): void {
    const { engine } = this;
    const charge = engine.store.need('charge', account, chargeId);
    const intent = idOf(charge.payment_intent);
    if (intent) engine.payments.cancelIntent(intent, 'expired', account);
    engine.events.emit(account, 'charge.expired', charge);
  }
}

type Terms = Pick<
  Params,
  | 'application_fee_amount'
  | 'metadata'
  | 'statement_descriptor'
  | 'statement_descriptor_suffix'
  | 'transfer_data'
>;

/** What can still be changed of a payment that is authorised. */
function changesOf(intent: Intent, params: Terms): Partial<Intent> {
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
