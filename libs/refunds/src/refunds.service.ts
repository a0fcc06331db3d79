import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { Debts, type DebtView } from '#debts';
import { type Actor, actorLabel, DomainError, Money } from '#kernel';
import { Orders, type OrderView } from '#orders';
import { Payments } from '#payments';
import { Log, Transactions } from '#platform';
import { Attempts } from '#stripe';
import { planRefund, type RefundPlan, whatIsLeft } from './refund.rules.js';
import { RefundRows } from './refund-rows.js';
import { RefundSteps } from './refund-steps.js';
import { type RefundView, viewOf } from './refund.view.js';
import { RefundsAtStripe } from './refunds.stripe.js';

/** Who asks: a member of this shop for its own order, or (null) an admin for any. */
type AsSeller = string | null;

export interface RefundPreview {
  readonly order: OrderView;
  /** Null where nothing can be refunded; `blocked` says why. */
  readonly plan: RefundPlan | null;
  readonly blocked: DomainError | null;
  /** By how much the seller's balance at Stripe is too short right now; that part will be owed. */
  readonly short: Money | null;
}

export interface RefundWish {
  readonly orderId: string;
  readonly reason: string;
  /** What was previewed, minor units; another figure by now is refused. Null: whatever is left. */
  readonly amount: bigint | null;
}

interface BegunRefund {
  readonly id: string;
  /** Null where somebody else's request has it in hand. */
  readonly attemptId: string | null;
}

