import { Money } from '#kernel';
import type { OrderStatus, OrderView } from '#orders';
import type { SessionView } from '#payments';
import { isPending, type Moment, nextToPay, standingOf } from './purchase.rules.js';

const at = new Date('2026-05-03T12:00:00Z');

const order = (status: OrderStatus, more: Partial<OrderView> = {}) =>
  ({
    id: `ord_${status}`,
    status,
    refunded: Money.zero('eur'),
    paidAt: at,
    shippedAt: at,
    carrier: null,
    trackingNumber: null,
    cancelReason: null,
    ...more,
  }) as OrderView;

const session = (orderId: string, more: Partial<SessionView> = {}) =>
  ({
    orderId,
    status: 'open',
    paymentStatus: 'unpaid',
    expiresAt: at,
    decline: null,
    ...more,
  }) as SessionView;

const moment = (sessions: SessionView[] = [], unconfirmed = false): Moment => ({
  sessions: new Map(sessions.map((one) => [one.orderId, one])),
  unconfirmed,
});

describe('how a shop’s part of a purchase stands', () => {
  const open = order('awaiting_payment');

  it('offers to pay the first that awaits payment, and no other', () => {
    const orders = [order('paid'), open, order('awaiting_payment', { id: 'ord_later' })];
    expect(nextToPay(orders)).toBe(open);
    expect(standingOf(open, true, moment())).toMatchObject({ word: 'Next', offer: 'pay' });
    expect(standingOf(orders[2]!, false, moment())).toMatchObject({ word: 'After that', offer: null });
  });

  it('tells a decline in the bank’s words, and offers to pay again', () => {
    const decline = { code: 'insufficient_funds', words: 'The card does not have enough money.' };
    const told = standingOf(open, true, moment([session(open.id, { decline })]));
    expect(told).toMatchObject({ word: 'Could not be paid yet', offer: 'pay' });
    expect(told.sentence).toContain('does not have enough money');
    expect(told.sentence).toContain('3 May 2026, 12:00 UTC');
  });

  it('offers no second payment while the first is being confirmed', () => {
    const told = standingOf(open, true, moment([session(open.id)], true));
    expect(told).toMatchObject({ word: 'Being confirmed', offer: null });
  });

  it('says why an order was canceled and where its goods are', () => {
    const told = standingOf(order('canceled', { cancelReason: 'expired' }), false, moment());
    expect(told.sentence).toBe(
      'The time to pay ran out. Nothing was charged. Your things are in your cart again.',
    );
    expect(told.offer).toBe('cart');
  });

  it('tells carrier, number and what was refunded of a shipped order', () => {
    const sent = order('shipped', {
      carrier: 'DHL',
      trackingNumber: 'JJD1',
      refunded: Money.of(500n, 'eur'),
    });
    expect(standingOf(sent, false, moment()).sentence).toBe(
      'Sent with DHL on 3 May 2026. Tracking number: JJD1. €5.00 was refunded.',
    );
  });

  it('asks again while a payment may come in, and no longer', () => {
    expect(isPending([open], moment([session(open.id)]))).toBe(true);
    expect(isPending([order('processing')], moment())).toBe(true);
    expect(isPending([open], moment())).toBe(false);
    expect(isPending([order('paid'), order('canceled')], moment())).toBe(false);
  });
});
