import type { Money } from '#kernel';
import {
  cancelWords,
  type LineView,
  type OrderRowView,
  type OrderStatus,
  type OrderView,
  type PurchaseView,
  type ShipTo,
} from '#orders';

/** An order as its buyer sees it: nothing of what seller and platform share. */
export interface BuyerOrder {
  readonly id: string;
  readonly purchaseId: string;
  readonly sellerId: string;
  readonly status: OrderStatus;
  readonly lines: readonly LineView[];
  readonly items: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly total: Money;
  readonly refunded: Money;
  readonly shipTo: ShipTo;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  readonly canceledAt: Date | null;
  /** Why, in a sentence. */
  readonly canceled: string | null;
}

export interface BuyerPurchase {
  readonly id: string;
  readonly email: string;
  readonly createdAt: Date;
  readonly state: PurchaseView['state'];
  /** True where an old link asked: e-mail, names and addresses are left out, the country stays. */
  readonly addressHidden: boolean;
  readonly orders: readonly BuyerOrder[];
}

/** A row of a buyer's history. */
export type BuyerOrderRow = Omit<OrderRowView, 'buyerId' | 'applicationFee' | 'sellerNet'>;

export function buyerPurchase(purchase: PurchaseView): BuyerPurchase {
  const { id, email, createdAt, state, addressHidden, orders } = purchase;
  return { id, email, createdAt, state, addressHidden, orders: orders.map(buyerOrder) };
}

export function buyerOrder(order: OrderView): BuyerOrder {
  return {
    id: order.id,
    purchaseId: order.purchaseId,
    sellerId: order.sellerId,
    status: order.status,
    lines: order.lines,
    items: order.items,
    discount: order.discount,
    shipping: order.shipping,
    tax: order.tax,
    total: order.split.charged,
    refunded: order.refunded,
    shipTo: order.shipTo,
    carrier: order.carrier,
    trackingNumber: order.trackingNumber,
    createdAt: order.createdAt,
    paidAt: order.paidAt,
    shippedAt: order.shippedAt,
    canceledAt: order.canceledAt,
    canceled: order.cancelReason && cancelWords(order.cancelReason),
  };
}

export function buyerOrderRow(row: OrderRowView): BuyerOrderRow {
  const { buyerId: _, applicationFee: __, sellerNet: ___, ...rest } = row;
  return rest;
}
