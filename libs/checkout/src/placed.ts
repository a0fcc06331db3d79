import { Injectable } from '@nestjs/common';
import { OrderCanceled, OrderPaid, OrderProcessing, Orders, type OrderView } from '#orders';
import { Subscribe, Transactions } from '#platform';
import { CartRows } from './cart-rows.js';
import { MAX_QUANTITY } from './cart.rules.js';
import { Promotions } from './promotions.service.js';

export interface PlacedRow {
  readonly order_id: string;
  readonly purchase_id: string;
  readonly cart_id: string;
  readonly fingerprint: string;
  readonly state: 'open' | 'bought' | 'canceled';
}

/** Which orders came from which cart: goods leave it when they are bought, and return when that came to nothing. */
@Injectable()
export class Placed {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: CartRows,
    private readonly orders: Orders,
    private readonly promotions: Promotions,
  ) {}

  /** In the transaction that places the order. */
  async note(order: { id: string; purchaseId: string }, cartId: string, fingerprint: string): Promise<void> {
    await this.transactions.write(
      `insert into checkout.placed (order_id, purchase_id, cart_id, fingerprint) values ($1, $2, $3, $4)`,
      [order.id, order.purchaseId, cartId, fingerprint],
    );
  }

  async byOrder(orderId: string): Promise<PlacedRow | null> {
    const [row] = await this.transactions.query<PlacedRow>(
      `select * from checkout.placed where order_id = $1`,
      [orderId],
    );
    return row ?? null;
  }

  async openOf(cartId: string): Promise<PlacedRow[]> {
    return this.transactions.query<PlacedRow>(
      `select * from checkout.placed where cart_id = $1 and state = 'open' order by order_id`,
      [cartId],
    );
  }

  /** Those of these orders that still await payment. */
  async ordersOf(placed: readonly PlacedRow[]): Promise<OrderView[]> {
    if (placed.length === 0) return [];
    const orders = await this.orders.byIds(placed.map((row) => row.order_id));
    return [...orders.values()].filter((order) => order.status === 'awaiting_payment');
  }

  /** Open orders placed before then, oldest first. */
  async openSince(before: Date, limit: number): Promise<string[]> {
    const rows = await this.transactions.query<{ order_id: string }>(
      `select order_id from checkout.placed where state = 'open' and placed_at < $1 order by placed_at limit $2`,
      [before, limit],
    );
    return rows.map((row) => row.order_id);
  }

  @Subscribe(OrderPaid, 'checkout.settle-cart')
  async paid({ orderId }: { orderId: string }): Promise<void> {
    await this.settle(orderId);
  }

  @Subscribe(OrderProcessing, 'checkout.settle-cart')
  async processing({ orderId }: { orderId: string }): Promise<void> {
    await this.settle(orderId);
  }

  @Subscribe(OrderCanceled, 'checkout.settle-cart')
  async canceled({ orderId }: { orderId: string }): Promise<void> {
    await this.settle(orderId);
  }

  /** Makes the cart agree with what has become of the order; repeated, it does nothing. */
  async settle(orderId: string): Promise<void> {
    await this.transactions.run(async () => {
      const cartId = (await this.byOrder(orderId))?.cart_id;
      if (!cartId) return;
      const cart = await this.rows.lock(cartId);
      const [row] = await this.transactions.write<PlacedRow>(
        `select * from checkout.placed where order_id = $1 for update`,
        [orderId],
      );
      const order = (await this.orders.byId(orderId))!;
      const state = stateOf(order);
      if (row!.state === state) return;
      await this.transactions.write(`update checkout.placed set state = $2 where order_id = $1`, [
        orderId,
        state,
      ]);
      if (cart && state === 'bought') await this.moveGoods(order, cartId, -1);
      if (cart && row!.state === 'bought') await this.moveGoods(order, cartId, 1);
      if (state === 'canceled') await this.releasePromotion(order.purchaseId);
      if (cart) await this.takeUsedCode(order.purchaseId, cartId);
    });
  }

  private async moveGoods(order: OrderView, cartId: string, sign: 1 | -1): Promise<void> {
    const items = new Map((await this.rows.items(cartId)).map((item) => [item.variantId, item]));
    for (const line of order.lines) {
      const item = items.get(line.variantId);
      if (!item && sign < 0) continue;
      const quantity = (item?.quantity ?? 0) + sign * line.quantity;
      const seen = item?.seenPrice ?? line.unitPrice;
      await this.rows.put(cartId, line.variantId, Math.min(Math.max(quantity, 0), MAX_QUANTITY), seen);
    }
  }

  /** Until every order of the purchase is decided its code stays, since checking out again must find the same cart. */
  private async takeUsedCode(purchaseId: string, cartId: string): Promise<void> {
    const rows = await this.transactions.write<{ state: PlacedRow['state'] }>(
      `select state from checkout.placed where purchase_id = $1`,
      [purchaseId],
    );
    const states = rows.map((row) => row.state);
    if (states.includes('open') || !states.includes('bought')) return;
    const code = await this.promotions.redeemedBy(purchaseId);
    if (code) await this.rows.dropCode(cartId, code);
  }

  private async releasePromotion(purchaseId: string): Promise<void> {
    const purchase = await this.orders.purchase(purchaseId);
    if (purchase?.state === 'canceled') await this.promotions.release(purchaseId);
  }
}

function stateOf(order: OrderView): PlacedRow['state'] {
  if (order.status === 'awaiting_payment') return 'open';
  return order.status === 'canceled' ? 'canceled' : 'bought';
}
