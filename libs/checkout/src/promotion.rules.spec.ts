import fc from 'fast-check';
import { DomainError, Money } from '#kernel';
import type { SellerGoods } from './cart.rules.js';
import { checkedPromotion, discounts, type Promotion } from './promotion.rules.js';

const goods = (sellerId: string, amount: bigint, currency = 'eur') =>
  ({
    sellerId,
    currency,
    lines: [{ quantity: 1, unitPrice: Money.of(amount, currency) }],
    shipping: Money.zero(currency),
  }) as unknown as SellerGoods;

const code: Promotion = {
  id: 'prm_1',
  code: 'SPRING',
  funder: 'platform',
  sellerId: null,
  percentBps: null,
  amount: Money.of(1000n, 'eur'),
};

describe('a promotion code', () => {
  it('of an amount is given once, shared over the orders to the last cent', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 10_000n), { minLength: 1, maxLength: 6 }), (amounts) => {
        const given = discounts(
          code,
          amounts.map((amount, i) => goods(`sel_${i}`, amount)),
        );
        expect(given.reduce((sum, each) => sum + each!.amount.amount, 0n)).toBe(1000n);
      }),
    );
  });

  it('of a seller touches no other seller’s order', () => {
    const hers = { ...code, funder: 'seller' as const, sellerId: 'sel_1', percentBps: 1000, amount: null };
    const given = discounts(hers, [goods('sel_1', 2000n), goods('sel_2', 2000n)]);
    expect(given.map((each) => each?.amount.amount ?? null)).toEqual([200n, null]);
  });

  it('of an amount gives nothing in another currency', () => {
    expect(discounts(code, [goods('sel_1', 2000n, 'jpy')])).toEqual([null]);
  });

  it('is either a percentage or an amount, and ends after it begins', () => {
    const now = new Date('2026-11-01T00:00:00Z');
    const sound = {
      code: ' spring-10 ',
      percentBps: 1000,
      amount: null,
      validFrom: null,
      validUntil: null,
      maxRedemptions: null,
    };
    expect(checkedPromotion(sound, now)).toBe('SPRING-10');
    for (const wrong of [
      { ...sound, percentBps: null },
      { ...sound, amount: Money.of(1n, 'eur') },
      { ...sound, validUntil: new Date('2026-10-01T00:00:00Z') },
      { ...sound, maxRedemptions: 0 },
      { ...sound, code: 'a b' },
    ])
      expect(() => checkedPromotion(wrong, now)).toThrow(DomainError);
  });
});
