import { Injectable } from '@nestjs/common';
import { StripeObject, type StripeObjectOwner, type StripeRef } from '#stripe';
import { PaymentsAtStripe } from './payments.stripe.js';
import type { SessionPicture } from './pictures.js';
import { SessionRecords } from './session-records.js';
import { SessionRows } from './session-rows.js';

/** Whatever Stripe tells about a payment leads to its session: one picture holds all of it, one door takes it in. */
abstract class PartOfPayment implements StripeObjectOwner<SessionPicture> {
  constructor(
    protected readonly stripe: PaymentsAtStripe,
    protected readonly rows: SessionRows,
    private readonly records: SessionRecords,
  ) {}

  abstract fetch(ref: StripeRef): Promise<SessionPicture | null>;

  record(picture: SessionPicture): Promise<void> {
    return this.records.record(picture);
  }

  /** By our own row where we know the charge already, else by what Stripe says of it. */
  protected async byCharge(id: string | null): Promise<SessionPicture | null> {
    if (!id) return null;
    const known = await this.rows.ofCharge('id', id);
    if (known) return this.stripe.session(known);
    const intent = await this.stripe.intentOfCharge(id);
    return intent ? this.stripe.sessionOfIntent(intent) : null;
  }
}

@StripeObject({
  object: 'checkout.session',
  events: {
    payments: [
      'checkout.session.completed',
      'checkout.session.expired',
      'checkout.session.async_payment_succeeded',
      'checkout.session.async_payment_failed',
    ],
  },
})
@Injectable()
export class CheckoutSessionObject extends PartOfPayment {
  constructor(stripe: PaymentsAtStripe, rows: SessionRows, records: SessionRecords) {
    super(stripe, rows, records);
  }

  fetch({ id }: StripeRef): Promise<SessionPicture | null> {
    return this.stripe.session(id);
  }

  async pending(limit: number): Promise<StripeRef[]> {
    return (await this.rows.unsettled(this.stripe.now(), limit)).map((id) => ({ id, account: null }));
  }
}

@StripeObject({
  object: 'payment_intent',
  events: {
    payments: ['payment_intent.payment_failed', 'payment_intent.succeeded', 'payment_intent.canceled'],
  },
})
@Injectable()
export class PaymentIntentObject extends PartOfPayment {
  constructor(stripe: PaymentsAtStripe, rows: SessionRows, records: SessionRecords) {
    super(stripe, rows, records);
  }

  fetch({ id }: StripeRef): Promise<SessionPicture | null> {
    return this.stripe.sessionOfIntent(id);
  }
}

@StripeObject({
  object: 'charge',
  events: { payments: ['charge.succeeded', 'charge.updated', 'charge.refunded'] },
})
@Injectable()
export class ChargeObject extends PartOfPayment {
  constructor(stripe: PaymentsAtStripe, rows: SessionRows, records: SessionRecords) {
    super(stripe, rows, records);
  }

  fetch({ id }: StripeRef): Promise<SessionPicture | null> {
    return this.byCharge(id);
  }
}

@StripeObject({ object: 'transfer', events: { payments: ['transfer.created', 'transfer.reversed'] } })
@Injectable()
export class TransferObject extends PartOfPayment {
  constructor(stripe: PaymentsAtStripe, rows: SessionRows, records: SessionRecords) {
    super(stripe, rows, records);
  }

  async fetch({ id }: StripeRef): Promise<SessionPicture | null> {
    const known = await this.rows.ofCharge('transfer_id', id);
    return known ? this.stripe.session(known) : this.byCharge(await this.stripe.chargeOfTransfer(id));
  }
}

@StripeObject({
  object: 'application_fee',
  events: { payments: ['application_fee.created', 'application_fee.refunded'] },
})
@Injectable()
export class ApplicationFeeObject extends PartOfPayment {
  constructor(stripe: PaymentsAtStripe, rows: SessionRows, records: SessionRecords) {
    super(stripe, rows, records);
  }

  async fetch({ id }: StripeRef): Promise<SessionPicture | null> {
    const known = await this.rows.ofCharge('application_fee_id', id);
    return known ? this.stripe.session(known) : this.byCharge(await this.stripe.chargeOfFee(id));
  }
}
