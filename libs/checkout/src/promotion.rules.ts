import { DomainError, Money } from '#kernel';
import type { Discount } from '#orders';
import type { SellerGoods } from './cart.rules.js';

/** Either a percentage (basis points) or an amount; the funder gives it from their own share. */
export interface Promotion {
  readonly id: string;
  readonly code: string;
  readonly funder: 'seller' | 'platform';
  /** The seller whose goods it is for; null: everybody's, and the platform funds it. */
  readonly sellerId: string | null;
  readonly percentBps: number | null;
  readonly amount: Money | null;
}

/**
 * The discount of each order, in the order of `goods`; null where the code does not apply. An amount is given once and
 * shared by what the orders come to (largest remainder).
 */
export function discounts(promotion: Promotion, goods: readonly SellerGoods[]): (Discount | null)[] {
  if (goods.length === 0) return [];
  const { funder, amount, percentBps } = promotion;
  const applies = (g: SellerGoods) =>
    (promotion.sellerId === null || promotion.sellerId === g.sellerId) &&
    (amount === null || amount.currency === g.currency);
  const sums = goods.map((g) =>
    Money.sum(
      g.lines.map((line) => line.unitPrice.times(line.quantity)),
      g.currency,
    ),
  );
  if (percentBps !== null)
    return goods.map((g, i) =>
      applies(g) ? { funder, amount: sums[i]!.percent(BigInt(percentBps)) } : null,
    );
  const parts = amount!.allocate(goods.map((g, i) => (applies(g) ? sums[i]!.amount : 0n)));
  return goods.map((g, i) => (applies(g) ? { funder, amount: parts[i]! } : null));
}

export interface NewPromotion {
  /** As it is typed; kept in upper case. */
  readonly code: string;
  readonly percentBps: number | null;
  readonly amount: Money | null;
  /** Null: at once. */
  readonly validFrom: Date | null;
  /** Null: until it is ended. */
  readonly validUntil: Date | null;
  readonly maxRedemptions: number | null;
}

/** The code as it is stored. Throws `promotion_invalid` with a sentence per field. */
export function checkedPromotion(input: NewPromotion, now: Date): string {
  const code = normalCode(input.code);
  const fields: Record<string, string> = {};
  if (!/^[A-Z0-9][A-Z0-9-]{2,39}$/.test(code))
    fields['code'] = 'Use 3 to 40 letters, digits and hyphens, such as SPRING-10.';
  if ((input.percentBps === null) === (input.amount === null))
    fields['percentBps'] = 'Enter either a percentage or an amount.';
  if (input.percentBps !== null && !between(input.percentBps, 1, 10_000))
    fields['percentBps'] = 'Enter a percentage above 0 and up to 100.';
  if (input.amount !== null && input.amount.amount <= 0n) fields['amount'] = 'Enter an amount above zero.';
  if (input.validUntil && input.validUntil <= (input.validFrom ?? now))
    fields['validUntil'] = 'Choose an end after the beginning.';
  if (input.maxRedemptions !== null && !between(input.maxRedemptions, 1, 1_000_000))
    fields['maxRedemptions'] = 'Enter a number from 1 to 1,000,000, or leave it empty.';
  if (Object.keys(fields).length > 0)
    throw new DomainError('promotion_invalid', 'invalid', 'Some fields need your attention.', fields);
  return code;
}

export function normalCode(code: string): string {
  return code.trim().toUpperCase();
}

function between(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
