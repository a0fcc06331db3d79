import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { type Actor, DomainError, Money } from '#kernel';
import { OrderLists, Orders, type OrderRowView, type OrderView } from '#orders';
import { Payments, type SessionView } from '#payments';
import { type Page, Transactions } from '#platform';
import { Refunds, type RefundView } from '#refunds';
import { type OrderMovement, OrderReport } from '#reports';
import { Sellers } from '#sellers';
import { StripeRegistry } from '#stripe';
import { type AdminOrdersQuery, orderFilter } from './orders.dto.js';

export type AdminOrderRow = OrderRowView & { readonly seller: string };

/** Everything that is known about one order. */
export interface OrderStory {
  readonly order: OrderView;
  readonly seller: string;
  readonly session: SessionView | null;
  readonly refunds: readonly RefundView[];
  readonly movements: readonly OrderMovement[];
  /** What Stripe took of the payment itself; null until its balance transaction is known. */
  readonly stripeFee: Money | null;
}

/** Orders as the admin desk reads them: the orders themselves with the names and money around them. */
@Injectable()
export class AdminOrders {
  constructor(
    private readonly orders: Orders,
    private readonly lists: OrderLists,
    private readonly sellers: Sellers,
    private readonly payments: Payments,
    private readonly refunds: Refunds,
    private readonly report: OrderReport,
    private readonly registry: StripeRegistry,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  async page(actor: Actor, query: AdminOrdersQuery, limit?: number): Promise<Page<AdminOrderRow>> {
    const page = query.search
      ? { items: await this.found(query.search), next: null, previous: null }
      : await this.lists.pageForAdmin(actor, { ...orderFilter(query), ...(limit && { limit }) });
    const sellers = await this.sellers.byIds(page.items.map(({ sellerId }) => sellerId));
    const items = page.items.map((row) => ({
      ...row,
      seller: sellers.get(row.sellerId)?.name ?? row.sellerId,
    }));
    return { ...page, items };
  }

  /** Throws `order_not_found`. */
  async story(id: string): Promise<OrderStory> {
    const order = await this.orders.byId(id);
    if (!order) throw DomainError.notFound('order');
    const [sellers, session, refunds, movements] = await Promise.all([
      this.sellers.byIds([order.sellerId]),
      this.payments.sessionOf(id),
      this.refunds.ofOrder(id),
      this.report.movements(id),
    ]);
    const payment = movements.find(({ sourceId }) => sourceId === order.chargeId);
    return {
      order,
      seller: sellers.get(order.sellerId)?.name ?? order.sellerId,
      session,
      refunds,
      movements,
      stripeFee: payment?.fee ?? null,
    };
  }

  /** Asks Stripe for the payment and its refunds now, and takes in what it says. */
  async refresh(actor: Actor, id: string): Promise<void> {
    const { refunds } = await this.story(id);
    await this.transactions.run(() => this.audit.write({ actor, action: 'order.refreshed', subject: id }));
    await this.payments.refresh(id);
    for (const { stripeRefundId } of refunds)
      if (stripeRefundId) await this.registry.refresh('refund', { id: stripeRefundId, account: null });
  }

  private async found(words: string): Promise<OrderRowView[]> {
    const ids = await this.report.find(words);
    const orders = await this.orders.byIds(ids);
    return ids.flatMap((id) => orders.get(id) ?? []).map(rowOf);
  }
}

function rowOf(order: OrderView): OrderRowView {
  return {
    id: order.id,
    purchaseId: order.purchaseId,
    buyerId: order.buyerId,
    sellerId: order.sellerId,
    status: order.status,
    charged: order.split.charged,
    applicationFee: order.split.applicationFee,
    sellerNet: order.split.sellerNet,
    refunded: order.refunded,
    createdAt: order.createdAt,
    paidAt: order.paidAt,
    shippedAt: order.shippedAt,
    titles: order.lines.map(({ title }) => title),
    shipToName: order.shipTo.name,
    pieces: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}
