import { Injectable } from '@nestjs/common';
import { Catalog } from '#catalog';
import { Orders, type OrderView, type PurchaseView, type Seeker } from '#orders';
import { Payments } from '#payments';
import { Sellers } from '#sellers';
import { CartRows } from './cart-rows.js';
import { changesOfOrder } from './cart.rules.js';
import { Carts } from './carts.service.js';
import type { Change } from './changes.js';
import { EndOrder } from './end-order.js';
import { Placed } from './placed.js';

/** pay: send the buyer to Stripe's page. changed: tell them, and let them check out again. settled: nothing is left. */
export type NextPayment =
  | { readonly outcome: 'pay'; readonly orderId: string; readonly url: string; readonly expiresAt: Date }
  | { readonly outcome: 'changed'; readonly orderId: string; readonly changes: readonly Change[] }
  | { readonly outcome: 'settled' };

/** Pays a purchase order by order; the page at Stripe for the next one is made when its turn comes. */
@Injectable()
export class PayNext {
  constructor(
    private readonly orders: Orders,
    private readonly payments: Payments,
    private readonly placed: Placed,
    private readonly rows: CartRows,
    private readonly carts: Carts,
    private readonly ending: EndOrder,
    private readonly catalog: Catalog,
    private readonly sellers: Sellers,
  ) {}

  /**
   * What the buyer does next. Asked twice, it answers the same page. An order that is not any more as it was agreed is
   * ended first, or honoured where it was paid in the meantime.
   * Throws `purchase_not_found`, `payment_refused`, `payment_not_open`, `stripe_unavailable`.
   */
  async payNext(seeker: Seeker, purchaseId: string): Promise<NextPayment> {
    const purchase = await this.orders.purchaseFor(seeker, purchaseId);
    for (const order of awaiting(purchase)) {
      const changes = await this.changesOf(order);
      if (changes.length > 0) {
        if ((await this.ending.end(order.id, 'changed')) === 'honoured') continue;
        await this.tell(order, changes);
        return { outcome: 'changed', orderId: order.id, changes };
      }
      const { status, url, expiresAt } = await this.payments.payable(order);
      if (status === 'open') return { outcome: 'pay', orderId: order.id, url: url!, expiresAt };
      await this.placed.settle(order.id);
      if (status === 'expired')
        return {
          outcome: 'changed',
          orderId: order.id,
          changes: [{ kind: 'expired', sellerId: order.sellerId }],
        };
    }
    return { outcome: 'settled' };
  }

  /** The purchase as Stripe sees it now, for a buyer who comes back before the webhook does. */
  async comeBack(seeker: Seeker, purchaseId: string): Promise<PurchaseView> {
    const purchase = await this.orders.purchaseFor(seeker, purchaseId);
    for (const order of awaiting(purchase)) {
      const session = await this.payments.sessionOf(order.id);
      if (session?.status === 'open') await this.payments.refresh(order.id);
    }
    // The cart in the page's header must not wait for the worker, whoever brought the news.
    for (const order of purchase.orders) await this.placed.settle(order.id);
    return (await this.orders.purchase(purchaseId))!;
  }

  private async changesOf(order: OrderView): Promise<Change[]> {
    const items = await this.rows.itemsBehind(order.id);
    const ids = [...order.lines.map((line) => line.variantId), ...items.map((item) => item.variantId)];
    const variants = await this.catalog.variants(ids);
    const seller = (await this.sellers.byIds([order.sellerId])).get(order.sellerId)!;
    return changesOfOrder(order, variants, items, seller);
  }

  private async tell(order: OrderView, changes: readonly Change[]): Promise<void> {
    const placed = await this.placed.byOrder(order.id);
    if (placed) await this.carts.bringInLine(placed.cart_id, changes);
  }
}

function awaiting(purchase: PurchaseView): OrderView[] {
  return purchase.orders.filter((order) => order.status === 'awaiting_payment');
}