/** Full refunds of orders: looked at first, then asked for, then taken from step to step. */
@Injectable()
export class Refunds {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: RefundRows,
    private readonly steps: RefundSteps,
    private readonly orders: Orders,
    private readonly payments: Payments,
    private readonly stripe: RefundsAtStripe,
    private readonly log: Log,
    private readonly debts: Debts,
    private readonly attempts: Attempts,
    private readonly audit: Audit,
  ) {}

  /** What a refund would move, before anything does. Throws `order_not_found` and `forbidden` kinds. */
  async preview(actor: Actor, asSeller: AsSeller, orderId: string): Promise<RefundPreview> {
    const order = await this.orderFor(actor, asSeller, orderId);
    try {
      const plan = await this.plan(order);
      return { order, plan, blocked: null, short: await this.shortOf(order, plan) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { order, plan: null, blocked: error, short: null };
    }
  }

  /**
   * Asks Stripe for the refund of all that is left of an order, and answers how the buyer's part stands; the other parts
   * follow by themselves. Asked twice, at once or later, it is one refund. Throws `order_not_refundable`,
   * `order_already_refunded`, `refund_changed`, and `refund_refused` with Stripe's reason.
   */
  async request(actor: Actor, asSeller: AsSeller, wish: RefundWish): Promise<RefundView> {
    return this.finish(await this.begin(actor, asSeller, wish));
  }

  /** The half of `request` before Stripe is asked; joins the caller's transaction. */
  async begin(actor: Actor, asSeller: AsSeller, wish: RefundWish): Promise<BegunRefund> {
    const seen = await this.orderFor(actor, asSeller, wish.orderId);
    return this.transactions.run(async () => {
      const order = await this.orders.lock(seen.id);
      const live = order.chargeId ? await this.rows.live(order.chargeId) : null;
      if (live) return { id: live.id, attemptId: null };
      const row = await this.insert(actor, asSeller, order, wish);
      return { id: row.id, attemptId: (await this.steps.openRefund(row)).id };
    });
  }

  /** The other half, harmless to repeat. */
  async finish({ id, attemptId }: BegunRefund): Promise<RefundView> {
    if (attemptId) await this.attempts.perform(await this.attempts.byId(attemptId));
    const refund = viewOf((await this.rows.byId(id))!);
    if (refund.status === 'refused')
      throw new DomainError(
        'refund_refused',
        'conflict',
        `Our payment provider refused this refund: ${refund.problem}`,
      );
    return refund;
  }

  /** Tries the steps again that Stripe refused. For admins. */
  async tryAgain(actor: Actor, id: string): Promise<RefundView> {
    requireAdmin(actor);
    await this.need(id);
    await this.transactions.run(() => this.audit.write({ actor, action: 'refund.tried_again', subject: id }));
    await this.steps.tryAgain(id);
    await this.steps.advance({ id });
    return viewOf((await this.rows.byId(id))!);
  }

  /** The platform bears what the seller owes. Throws `debt_not_found`, and `state_conflict` where it is settled. */
  async writeOff(actor: Actor, debtId: string, reason: string): Promise<DebtView> {
    return this.transactions.run(async () => {
      const found = await this.debts.byId(debtId);
      if (!found) throw DomainError.notFound('debt');
      const row = await this.rows.lock(found.cause);
      const debt = await this.debts.writeOff(actor, debtId, reason);
      if (row.reversal_step === 'owed') await this.rows.setReversalStep(row.id, 'written_off', row.problem);
      return debt;
    });
  }

  /** For members of the shop, oldest first. */
  async ofOrderForSeller(actor: Actor, sellerId: string, orderId: string): Promise<RefundView[]> {
    const order = await this.orders.orderForSeller(actor, sellerId, orderId);
    return this.ofOrder(order.id);
  }

  /** Oldest first; whoever asks has checked that the viewer may see the order. */
  async ofOrder(orderId: string): Promise<RefundView[]> {
    return (await this.rows.ofOrder(orderId)).map(viewOf);
  }

  /** For admins. Throws `refund_not_found`. */
  async byId(actor: Actor, id: string): Promise<RefundView> {
    requireAdmin(actor);
    return this.need(id);
  }

  private async insert(actor: Actor, asSeller: AsSeller, order: OrderView, wish: RefundWish) {
    const plan = await this.plan(order);
    if (wish.amount !== null && wish.amount !== plan.buyer.amount) throw changed(plan);
    const row = await this.rows.insert({
      origin: asSeller === null ? 'admin' : 'seller',
      requestedBy: actorLabel(actor),
      reason: wish.reason,
      orderId: order.id,
      sellerId: order.sellerId,
      stripeAccount: order.stripeAccount,
      chargeId: order.chargeId!,
      transferId: order.transferId!,
      feeId: order.applicationFeeId,
      plan,
    });
    if (!row) throw alreadyRefunded();
    await this.audit.write({
      actor,
      action: 'refund.requested',
      subject: row.id,
      after: { orderId: order.id, amount: row.amount, fee: row.fee_amount, currency: row.currency },
      reason: wish.reason,
    });
    return row;
  }

  private async plan(order: OrderView): Promise<RefundPlan> {
    if (order.status === 'refunded') throw alreadyRefunded();
    if (!['paid', 'shipped'].includes(order.status) || !order.chargeId)
      throw new DomainError(
        'order_not_refundable',
        'conflict',
        'Only an order that was paid can be refunded.',
      );
    const went = await this.payments.movedBy(order);
    if (!went || !order.transferId || (!order.split.applicationFee.isZero && !order.applicationFeeId))
      throw new DomainError(
        'order_not_settled',
        'conflict',
        'This payment is seconds old, and Stripe has not told all of it yet. Try again in a moment.',
      );
    const sale = { charged: order.split.charged, ...went };
    const moved = await this.rows.moved(order.chargeId, sale);
    const left = whatIsLeft(sale, moved);
    if (left.isZero) throw alreadyRefunded();
    return planRefund(sale, moved, left);
  }

  /** A warning and no more: where Stripe does not tell or converts for the seller, the preview goes without it. */
  private async shortOf(order: OrderView, plan: RefundPlan): Promise<Money | null> {
    const { currency } = plan.reversal;
    if (plan.fee.currency !== currency) return null;
    try {
      const has = await this.stripe.balanceOf(order.stripeAccount, currency);
      if (!has) return null;
      const missing = plan.reversal.minus(plan.fee).minus(has);
      return missing.isZero || missing.isNegative ? null : missing;
    } catch (error) {
      this.log.warn('Stripe did not tell a balance', {
        account: order.stripeAccount,
        reason: (error as Error).message,
      });
      return null;
    }
  }

  private async orderFor(actor: Actor, asSeller: AsSeller, orderId: string): Promise<OrderView> {
    if (asSeller !== null) return this.orders.orderForSeller(actor, asSeller, orderId);
    requireAdmin(actor);
    const order = await this.orders.byId(orderId);
    if (!order) throw DomainError.notFound('order');
    return order;
  }

  private async need(id: string): Promise<RefundView> {
    const row = await this.rows.byId(id);
    if (!row) throw DomainError.notFound('refund');
    return viewOf(row);
  }
}

export function requireAdmin(actor: Actor): void {
  if (actor.kind !== 'user' || !actor.isAdmin)
    throw new DomainError('admin_only', 'forbidden', 'Only admins of the marketplace can do this.');
}

function alreadyRefunded(): DomainError {
  return new DomainError('order_already_refunded', 'conflict', 'This order has already been refunded.');
}

function changed(plan: RefundPlan): DomainError {
  return new DomainError(
    'refund_changed',
    'conflict',
    `What can be refunded has changed: it is ${plan.buyer.format()} now. Look at the figures and confirm again.`,
  );
}
