import { Money, Split } from '#kernel';
import type { OrderView } from '#orders';
import type { RefundView } from '#refunds';
import { orderTimeline } from './orders.parts.js';

const eur = (amount: bigint) => Money.of(amount, 'eur');
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 27, 12, minutes));

const order = (paidAt: Date | null, more: Partial<OrderView> = {}) =>
  ({
    email: 'ada@example.com',
    split: new Split(eur(1000n), eur(900n), eur(100n), eur(0n)),
    createdAt: at(0),
    paidAt,
    shippedAt: null,
    canceledAt: null,
    cancelReason: null,
    ...more,
  }) as OrderView;

const refund = {
  status: 'succeeded',
  reason: 'Broke in the kiln',
  amount: eur(1000n),
  fee: eur(100n),
  reversal: eur(1000n),
  createdAt: at(10),
  refundedAt: at(10),
  feeRefundedAt: at(11),
  reversedAt: at(12),
  failedAt: null,
  problem: null,
} as unknown as RefundView;

describe('what happened to an order', () => {
  const words = (one: OrderView, refunds: RefundView[] = []) =>
    orderTimeline({ order: one, refunds }).map(({ word }) => word);

  // Stripe's clock a month ahead, or behind: a sandbox's test clock, or ours being wrong.
  it.each([at(1), at(60 * 24 * 30), at(-60)])(
    'is told in the order in which it followed from each other, whatever Stripe’s clock says (%s)',
    (paidAt) => {
      expect(words(order(paidAt, { shippedAt: at(5) }), [refund])).toEqual([
        'Transfer reversed',
        'Fee given back',
        'Refunded',
        'Refund asked for',
        'Shipped',
        'Paid',
        'Placed',
      ]);
    },
  );

  it('shipping after a refund was asked for stands after it', () => {
    expect(words(order(at(1), { shippedAt: at(13) }), [refund]).slice(0, 2)).toEqual([
      'Shipped',
      'Transfer reversed',
    ]);
  });

  it('an order that was never paid ends with its end', () => {
    expect(words(order(null, { canceledAt: at(40), cancelReason: 'expired' }))).toEqual([
      'Canceled',
      'Placed',
    ]);
  });
});
