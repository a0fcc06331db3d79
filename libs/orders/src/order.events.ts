import { domainEvent } from '#platform';
import type { CancelReason } from './order.states.js';

interface Which {
  readonly orderId: string;
  readonly purchaseId: string;
  readonly sellerId: string;
}

/** A delayed method is on its way: not paid yet, and not to be fulfilled. */
export class OrderProcessing extends domainEvent<Which>('order.processing') {}
export class OrderPaid extends domainEvent<Which>('order.paid') {}
export class OrderCanceled extends domainEvent<Which & { readonly reason: CancelReason }>('order.canceled') {}
export class OrderShipped extends domainEvent<Which>('order.shipped') {}
/** The order's refunds now come to its whole amount. */
export class OrderRefunded extends domainEvent<Which>('order.refunded') {}
