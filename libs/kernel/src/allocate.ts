import { InvariantError } from './errors.js';

/**
 * Shares `total` (minor units, may be negative) by `weights` with the largest-remainder rule, so that the parts always
 * sum to the total. Ties go to the earlier part. All weights zero: everything goes to the first part.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.length === 0) throw new InvariantError('allocate needs at least one weight');
  if (weights.some((weight) => weight < 0n)) throw new InvariantError('allocate takes no negative weight');
  const sign = total < 0n ? -1n : 1n;
  const amount = total * sign;
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));
  const parts = weights.map((weight) => (amount * weight) / sum);
  const left = Number(amount - parts.reduce((a, b) => a + b, 0n));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, left)) parts[index] = parts[index]! + 1n;
  return parts.map((part) => part * sign);
}

/** `amount` × `basisPoints` / 10,000, rounded half up (away from zero for negative amounts). */
export function percentage(amount: bigint, basisPoints: bigint): bigint {
  const product = amount * basisPoints;
  const rounded = ((product < 0n ? -product : product) + 5_000n) / 10_000n;
  return product < 0n ? -rounded : rounded;
}
