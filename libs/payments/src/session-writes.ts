import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { OrderPayments } from '#orders';
import {
  type Attempt,
  type CallOptions,
  StripeApi,
  type StripeRefusal,
  type StripeWrite,
  StripeWriteKind,
} from '#stripe';
import { PaymentAttention } from './attention.js';
import { PaymentsAtStripe } from './payments.stripe.js';
import type { SessionPicture } from './pictures.js';
import { sessionEnd } from './session-request.js';
import { SessionRecords } from './session-records.js';
import { SessionRows } from './session-rows.js';

export const CREATE_SESSION = 'checkout_session.create';
export const EXPIRE_SESSION = 'checkout_session.expire';

/** The subject of both writes is our row of the attempt at paying, `cks_…`. */
@StripeWriteKind(CREATE_SESSION)
@Injectable()
export class CreateSession implements StripeWrite<Stripe.Checkout.SessionCreateParams, SessionPicture> {
  constructor(
    private readonly stripe: PaymentsAtStripe,
    private readonly records: SessionRecords,
    private readonly rows: SessionRows,
    private readonly orders: OrderPayments,
    private readonly attention: PaymentAttention,
    private readonly api: StripeApi,
  ) {}

  call(request: Stripe.Checkout.SessionCreateParams, options: CallOptions): Promise<SessionPicture> {
    return this.stripe.createSession(request, options);
  }

  record(picture: SessionPicture): Promise<void> {
    return this.records.take(picture);
  }

  /** Nothing exists at Stripe that could still be paid, so the stock may go back at once. */
  async refused(refusal: StripeRefusal, attempt: Attempt): Promise<void> {
    const row = (await this.rows.byId(attempt.subject_id))!;
    await this.orders.cancel(row.order_id, 'refused');
    await this.rows.refuse(row.id, refusal.code);
    await this.attention.note(
      'refused',
      row.order_id,
      null,
      `Stripe refused the payment page: ${refusal.message}`,
    );
  }

  /**
   * An attempt that waited, or a clock that was wrong: the page's last hour is counted from Stripe's time now. A customer
   * that somebody deleted at Stripe: its page asks the buyer for the address instead.
   */
  mended(
    refusal: StripeRefusal,
    { request }: Attempt<Stripe.Checkout.SessionCreateParams>,
  ): Stripe.Checkout.SessionCreateParams | null {
    if (refusal.param === 'expires_at') return { ...request, expires_at: sessionEnd(this.api.now()) };
    const { customer, ...rest } = request;
    return customer && refusal.param === 'customer' ? rest : null;
  }

  find(attempt: Attempt): Promise<SessionPicture | null> {
    return this.stripe.sessionOfAttempt(attempt.subject_id, attempt.opened_at);
  }
}

interface ExpireRequest {
  readonly session: string;
}

@StripeWriteKind(EXPIRE_SESSION)
@Injectable()
export class ExpireSession implements StripeWrite<ExpireRequest, SessionPicture> {
  constructor(
    private readonly stripe: PaymentsAtStripe,
    private readonly records: SessionRecords,
  ) {}

  call({ session }: ExpireRequest, options: CallOptions): Promise<SessionPicture> {
    return this.stripe.expireSession(session, options);
  }

  record(picture: SessionPicture): Promise<void> {
    return this.records.take(picture);
  }

  /** It was complete or expired already: who asked looks at it and records what it is. */
  async refused(): Promise<void> {}

  /** Only an ended session is an answer; an open one means that it must be asked again. */
  async find({ request }: Attempt<ExpireRequest>): Promise<SessionPicture | null> {
    const picture = await this.stripe.session(request.session);
    return picture && picture.status !== 'open' ? picture : null;
  }
}
