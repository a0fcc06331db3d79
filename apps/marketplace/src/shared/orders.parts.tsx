import { cancelWords, type OrderStatus } from '#orders';
import type { RefundView } from '#refunds';
import type { OrderMovement } from '#reports';
import { Badge, type TimelineEntry, type Tone } from '../ui/index.js';
import type { OrderStory } from '../admin/orders.service.js';
import { refundTimeline, signed } from './refunds.parts.js';

export const orderWords: Record<OrderStatus, { tone: Tone; word: string; sentence: string }> = {
  awaiting_payment: { tone: 'waiting', word: 'Not paid yet', sentence: 'The buyer has not paid.' },
  processing: {
    tone: 'waiting',
    word: 'Payment on its way',
    sentence: 'The buyer’s bank is still moving the money.',
  },
  paid: { tone: 'good', word: 'Paid', sentence: 'The seller can send it.' },
  shipped: { tone: 'good', word: 'Shipped', sentence: 'The seller has sent it.' },
  canceled: { tone: 'neutral', word: 'Canceled', sentence: 'Nothing was charged.' },
  refunded: { tone: 'neutral', word: 'Refunded', sentence: 'All of it went back to the buyer.' },
};

export const OrderBadge = ({ status }: { status: OrderStatus }) => (
  <Badge tone={orderWords[status].tone}>{orderWords[status].word}</Badge>
);

/** "€100.00 × 1.08 = $108.00": before Stripe converted it, Stripe's rate, and after; null where it did not. */
export function conversionWords({ presented, exchangeRate, amount }: OrderMovement): string | null {
  return presented && `${signed(presented)} × ${exchangeRate} = ${signed(amount)}`;
}

/**
 * What happened to an order and its money, newest first. When it was paid is told by Stripe's clock, the rest by ours, so
 * that is not compared: paying comes after placing and before whatever followed from it.
 */
export function orderTimeline({ order, refunds }: Pick<OrderStory, 'order' | 'refunds'>): TimelineEntry[] {
  const placed: TimelineEntry = {
    at: order.createdAt,
    tone: 'neutral',
    word: 'Placed',
    sentence: 'The goods are held, and the figures fixed.',
  };
  const paid: TimelineEntry | null = order.paidAt && {
    at: order.paidAt,
    tone: 'good',
    word: 'Paid',
    sentence: `${order.split.charged.format()} by ${order.email}.`,
  };
  const later: (TimelineEntry | null)[] = [
    order.shippedAt && {
      at: order.shippedAt,
      tone: 'good',
      word: 'Shipped',
      sentence:
        [order.carrier, order.trackingNumber].filter(Boolean).join(' ') || 'Without a tracking number.',
    },
    order.canceledAt && {
      at: order.canceledAt,
      tone: 'neutral',
      word: 'Canceled',
      sentence: order.cancelReason ? cancelWords(order.cancelReason) : orderWords.canceled.sentence,
    },
    ...refunds.flatMap((refund: RefundView) => refundTimeline(refund).reverse()),
  ];
  const inOrder = later
    .filter((entry): entry is TimelineEntry => entry !== null)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  return [placed, ...(paid ? [paid] : []), ...inOrder].reverse();
}
