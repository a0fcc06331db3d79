import fc from 'fast-check';
import { Money, Split } from '#kernel';
import type { LineView, OrderView } from '#orders';
import { sessionRequest } from './session-request.js';

type Line = { quantity: number; unit: bigint; discount: bigint };

function order(currency: string, lines: readonly Line[], shipping: bigint, fee: bigint): OrderView {
  const money = (amount: bigint) => Money.of(amount, currency);
  const views = lines.map((line, i) => ({
    title: `Bowl ${i}`,
    variantName: 'Blue',
    quantity: line.quantity,
    unitPrice: money(line.unit),
    discount: money(line.discount),
    amount: money(line.unit * BigInt(line.quantity) - line.discount),
  })) as LineView[];
  const charged = Money.sum(
    views.map((view) => view.amount),
    currency,
  ).plus(money(shipping));
  return {
    id: 'ord_1',
    purchaseId: 'pur_1',
    email: 'ada@example.com',
    stripeAccount: 'acct_1',
    currency,
    lines: views,
    shipping: money(shipping),
    split: new Split(charged, charged.minus(money(fee)), money(fee), money(0n)),
    shipTo: { name: 'Ada', line1: '1 Road', line2: null, city: 'Bern', region: null, postcode: '3000', country: 'CH', phone: null },
  } as unknown as OrderView; // prettier-ignore
}

const frame = {
  attemptId: 'cks_1',
  sellerName: 'Redfern Pottery',
  customer: null,
  publicUrl: 'https://guildhall.example',
  now: new Date('2026-11-23T12:00:00Z'),
};

describe('what Stripe is asked for', () => {
  it('comes to the order’s amount to the last unit, whatever the discounts', () => {
    const line = fc
      .record({ quantity: fc.integer({ min: 1, max: 99 }), unit: fc.bigInt(1n, 100_000n) })
      .chain((each) =>
        fc.bigInt(0n, each.unit * BigInt(each.quantity)).map((discount) => ({ ...each, discount })),
      );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.bigInt(0n, 900n), (lines, shipping) => {
        const one = order('eur', lines, shipping, 0n);
        const { line_items } = sessionRequest(one, frame);
        const sum = line_items!.reduce(
          (total, item) => total + item.price_data!.unit_amount! * item.quantity!,
          0,
        );
        expect(BigInt(sum)).toBe(one.split.charged.amount);
      }),
    );
  });

  it('a discounted line is one piece with its exact total and says how many it stands for', () => {
    const { line_items } = sessionRequest(
      order('eur', [{ quantity: 3, unit: 3333n, discount: 1000n }], 0n, 0n),
      frame,
    );
    expect(line_items).toEqual([
      { quantity: 1, price_data: { currency: 'eur', unit_amount: 8999, product_data: { name: 'Bowl 0 (Blue) × 3' } } },
    ]); // prettier-ignore
  });

  it.each([
    ['99 kinds and shipping are sent one by one', 99, 490n, 100, null],
    ['100 kinds without shipping too', 100, 0n, 100, null],
    ['more than Stripe takes end in one line', 130, 490n, 100, '32 more kinds of goods (100 lines)'],
  ])('%s', (_, kinds, shipping, sent, last) => {
    const one = order(
      'eur',
      Array.from({ length: kinds }, (__, i) => ({
        quantity: 2,
        unit: 100n + BigInt(i),
        discount: i % 2 ? 7n : 0n,
      })),
      shipping,
      0n,
    );
    const items = sessionRequest(one, frame).line_items!;
    expect(items).toHaveLength(sent);
    const sum = items.reduce((total, item) => total + item.price_data!.unit_amount! * item.quantity!, 0);
    expect(BigInt(sum)).toBe(one.split.charged.amount);
    if (last) expect(`${items.at(-2)!.price_data!.product_data!.name} (${sent} lines)`).toBe(last);
  });

  it('yen are sent as yen', () => {
    const { line_items } = sessionRequest(
      order('jpy', [{ quantity: 2, unit: 1200n, discount: 0n }], 0n, 270n),
      frame,
    );
    expect(line_items![0]!.price_data!.unit_amount).toBe(1200);
  });

  it('carries our ids wherever Stripe keeps them, and the frozen split', () => {
    const request = sessionRequest(
      order('eur', [{ quantity: 1, unit: 1000n, discount: 0n }], 0n, 130n),
      frame,
    );
    const ids = { purchase_id: 'pur_1', order_id: 'ord_1', attempt: 'cks_1' };
    expect(request.metadata).toEqual(ids);
    expect(request.payment_intent_data).toMatchObject({
      application_fee_amount: 130,
      transfer_data: { destination: 'acct_1' },
      metadata: ids,
    });
    expect(request).not.toHaveProperty('payment_method_types');
    expect(request.adaptive_pricing).toEqual({ enabled: false });
    expect(request.expires_at).toBe(frame.now.getTime() / 1000 + 35 * 60);
  });

  it('names no application fee where there is none', () => {
    const request = sessionRequest(order('eur', [{ quantity: 1, unit: 1000n, discount: 0n }], 0n, 0n), frame);
    expect(request.payment_intent_data).not.toHaveProperty('application_fee_amount');
  });
});
