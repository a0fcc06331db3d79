import { StateTable } from '#kernel';

export type OrderStatus = 'awaiting_payment' | 'processing' | 'paid' | 'shipped' | 'canceled' | 'refunded';
export type OrderVerb =
  'start_processing' | 'pay' | 'cancel' | 'ship' | 'refund' | 'restore_paid' | 'restore_shipped';

/** Paid only by what Stripe says; a canceled order is paid where Stripe took the money all the same. */
export const orderStates = new StateTable<OrderStatus, OrderVerb>('order', 'awaiting_payment', [
  { from: 'awaiting_payment', verb: 'start_processing', actor: 'stripe', to: 'processing' },
  { from: ['awaiting_payment', 'processing', 'canceled'], verb: 'pay', actor: 'stripe', to: 'paid' },
  { from: ['awaiting_payment', 'processing'], verb: 'cancel', actor: 'stripe', to: 'canceled' },
  // Shipping again corrects the tracking number.
  { from: ['paid', 'shipped'], verb: 'ship', actor: 'seller', to: 'shipped' },
  { from: ['paid', 'shipped'], verb: 'refund', actor: 'stripe', to: 'refunded' },
  // A refund that failed at the bank undoes itself.
  { from: 'refunded', verb: 'restore_paid', actor: 'stripe', to: 'paid' },
  { from: 'refunded', verb: 'restore_shipped', actor: 'stripe', to: 'shipped' },
]);

export const orderStatuses = [...orderStates.states];

/** Why an order was canceled: stable codes, told in words by `cancelWords`. */
export type CancelReason =
  'expired' | 'payment_failed' | 'changed' | 'seller_closed' | 'refused' | 'abandoned';

const words: Record<CancelReason, string> = {
  expired: 'The time to pay ran out. Nothing was charged.',
  payment_failed: 'The bank did not make the payment. Nothing was charged.',
  changed: 'Something in the order changed before it was paid. Nothing was charged.',
  seller_closed: 'The shop stopped selling before the order was paid. Nothing was charged.',
  refused: 'Our payment provider could not take this payment. Nothing was charged.',
  abandoned: 'The order was not paid in time. Nothing was charged.',
};

export function cancelWords(reason: CancelReason): string {
  return words[reason];
}
