import fc from 'fast-check';
import { Money } from '#kernel';
import { type Moved, nextStep, nothingMoved, planRefund, type Sale } from './refund.rules.js';

const eur = (amount: bigint) => Money.of(amount, 'eur');
const saleOf = (charged: bigint, fee: bigint): Sale => ({
  charged: eur(charged),
  transferred: eur(charged),
  fee: eur(fee),
});
const after = (moved: Moved, plan: ReturnType<typeof planRefund>): Moved => ({
  refunded: moved.refunded.plus(plan.buyer),
  feeRefunded: moved.feeRefunded.plus(plan.fee),
  reversed: moved.reversed.plus(plan.reversal),
});

const sales = fc
  .bigInt(1n, 10n ** 9n)
  .chain((charged) => fc.bigInt(0n, charged).map((fee) => saleOf(charged, fee)));

describe('a full refund', () => {
  it('takes exactly the seller’s net from the seller and exactly the fee from the platform', () => {
    fc.assert(
      fc.property(sales, (sale) => {
        const { buyer, fee, reversal } = planRefund(sale, nothingMoved(sale), sale.charged);
        const seller = fee.minus(reversal);
        const platform = reversal.minus(fee).minus(buyer);
        expect(seller).toEqual(sale.fee.minus(sale.charged));
        expect(platform).toEqual(sale.fee.negated());
        expect(buyer.plus(seller).plus(platform).isZero).toBe(true);
      }),
    );
  });

  it('asks for no fee where there was none', () => {
    const plan = planRefund(saleOf(500n, 0n), nothingMoved(saleOf(500n, 0n)), eur(500n));
    expect(plan.fee.isZero).toBe(true);
  });

  it('pays only the buyer when the one before failed after the seller had paid', () => {
    const sale = saleOf(1000n, 130n);
    const moved = { refunded: eur(0n), feeRefunded: eur(130n), reversed: eur(1000n) };
    expect(planRefund(sale, moved, eur(1000n))).toEqual({
      buyer: eur(1000n),
      fee: eur(0n),
      reversal: eur(0n),
    });
  });

  it('refuses more than what is left', () => {
    const moved = { ...nothingMoved(saleOf(10n, 1n)), refunded: eur(1n) };
    expect(() => planRefund(saleOf(10n, 1n), moved, eur(10n))).toThrow("can't be refunded");
  });
});

describe('a refund of a payment that Stripe converted', () => {
  const sale: Sale = {
    charged: eur(10_000n),
    transferred: Money.of(10_800n, 'usd'),
    fee: Money.of(803n, 'gbp'),
  };

  it('takes the transfer and the fee back whole, each in its own currency', () => {
    expect(planRefund(sale, nothingMoved(sale), eur(10_000n))).toEqual({
      buyer: eur(10_000n),
      fee: Money.of(803n, 'gbp'),
      reversal: Money.of(10_800n, 'usd'),
    });
  });

  it('takes the same share of both back for a part', () => {
    expect(planRefund(sale, nothingMoved(sale), eur(2_500n))).toEqual({
      buyer: eur(2_500n),
      fee: Money.of(201n, 'gbp'),
      reversal: Money.of(2_700n, 'usd'),
    });
  });
});

describe('any row of refunds that makes the whole', () => {
  it('returns the whole fee and the whole transfer, to the last unit', () => {
    fc.assert(
      fc.property(sales, fc.array(fc.bigInt(1n, 10n ** 8n), { maxLength: 8 }), (sale, sizes) => {
        let moved = nothingMoved(sale);
        for (const size of [...sizes, sale.charged.amount]) {
          const left = sale.charged.minus(moved.refunded);
          if (left.isZero) break;
          const amount = size < left.amount ? eur(size) : left;
          const plan = planRefund(sale, moved, amount);
          expect(plan.fee.compare(plan.reversal) <= 0).toBe(true);
          moved = after(moved, plan);
        }
        expect(moved).toEqual({ refunded: sale.charged, feeRefunded: sale.fee, reversed: sale.charged });
      }),
    );
  });
});

describe('the next step', () => {
  const standing = { status: 'succeeded', fee_step: 'waiting', reversal_step: 'waiting' } as const;

  it('is the fee, then the transfer, then none', () => {
    expect(nextStep(standing)).toBe('fee');
    expect(nextStep({ ...standing, fee_step: 'done' })).toBe('reversal');
    expect(nextStep({ ...standing, fee_step: 'none' })).toBe('reversal');
    expect(nextStep({ ...standing, fee_step: 'done', reversal_step: 'done' })).toBeNull();
  });

  it('waits for Stripe to know the buyer’s refund', () => {
    expect(nextStep({ ...standing, status: 'requested' })).toBeNull();
  });

  it('is none after a refund that failed', () => {
    expect(nextStep({ ...standing, status: 'failed' })).toBeNull();
  });

  it('takes nothing from the seller before they have the fee back', () => {
    expect(nextStep({ ...standing, fee_step: 'refused' })).toBeNull();
  });
});
