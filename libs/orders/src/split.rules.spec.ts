import fc from 'fast-check';
import { currencyFacts, DomainError, Money } from '#kernel';
import { figure } from './split.rules.js';

const rule = (currency: string, percentBps = 1000, fixed = 30n) => ({
  id: 'fee_1',
  percentBps,
  fixed: Money.of(fixed, currency),
});

const orders = fc
  .record({
    currency: fc.constantFrom('eur', 'jpy', 'kwd', 'isk'),
    lines: fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.bigInt(1n, 5_000n)), {
      minLength: 1,
      maxLength: 8,
    }),
    shipping: fc.bigInt(0n, 200n),
    percentBps: fc.integer({ min: 0, max: 10_000 }),
    fixed: fc.bigInt(0n, 500n),
    funder: fc.constantFrom('seller' as const, 'platform' as const),
    discount: fc.bigInt(0n, 200_000n),
  })
  .map(({ currency, lines, shipping, percentBps, fixed, funder, discount }) => {
    const { step } = currencyFacts(currency);
    // Large enough that no minimum stands in the way.
    const money = (amount: bigint) => Money.of(amount * step, currency);
    return {
      draft: {
        currency,
        lines: lines.map(([quantity, price]) => ({ quantity, unitPrice: money(price) })),
        shipping: money(shipping + 1_000n),
      },
      rule: rule(currency, percentBps, fixed * step),
      discount: { funder, amount: Money.of(discount, currency) },
    };
  });

describe('the figures of an order', () => {
  it('always make the whole: charged = net + fee + tax = items − discount + shipping', () => {
    fc.assert(
      fc.property(orders, ({ draft, rule, discount }) => {
        const { items, discount: given, shipping, tax, split, lineDiscounts } = figure(draft, rule, discount);
        expect(items.minus(given).plus(shipping).plus(tax)).toEqual(split.charged);
        expect(split.sellerNet.plus(split.applicationFee).plus(split.taxHeld)).toEqual(split.charged);
        expect(Money.sum(lineDiscounts, draft.currency)).toEqual(given);
      }),
    );
  });

  it('no line is discounted below nothing, and each can be charged in the currency’s own steps', () => {
    fc.assert(
      fc.property(orders, ({ draft, rule, discount }) => {
        const { step } = currencyFacts(draft.currency);
        const { lineDiscounts, split } = figure(draft, rule, discount);
        for (const [i, line] of draft.lines.entries()) {
          const left = line.unitPrice.times(line.quantity).minus(lineDiscounts[i]!);
          expect(left.isNegative).toBe(false);
          expect(left.amount % step).toBe(0n);
        }
        expect(split.charged.amount % step).toBe(0n);
        expect(split.applicationFee.amount % step).toBe(0n);
      }),
    );
  });

  it('a discount that the platform funds never costs the seller anything', () => {
    fc.assert(
      fc.property(orders, ({ draft, rule, discount }) => {
        const without = figure(draft, rule, null);
        const given = figure(draft, rule, { ...discount, funder: 'platform' });
        expect(given.split.sellerNet).toEqual(without.split.sellerNet);
      }),
    );
  });

  it('an order under the currency’s minimum is refused before anything is held', () => {
    const draft = {
      currency: 'eur',
      lines: [{ quantity: 1, unitPrice: Money.of(49n, 'eur') }],
      shipping: Money.zero('eur'),
    };
    expect(() => figure(draft, rule('eur'), null)).toThrow(DomainError);
  });
});
