import type { OrderStatus } from './order.states.js';
import type { OrderView, PurchaseView } from './order.views.js';

/** A link in an old mail goes on showing what was bought; where the buyer lives, no longer. */
const ADDRESS_SHOWN_MS = 90 * 86_400_000;

/** What a link or a browser's cookie opens, without knowing who holds it. */
export function asLinkShows(purchase: PurchaseView, now: Date): PurchaseView {
  if (now.getTime() - purchase.createdAt.getTime() < ADDRESS_SHOWN_MS) return purchase;
  const email = maskedEmail(purchase.email);
  const orders = purchase.orders.map((order) => withoutAddress(order, email));
  return { ...purchase, email, orders, addressHidden: true };
}

function withoutAddress(order: OrderView, email: string): OrderView {
  const { country } = order.shipTo;
  const none = { name: '', line1: '', line2: null, city: '', region: null, postcode: null, phone: null };
  return { ...order, email, shipTo: { ...none, country } };
}

/** "a…@example.com" */
function maskedEmail(email: string): string {
  return `${email.charAt(0)}…${email.slice(email.lastIndexOf('@'))}`;
}

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
