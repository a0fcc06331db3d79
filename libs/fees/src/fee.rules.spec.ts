import fc from 'fast-check';
import { DomainError, Money } from '#kernel';
import { applicationFee, checkedStart } from './fee.rules.js';

const rule = (percentBps: number, fixed: bigint, currency = 'eur') => ({
  id: 'fee_1',
  percentBps,
  fixed: Money.of(fixed, currency),
});

describe('the application fee', () => {
  it('is the percentage, half up, plus the fixed part', () => {
    expect(applicationFee(rule(1000, 30n), Money.of(1005n, 'eur')).amount).toBe(131n);
  });

  it('is never more than what is sold', () => {
    expect(applicationFee(rule(1000, 300n), Money.of(100n, 'eur')).amount).toBe(100n);
  });

  it('lies between nothing and the whole for every rule and amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.bigInt(0n, 10_000n),
        fc.bigInt(0n, 10n ** 12n),
        (percentBps, fixed, base) => {
          const fee = applicationFee(rule(percentBps, fixed), Money.of(base, 'eur')).amount;
          return fee >= 0n && fee <= base;
        },
      ),
    );
  });

  it('is a whole króna, since Stripe charges no fractions of it', () => {
    expect(applicationFee(rule(1000, 0n, 'isk'), Money.of(123_400n, 'isk')).amount).toBe(12_300n);
  });
});

describe('a new fee rule', () => {
  const now = new Date('2026-11-01T00:00:00Z');
  const input = { currency: 'eur', percentBps: 500, fixed: Money.of(20n, 'eur'), validFrom: null, note: '' };

  it('begins at once when no date is named', () => {
    expect(checkedStart(input, now)).toEqual(now);
  });

  it('is refused for the past', () => {
    const past = { ...input, validFrom: new Date('2026-10-31T00:00:00Z') };
    expect(() => checkedStart(past, now)).toThrow(DomainError);
  });

  it('is refused with a fixed part in another currency', () => {
    expect(() => checkedStart({ ...input, fixed: Money.of(20n, 'usd') }, now)).toThrow(DomainError);
  });
});
