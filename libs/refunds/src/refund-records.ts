import { Injectable } from '@nestjs/common';
import { Books } from '#books';
import { systemActor } from '#kernel';
import { Orders, OrderPayments } from '#orders';
import { PaymentAttention } from '#payments';
import { Jobs, Transactions } from '#platform';
import { StripeObject, type StripeObjectOwner, type StripeRef } from '#stripe';
import { nextStep } from './refund.rules.js';
import { RefundRows } from './refund-rows.js';
import { refundStates, type RefundVerb } from './refund.states.js';
import type { RefundRow } from './refund.view.js';
import { type RefundPicture, RefundsAtStripe } from './refunds.stripe.js';

export const ADVANCE = 'refunds.advance';

const verbs: Record<RefundPicture['status'], RefundVerb> = {
  pending: 'wait',
  succeeded: 'succeed',
  failed: 'fail',
};

/** The one door by which Stripe's word about a refund comes in: the answer to our call, webhooks and sweeps alike. */
@StripeObject({
  object: 'refund',
  events: { payments: ['refund.created', 'refund.updated', 'refund.failed'] },
})
@Injectable()
export class RefundRecords implements StripeObjectOwner<RefundPicture> {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: RefundsAtStripe,
    private readonly rows: RefundRows,
    private readonly orders: Orders,
    private readonly payments: OrderPayments,
    private readonly attention: PaymentAttention,
    private readonly books: Books,
    private readonly jobs: Jobs,
  ) {}

  fetch({ id }: StripeRef): Promise<RefundPicture | null> {
    return this.stripe.refund(id);
  }

  /** A refund that is not ours was made in Stripe's dashboard: it is kept, and waits for an admin to say what it is for. */
  async record(picture: RefundPicture): Promise<void> {
    const known = await this.rowOf(picture);
    const charge = known ? null : await this.stripe.charge(picture.chargeId);
    await this.transactions.run(async () => {
      if (!known) await this.rows.insertOutside(picture, charge?.orderId ?? null);
      await this.take(picture);
    });
  }

  async pending(limit: number): Promise<StripeRef[]> {
    return (await this.rows.onTheirWay(limit)).map((id) => ({ id, account: null }));
  }

  /** In a transaction. An older picture, the same one twice, and pictures in reverse order leave the same rows behind. */
  async take(picture: RefundPicture): Promise<void> {
    const known = (await this.rowOf(picture))!;
    // Always the order before its refund: everybody locks in this order.
    if (known.order_id) await this.orders.lock(known.order_id);
    const row = await this.rows.lock(known.id);
    if (!row.stripe_refund_id) await this.rows.pin(row.id, picture.id);
    const verb = verbs[picture.status];
    const moves = refundStates.can(row.status, verb);
    if (moves) await this.rows.setStatus(row.id, refundStates.move(row.status, verb), problemOf(picture));
    await this.expect(row, picture);
    if (!moves) return;
    await this.settle(row);
    // Ours give back all that is left of a charge; one from Stripe's dashboard may be of a part.
    if (verb === 'succeed' && row.origin !== 'outside')
      await this.attention.settle(
        systemActor('refunds'),
        row.charge_id,
        `${picture.amount.format()} went back to the buyer.`,
      );
    await this.goOn(row.id);
  }

  /** In a transaction that holds the order: what the books may expect of a refund that belongs to it. */
  async expect(row: RefundRow, { id, amount, booked, status, createdAt }: RefundPicture): Promise<void> {
    const unattributed = row.origin === 'outside' && row.attributed_at === null;
    if (!booked || unattributed) return;
    const about = { orderId: row.order_id, sellerId: row.seller_id, occurredAt: createdAt };
    await this.books.expect({ kind: 'refund', refundId: id, amount, ...about });
    if (status === 'failed' || row.status === 'failed')
      await this.books.expect({ kind: 'refund_failure', refundId: id, amount, ...about });
  }

  /** In a transaction that holds the order: what has reached its buyer, set and not added. */
  async settle(row: RefundRow): Promise<void> {
    const order = row.order_id ? await this.orders.byId(row.order_id) : null;
    // A second charge for the same order goes back without undoing the first.
    if (!order || order.chargeId !== row.charge_id) return;
    await this.payments.markRefunded(order.id, await this.rows.succeeded(row.charge_id, order.currency));
  }

  /** In a transaction: the next step follows after the commit, by the worker. */
  async goOn(id: string): Promise<void> {
    const row = await this.rows.lock(id);
    if (nextStep(row)) await this.jobs.add(ADVANCE, { id }, { key: `${ADVANCE} ${id}` });
  }

  private async rowOf(picture: RefundPicture): Promise<RefundRow | null> {
    const named = picture.ourId ? await this.rows.byId(picture.ourId) : null;
    return named ?? this.rows.byStripeId(picture.id);
  }
}

/** https://docs.stripe.com/api/refunds/object#refund_object-failure_reason */
const reasons: Record<string, string> = {
  lost_or_stolen_card: 'the card was reported lost or stolen',
  expired_or_canceled_card: 'the card has expired or was canceled',
  charge_for_pending_refund_disputed: 'the buyer disputed the payment meanwhile',
  insufficient_funds: 'the balance was too short for it',
  declined: 'the bank declined it',
  merchant_request: 'it was canceled',
};

function problemOf({ status, failure }: RefundPicture): string | null {
  if (status !== 'failed') return null;
  const why = reasons[failure ?? ''] ?? 'their bank could not take it';
  return `The money did not reach the buyer: ${why}. It is back in the platform’s balance.`;
}
