import { Injectable } from '@nestjs/common';
import { Stock } from '#catalog';
import { Clock, DomainError, InvariantError, type Money } from '#kernel';
import { Outbox, Transactions } from '#platform';
import { OrderCanceled, OrderPaid, OrderProcessing, OrderRefunded } from './order.events.js';
import { type CancelReason, orderStates, type OrderStatus, type OrderVerb } from './order.states.js';
import type { OrderView } from './order.views.js';
import { Orders } from './orders.service.js';

/** Stripe's objects behind an order. Null: not known yet; a known id is never replaced. */
export interface PaymentFacts {
  readonly paymentIntentId: string;
  readonly chargeId: string;
  readonly transferId: string | null;
  readonly destinationPaymentId: string | null;
  readonly applicationFeeId: string | null;
  readonly paidAt: Date;
}

/** `stock_gone`: the order was canceled, and its goods have gone to others since. */
export type PaidOutcome = 'paid' | 'already_paid' | 'paid_by_another_charge' | 'stock_gone';

/**
 * What Stripe's word does to an order and its stock. Every verb runs in the caller's transaction, locks the order, and
 * does nothing where the order is there already: repeated and late news change nothing.
 */
@Injectable()
export class OrderPayments {
  constructor(
    private readonly transactions: Transactions,
    private readonly orders: Orders,
    private readonly stock: Stock,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async markProcessing(orderId: string): Promise<void> {
    const order = await this.orders.lock(orderId);
    if (!orderStates.can(order.status, 'start_processing')) return;
    await this.move(order, 'start_processing');
    await this.outbox.publish(new OrderProcessing(which(order)));
  }

  /** Stock leaves the shelf. A canceled order is honoured where its goods are still there. */
  async markPaid(orderId: string, facts: PaymentFacts): Promise<PaidOutcome> {
    const order = await this.orders.lock(orderId);
    if (order.chargeId !== null && order.chargeId !== facts.chargeId) return 'paid_by_another_charge';
    if (order.status === 'canceled' && !(await this.reserveAgain(order))) return 'stock_gone';
    if (!orderStates.can(order.status, 'pay')) {
      await this.pin(orderId, facts);
      return 'already_paid';
    }
    await this.stock.take(orderId);
    await this.move(order, 'pay');
    await this.transactions.write(
      `update orders.orders set paid_at = $2, canceled_at = null, cancel_reason = null where id = $1`,
      [orderId, facts.paidAt],
    );
    await this.pin(orderId, facts);
    await this.outbox.publish(new OrderPaid(which(order)));
    return 'paid';
  }

  /** Stock goes back to the shelf; does nothing where the order is paid or canceled already. Answers whether it did. */
  async cancel(orderId: string, reason: CancelReason): Promise<boolean> {
    const order = await this.orders.lock(orderId);
    if (!orderStates.can(order.status, 'cancel')) return false;
    await this.move(order, 'cancel');
    await this.transactions.write(
      `update orders.orders set canceled_at = $2, cancel_reason = $3 where id = $1`,
      [orderId, this.clock.now(), reason],
    );
    await this.stock.release(orderId);
    await this.outbox.publish(new OrderCanceled({ ...which(order), reason }));
    return true;
  }

  /**
   * `refunded` is what all succeeded refunds of the order come to: set, never added, so that repeated news are harmless.
   * Goods that were not shipped return to the shelf once everything is refunded.
   */
  async markRefunded(orderId: string, refunded: Money): Promise<void> {
    const order = await this.orders.lock(orderId);
    const { charged } = order.split;
    if (refunded.isNegative || refunded.compare(charged) > 0)
      throw new InvariantError(`${refunded.format()} of ${charged.format()} can't be refunded on ${orderId}`);
    await this.transactions.write(`update orders.orders set refunded_amount = $2 where id = $1`, [
      orderId,
      refunded.amount,
    ]);
    const whole = refunded.equals(charged);
    if (whole && orderStates.can(order.status, 'refund')) {
      await this.move(order, 'refund');
      if (order.status === 'paid') await this.stock.putBack(orderId);
      await this.outbox.publish(new OrderRefunded(which(order)));
    } else if (!whole && order.status === 'refunded') {
      // What was put on the shelf stays there: it may be sold by now, and the seller decides about the goods.
      await this.move(order, order.shippedAt ? 'restore_shipped' : 'restore_paid');
    }
  }

  /** Fills in what was not known before. Another id than the known one is a mistake that must not pass. */
  private async pin(orderId: string, facts: PaymentFacts): Promise<void> {
    const [row] = await this.transactions.write(
      `update orders.orders set
         payment_intent_id = coalesce(payment_intent_id, $2), charge_id = coalesce(charge_id, $3),
         transfer_id = coalesce(transfer_id, $4), destination_payment_id = coalesce(destination_payment_id, $5),
         application_fee_id = coalesce(application_fee_id, $6)
       where id = $1 and coalesce(transfer_id = $4, true) and coalesce(application_fee_id = $6, true)
       returning id`,
      [
        orderId,
        facts.paymentIntentId,
        facts.chargeId,
        facts.transferId,
        facts.destinationPaymentId,
        facts.applicationFeeId,
      ],
    );
    if (!row) throw new InvariantError(`order ${orderId} has another transfer or fee than ${facts.chargeId}`);
  }

  private async reserveAgain(order: OrderView): Promise<boolean> {
    try {
      await this.stock.reserve(order.id, order.lines);
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'out_of_stock') return false;
      throw error;
    }
  }

  private async move(order: OrderView, verb: OrderVerb): Promise<OrderStatus> {
    const to = orderStates.move(order.status, verb);
    await this.transactions.write(`update orders.orders set status = $2 where id = $1`, [order.id, to]);
    return to;
  }
}

function which(order: OrderView): { orderId: string; purchaseId: string; sellerId: string } {
  return { orderId: order.id, purchaseId: order.purchaseId, sellerId: order.sellerId };
}
