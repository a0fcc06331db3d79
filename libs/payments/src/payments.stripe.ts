import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Clock, InvariantError, Money } from '#kernel';
import { type CallOptions, orNull, StripeApi } from '#stripe';
import type { ChargePicture, Decline, SessionPicture, StrayCharge } from './pictures.js';
import { declineWords } from './session.rules.js';

const CHARGE = 'payment_intent.latest_charge';
const EXPANDED = [`${CHARGE}.balance_transaction`, `${CHARGE}.transfer`, `${CHARGE}.application_fee`];

/** Everything that payments ask of Stripe; the only place that knows the shapes of Stripe's objects. */
@Injectable()
export class PaymentsAtStripe {
  constructor(
    private readonly stripe: StripeApi,
    private readonly clock: Clock,
  ) {}

  /** The time by which sessions run out. */
  now(): Date {
    return this.stripe.now();
  }

  async createSession(
    request: Stripe.Checkout.SessionCreateParams,
    options: CallOptions,
  ): Promise<SessionPicture> {
    const askedAt = this.clock.now();
    return picture(await this.stripe.sdk.checkout.sessions.create(request, options), askedAt);
  }

  async expireSession(id: string, options: CallOptions): Promise<SessionPicture> {
    const askedAt = this.clock.now();
    return picture(await this.stripe.sdk.checkout.sessions.expire(id, {}, options), askedAt);
  }

  /** The session with its charge and all that the charge moved. */
  async session(id: string): Promise<SessionPicture | null> {
    const askedAt = this.clock.now();
    const found = await orNull(this.stripe.sdk.checkout.sessions.retrieve(id, { expand: EXPANDED }));
    return found && picture(found, askedAt);
  }

  async sessionOfIntent(paymentIntent: string): Promise<SessionPicture | null> {
    const askedAt = this.clock.now();
    const expand = EXPANDED.map((path) => `data.${path}`);
    const { data } = await this.stripe.sdk.checkout.sessions.list({
      payment_intent: paymentIntent,
      limit: 1,
      expand,
    });
    return data[0] ? picture(data[0], askedAt) : null;
  }

  /** Sessions can't be searched by metadata, so those made since then are looked through. */
  async sessionOfAttempt(attemptId: string, since: Date): Promise<SessionPicture | null> {
    // Stripe stamps whole seconds by its own clock.
    const gte = Math.floor(since.getTime() / 1000) - 300;
    const list = this.stripe.sdk.checkout.sessions.list({ created: { gte }, limit: 100 });
    for await (const session of list)
      if (session.metadata?.['attempt'] === attemptId) return this.session(session.id);
    return null;
  }

  async intentOfCharge(id: string): Promise<string | null> {
    return idOf((await orNull(this.stripe.sdk.charges.retrieve(id)))?.payment_intent);
  }

  /** Null where nothing was taken. */
  async strayCharge(id: string): Promise<StrayCharge | null> {
    const charge = await orNull(this.stripe.sdk.charges.retrieve(id));
    if (charge?.status !== 'succeeded' || !charge.captured) return null;
    return { strayId: id, amount: Money.of(BigInt(charge.amount), charge.currency) };
  }

  async chargeOfTransfer(id: string): Promise<string | null> {
    return idOf((await orNull(this.stripe.sdk.transfers.retrieve(id)))?.source_transaction);
  }

  async chargeOfFee(id: string): Promise<string | null> {
    const fee = await orNull(this.stripe.sdk.applicationFees.retrieve(id));
    // `charge` is the payment on the seller's account where the fee came with a destination charge.
    return idOf(fee?.originating_transaction) ?? idOf(fee?.charge);
  }

  createCustomer(request: Stripe.CustomerCreateParams, options: CallOptions): Promise<{ id: string }> {
    return this.stripe.sdk.customers.create(request, options);
  }

  async customerOf(userId: string, email: string): Promise<{ id: string } | null> {
    for await (const customer of this.stripe.sdk.customers.list({ email, limit: 100 }))
      if (customer.metadata['user_id'] === userId) return customer;
    return null;
  }
}

function picture(session: Stripe.Checkout.Session, askedAt: Date): SessionPicture {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null;
  const paid = session.status === 'complete' && session.payment_status === 'paid';
  const charge = paid && typeof intent?.latest_charge === 'object' ? intent.latest_charge : null;
  return {
    id: session.id,
    attemptId: session.metadata?.['attempt'] ?? null,
    status: statusOf(session),
    paid,
    intentStatus: intent?.status ?? null,
    paymentIntentId: idOf(session.payment_intent),
    url: session.url,
    expiresAt: new Date(session.expires_at * 1000),
    decline: declineOf(intent),
    charge: charge && chargePicture(charge),
    askedAt,
  };
}

const statuses = ['open', 'complete', 'expired'] as const;

function statusOf({ id, status }: Stripe.Checkout.Session): SessionPicture['status'] {
  const known = statuses.find((each) => each === status);
  if (!known) throw new InvariantError(`session ${id} is in a state we do not know: ${status}`);
  return known;
}

function declineOf(intent: Stripe.PaymentIntent | null): Decline | null {
  const error = intent?.last_payment_error;
  if (!error) return null;
  const code = error.decline_code ?? error.code ?? 'declined';
  return { code, words: declineWords(code) };
}

function chargePicture(charge: Stripe.Charge): ChargePicture {
  const booked = expanded(charge.balance_transaction, 'balance_transaction');
  const transfer = expanded(charge.transfer ?? null, 'transfer');
  const fee = expanded(charge.application_fee, 'application_fee');
  return {
    id: charge.id,
    presentment: Money.of(BigInt(charge.amount), charge.currency),
    settlement: booked && Money.of(BigInt(booked.amount), booked.currency),
    exchangeRate: booked?.exchange_rate ? String(booked.exchange_rate) : null,
    balanceTransaction: booked?.id ?? null,
    transferId: transfer?.id ?? null,
    transferred: transfer && Money.of(BigInt(transfer.amount), transfer.currency),
    destinationPaymentId: idOf(transfer?.destination_payment),
    applicationFeeId: fee?.id ?? null,
    fee: fee && Money.of(BigInt(fee.amount), fee.currency),
    refunded: BigInt(charge.amount_refunded),
    feeRefunded: BigInt(fee?.amount_refunded ?? 0),
    reversed: BigInt(transfer?.amount_reversed ?? 0),
    disputed: charge.disputed,
    chargedAt: new Date(charge.created * 1000),
  };
}

function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}

function expanded<T extends object>(value: T | string | null, name: string): T | null {
  if (typeof value === 'string') throw new InvariantError(`${name} was asked for and came as an id`);
  return value;
}
