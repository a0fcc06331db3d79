import type Stripe from 'stripe';

type Given = number | string | { toString(): string } | null | undefined;

/** A price's amount when it is a whole number of minor units, otherwise null: only its decimal says it. */
export function wholeAmount(amount: number | undefined, decimal: Given): number | null {
  if (amount !== undefined) return amount;
  const value = decimal === undefined || decimal === null ? NaN : Number(String(decimal));
  return Number.isInteger(value) ? value : null;
}

/** What `quantity` units cost, minor units; halves are rounded up. */
export function priceOf(price: Stripe.Price, tiers: Stripe.Price.Tier[], quantity: number): number {
  if (price.billing_scheme === 'tiered') return tieredPrice(price.tiers_mode!, tiers, quantity);
  const packs = price.transform_quantity;
  const units = !packs
    ? quantity
    : packs.round === 'up'
      ? Math.ceil(quantity / packs.divide_by)
      : Math.floor(quantity / packs.divide_by);
  return Math.round(Number(String(price.unit_amount_decimal ?? price.unit_amount ?? 0)) * units);
}

/** Volume: one tier prices all units. Graduated: each tier prices the units that fall in it. */
function tieredPrice(mode: string, tiers: Stripe.Price.Tier[], quantity: number): number {
  const unit = (tier: Stripe.Price.Tier) => Number(String(tier.unit_amount_decimal ?? tier.unit_amount ?? 0));
  const flat = (tier: Stripe.Price.Tier) => Number(String(tier.flat_amount_decimal ?? tier.flat_amount ?? 0));
  if (mode === 'volume') {
    const tier = tiers.find(({ up_to }) => up_to === null || quantity <= up_to)!;
    return Math.round(unit(tier) * quantity + flat(tier));
  }
  let from = 0;
  let total = 0;
  for (const tier of tiers) {
    const to = Math.min(quantity, tier.up_to ?? Infinity);
    if (to <= from && from > 0) break;
    total += unit(tier) * (to - from) + flat(tier);
    from = to;
  }
  return Math.round(total);
}
