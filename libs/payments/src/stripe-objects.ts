import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';
import { StripeObject, type StripeObjectOwner, type StripeRef } from '#stripe';
import { PaymentAttention } from './attention.js';
import { PaymentsAtStripe } from './payments.stripe.js';
import type { SessionPicture, StrayCharge } from './pictures.js';
import { SessionRecords } from './session-records.js';
import { SessionRows } from './session-rows.js';

/** Finds a charge's session: by our own row where we know the charge already, else by what Stripe says of it. */
@Injectable()
export class SessionsOfCharges {
  constructor(
    private readonly stripe: PaymentsAtStripe,
    private readonly rows: SessionRows,
  ) {}

  async byCharge(id: string | null): Promise<SessionPicture | null> {
    if (!id) return null;
    const known = await this.rows.ofCharge('id', id);
    if (known) return this.stripe.session(known);
    const intent = await this.stripe.intentOfCharge(id);
    return intent ? this.stripe.sessionOfIntent(intent) : null;
  }
}

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

/** A charge that leads to none of our sessions is not dropped: an admin hears of it. */
@StripeObject({
  object: 'charge',
  events: { payments: ['charge.succeeded', 'charge.updated', 'charge.refunded'] },
})
@Injectable()
export class ChargeObject implements StripeObjectOwner<SessionPicture | StrayCharge> {
  constructor(
    private readonly stripe: PaymentsAtStripe,
    private readonly sessions: SessionsOfCharges,
    private readonly records: SessionRecords,
    private readonly attention: PaymentAttention,
    private readonly transactions: Transactions,
  ) {}

  async fetch({ id }: StripeRef): Promise<SessionPicture | StrayCharge | null> {
    const session = await this.sessions.byCharge(id);
    return session?.attemptId ? session : this.stripe.strayCharge(id);
  }

  async record(found: SessionPicture | StrayCharge): Promise<void> {
    if (!('strayId' in found)) return this.records.record(found);
    const words = `${found.amount.format()} came in as ${found.strayId}, which no order of ours asked for. Somebody made it in Stripe’s dashboard, or another program did.`;
    await this.transactions.run(() => this.attention.note('no_order', null, found.strayId, words));
  }
}

@StripeObject({ object: 'transfer', events: { payments: ['transfer.created', 'transfer.reversed'] } })
@Injectable()
export class TransferObject extends PartOfPayment {
  constructor(
    stripe: PaymentsAtStripe,
    rows: SessionRows,
    records: SessionRecords,
    private readonly sessions: SessionsOfCharges,
  ) {
    super(stripe, rows, records);
  }

  async fetch({ id }: StripeRef): Promise<SessionPicture | null> {
    const known = await this.rows.ofCharge('transfer_id', id);
    return known
      ? this.stripe.session(known)
      : this.sessions.byCharge(await this.stripe.chargeOfTransfer(id));
  }
}

@StripeObject({
  object: 'application_fee',
  events: { payments: ['application_fee.created', 'application_fee.refunded'] },
})
@Injectable()
export class ApplicationFeeObject extends PartOfPayment {
  constructor(
    stripe: PaymentsAtStripe,
    rows: SessionRows,
    records: SessionRecords,
    private readonly sessions: SessionsOfCharges,
  ) {
    super(stripe, rows, records);
  }

  async fetch({ id }: StripeRef): Promise<SessionPicture | null> {
    const known = await this.rows.ofCharge('application_fee_id', id);
    return known ? this.stripe.session(known) : this.sessions.byCharge(await this.stripe.chargeOfFee(id));
  }
}
