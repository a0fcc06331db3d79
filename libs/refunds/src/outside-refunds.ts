import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { Books } from '#books';
import { type Actor, DomainError, Money } from '#kernel';
import { Orders, type OrderView } from '#orders';
import { Clock } from '#kernel';
import { Transactions } from '#platform';
import { planRefund, type RefundPlan } from './refund.rules.js';
import { RefundRecords } from './refund-records.js';
import { RefundRows } from './refund-rows.js';
import { type RefundRow, type RefundView, viewOf } from './refund.view.js';
import {
  type ChargeFacts,
  type FeeRefundPicture,
  type RefundPicture,
  RefundsAtStripe,
  type ReversalPicture,
} from './refunds.stripe.js';
import { requireAdmin } from './refunds.service.js';

export interface Attribution {
  /** Null: it has nothing to do with any order. */
  readonly orderId: string | null;
  /** Who gives it: the platform leaves the seller's transfer alone, otherwise it is taken back, net of the fee. */
  readonly bearer: 'platform' | 'seller';
  readonly note: string;
}

/** What Stripe shows beside a dashboard refund. */
interface Found {
  readonly picture: RefundPicture;
  readonly charge: ChargeFacts;
  readonly reversal: ReversalPicture | null;
  readonly fee: FeeRefundPicture | null;
}

/** Refunds that somebody made in Stripe's dashboard: an admin says what each was for, and the books take it in. */
@Injectable()
export class OutsideRefunds {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: RefundsAtStripe,
    private readonly rows: RefundRows,
    private readonly records: RefundRecords,
    private readonly orders: Orders,
    private readonly books: Books,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Throws `refund_not_found`, `refund_attributed` the second time, and `refund_other_charge` for another's order. */
  async attribute(actor: Actor, id: string, { orderId, bearer, note }: Attribution): Promise<RefundView> {
    requireAdmin(actor);
    const known = await this.rows.byId(id);
    if (!known || known.origin !== 'outside') throw DomainError.notFound('refund');
    const found = await this.lookUp(known);
    await this.transactions.run(async () => {
      const order = orderId === null ? null : await this.lockedOrder(orderId, found.charge);
      const row = await this.rows.lock(id);
      if (row.attributed_at)
        throw new DomainError(
          'refund_attributed',
          'conflict',
          'Somebody has said already what this refund was for.',
        );
      const after = await this.save(row, order, found, bearer);
      await this.records.expect(after, found.picture);
      await this.expectParts(after, found);
      await this.records.settle(after);
      await this.records.goOn(id);
      await this.audit.write({
        actor,
        action: 'refund.attributed',
        subject: id,
        after: { orderId, bearer },
        reason: note,
      });
    });
    return viewOf((await this.rows.byId(id))!);
  }

  private async lookUp(row: RefundRow): Promise<Found> {
    const picture = await this.stripe.refund(row.stripe_refund_id!);
    const charge = await this.stripe.charge(row.charge_id);
    if (!picture || !charge) throw DomainError.notFound('refund');
    const reversals = charge.transferId ? await this.stripe.reversals(charge.transferId) : [];
    const fees = charge.feeId ? await this.stripe.feeRefunds(charge.feeId) : [];
    return {
      picture,
      charge,
      reversal: reversals.find(({ id }) => id === picture.reversalId) ?? null,
      // Stripe does not say which refund a fee came back with; the dashboard makes both in the same moment.
      fee: fees.find((fee) => fee.ourId === null && sameMoment(fee.createdAt, picture.createdAt)) ?? null,
    };
  }

  private async lockedOrder(orderId: string, charge: ChargeFacts): Promise<OrderView> {
    if (!(await this.orders.byId(orderId)))
      throw DomainError.field('orderId', 'order_not_found', 'We could not find this order. Check its id.');
    const order = await this.orders.lock(orderId);
    if (order.chargeId !== charge.id && charge.orderId !== order.id)
      throw DomainError.field('orderId', 'refund_other_charge', 'This order was paid by another charge.');
    return order;
  }

  /** What the dashboard moved already stands as done; what is left of the seller's part becomes our steps. */
  private async save(
    row: RefundRow,
    order: OrderView | null,
    { charge, reversal, fee }: Found,
    bearer: Attribution['bearer'],
  ): Promise<RefundRow> {
    const sold =
      row.status === 'failed' || bearer === 'platform' || !order ? null : await this.planFor(row, charge);
    const reversed = reversal?.amount ?? sold?.reversal ?? Money.zero(charge.transferred.currency);
    const feeBack = fee?.amount ?? (reversal ? null : sold?.fee) ?? Money.zero(charge.fee.currency);
    const step = (done: unknown, amount: Money) => (done ? 'done' : amount.isZero ? 'none' : 'waiting');
    const [after] = await this.transactions.write<RefundRow>(
      `update refunds.refunds set order_id = $2, seller_id = $3, stripe_account = $4, transfer_id = $5,
         application_fee_id = $6, fee_amount = $7, reversal_amount = $8, fee_step = $9, reversal_step = $10,
         fee_refund_id = $11, reversal_id = $12, attributed_at = $13,
         fee_currency = $14, reversal_currency = $15 where id = $1 returning *`,
      [
        row.id, order?.id ?? null, order?.sellerId ?? null, order?.stripeAccount ?? charge.stripeAccount,
        charge.transferId, charge.feeId, feeBack.amount, reversed.amount, step(fee, feeBack), step(reversal, reversed),
        fee?.id ?? null, reversal?.id ?? null, this.clock.now(), feeBack.currency, reversed.currency,
      ], // prettier-ignore
    );
    return after!;
  }

  private async planFor(row: RefundRow, charge: ChargeFacts): Promise<RefundPlan> {
    const moved = await this.rows.moved(row.charge_id, charge);
    const amount = Money.of(row.amount, row.currency);
    // This refund itself counts as moved already, as far as the buyer is concerned.
    const before = { ...moved, refunded: moved.refunded.minus(amount) };
    return planRefund(charge, before, amount);
  }

  private async expectParts(row: RefundRow, { reversal, fee }: Found): Promise<void> {
    const about = { orderId: row.order_id, sellerId: row.seller_id };
    const account = row.stripe_account;
    if (!account) return;
    if (fee)
      await this.books.expect({
        kind: 'application_fee_refund',
        feeRefundId: fee.id,
        balanceTransaction: fee.balanceTransaction,
        feeId: fee.feeId,
        account,
        amount: fee.amount,
        occurredAt: fee.createdAt,
        ...about,
      });
    if (reversal)
      await this.books.expect({
        kind: 'transfer_reversal',
        reversalId: reversal.id,
        transferId: reversal.transferId,
        destinationPaymentRefundId: reversal.destinationPaymentRefundId,
        account,
        amount: reversal.amount,
        occurredAt: reversal.createdAt,
        ...about,
      });
  }
}

function sameMoment(a: Date, b: Date): boolean {
  return Math.abs(a.getTime() - b.getTime()) <= 5_000;
}
