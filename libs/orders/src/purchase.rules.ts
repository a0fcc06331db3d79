import type { OrderStatus } from './order.states.js';
import type { PurchaseView } from './order.views.js';

/** What a purchase's page says at its top, from the states of its orders. */
export function purchaseState(statuses: readonly OrderStatus[]): PurchaseView['state'] {
  const has = (...wanted: OrderStatus[]) => statuses.some((status) => wanted.includes(status));
  const settled = has('paid', 'shipped', 'refunded');
  if (!has('awaiting_payment', 'processing')) {
    if (!settled) return 'canceled';
    return has('canceled') ? 'part_paid' : 'paid';
  }
  if (settled) return 'part_paid';
  return has('awaiting_payment') ? 'open' : 'processing';
}
