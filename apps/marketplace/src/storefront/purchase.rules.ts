import { cancelWords, type OrderView } from '#orders';
import type { SessionView } from '#payments';
import { formatDateTime, formatDay, formatMoney } from '../ui/index.js';

/** How one shop's part of a purchase stands, as a step: a word and a sentence. */
export interface Standing {
  readonly state: 'done' | 'current' | 'left';
  readonly word: string;
  readonly sentence: string;
  /** pay: with a button. cart: its goods are in the cart again. */
  readonly offer: 'pay' | 'cart' | null;
}

/** What the page knows beside the orders. */
export interface Moment {
  readonly sessions: ReadonlyMap<string, SessionView>;
  /** The buyer came back from paying, and Stripe could not be asked yet. */
  readonly unconfirmed: boolean;
}

/** The order that is paid next. */
export function nextToPay(orders: readonly OrderView[]): OrderView | null {
  return orders.find((order) => order.status === 'awaiting_payment') ?? null;
}

export function standingOf(order: OrderView, isNext: boolean, moment: Moment): Standing {
  switch (order.status) {
    case 'paid':
      return done(
        'Paid',
        `Paid on ${formatDay(order.paidAt!)}. The shop prepares it now.${refundWords(order)}`,
      );
    case 'shipped':
      return done('Shipped', `${parcelWords(order)}${refundWords(order)}`);
    case 'refunded':
      return done('Refunded', 'All of it goes back to how you paid. Banks take up to ten days to show it.');
    case 'processing':
      return {
        state: 'current',
        word: 'Payment on its way',
        sentence:
          'Your bank is making the payment, which can take some days. There is nothing left for you to do; we write to you when it has arrived.',
        offer: null,
      };
    case 'canceled':
      return {
        state: 'left',
        word: 'Not paid',
        sentence: `${cancelWords(order.cancelReason ?? 'abandoned')} Your things are in your cart again.`,
        offer: 'cart',
      };
    case 'awaiting_payment':
      return awaiting(moment.sessions.get(order.id) ?? null, isNext, moment.unconfirmed);
  }
}

function awaiting(session: SessionView | null, isNext: boolean, unconfirmed: boolean): Standing {
  if (!isNext) return { state: 'left', word: 'After that', sentence: '', offer: null };
  if (unconfirmed && session?.status === 'open') {
    return {
      state: 'current',
      word: 'Being confirmed',
      sentence: 'We are waiting for Stripe’s word on your payment. This page shows it by itself.',
      offer: null,
    };
  }
  const held =
    session?.status === 'open' ? `We hold it for you until ${formatDateTime(session.expiresAt)}.` : '';
  const decline = session?.decline;
  return {
    state: 'current',
    word: decline ? 'Could not be paid yet' : 'Next',
    sentence: decline ? `The last try did not go through. ${decline.words} ${held}`.trim() : held,
    offer: 'pay',
  };
}

/** Whether the page may change by itself, so that it keeps asking. */
export function isPending(orders: readonly OrderView[], { sessions }: Pick<Moment, 'sessions'>): boolean {
  return orders.some(
    ({ id, status }) =>
      status === 'processing' ||
      (status === 'awaiting_payment' && ['creating', 'open'].includes(sessions.get(id)?.status ?? '')),
  );
}

export function parcelWords({ shippedAt, carrier, trackingNumber }: OrderView): string {
  const by = carrier ? ` with ${carrier}` : '';
  const number = trackingNumber ? ` Tracking number: ${trackingNumber}.` : '';
  return `Sent${by} on ${formatDay(shippedAt!)}.${number}`;
}

function refundWords({ refunded }: OrderView): string {
  return refunded.isZero ? '' : ` ${formatMoney(refunded.amount, refunded.currency)} was refunded.`;
}

function done(word: string, sentence: string): Standing {
  return { state: 'done', word, sentence, offer: null };
}
