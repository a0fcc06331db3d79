import type { OrderStatus } from '#orders';
import { Badge, type Tone } from '../ui/index.js';

const faces: Readonly<Record<OrderStatus, { word: string; tone: Tone }>> = {
  awaiting_payment: { word: 'Not paid yet', tone: 'waiting' },
  processing: { word: 'Payment on its way', tone: 'waiting' },
  paid: { word: 'Paid', tone: 'good' },
  shipped: { word: 'Shipped', tone: 'good' },
  canceled: { word: 'Canceled', tone: 'neutral' },
  refunded: { word: 'Refunded', tone: 'neutral' },
};

/** The same word for the same state to buyer, seller and admin. */
export function orderStatusWord(status: OrderStatus): string {
  return faces[status].word;
}

export const OrderBadge = ({ status }: { status: OrderStatus }) => (
  <Badge tone={faces[status].tone}>{faces[status].word}</Badge>
);
