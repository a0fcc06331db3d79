import { Injectable } from '@nestjs/common';
import { InvariantError } from '#kernel';
import { OrderPayments, Orders } from '#orders';
import { Log, Transactions } from '#platform';
import { Charges } from './charges.js';
import { PaymentsAtStripe } from './payments.stripe.js';
import type { SessionPicture } from './pictures.js';
import { SessionRows } from './session-rows.js';
import { isOlder, outcomeOf } from './session.rules.js';

/**
 * The one door by which Stripe's word about a payment comes in: answers of calls, webhooks, sweeps and buttons all end
 * here. An older picture, the same one twice, and pictures in reverse order leave the same rows behind.
 */
@Injectable()
export class SessionRecords {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: PaymentsAtStripe,
    private readonly rows: SessionRows,
    private readonly orders: Orders,
    private readonly payments: OrderPayments,
    private readonly charges: Charges,
    private readonly log: Log,
  ) {}

  /** Outside a transaction: a paid session without its charge is fetched again first. */
  async record(picture: SessionPicture): Promise<void> {
    const whole = picture.paid && !picture.charge ? await this.stripe.session(picture.id) : picture;
    if (whole) await this.transactions.run(() => this.take(whole));
  }

  /** In a transaction. */
  async take(picture: SessionPicture): Promise<void> {
    const found = picture.attemptId ? await this.rows.byId(picture.attemptId) : null;
    if (!found) {
      this.log.debug('a checkout session is not ours', { session: picture.id });
      return;
    }
    const order = await this.orders.lock(found.order_id);
    const known = await this.rows.lock(found.id);
    const outcome = outcomeOf(picture);
    if (isOlder(outcome, known)) return;
    await this.rows.advance(known.id, outcome, picture);
    if (outcome === 'processing') await this.payments.markProcessing(order.id);
    if (outcome === 'failed') await this.payments.cancel(order.id, 'payment_failed');
    if (outcome === 'expired') await this.payments.cancel(order.id, known.ending_reason ?? 'expired');
    if (outcome === 'paid') {
      if (!picture.charge) throw new InvariantError(`session ${picture.id} is paid and shows no charge`);
      const session = { ...known, payment_intent: picture.paymentIntentId };
      await this.charges.take(picture.charge, session, order, picture.askedAt);
    }
  }
}
