import type Stripe from 'stripe';

/** Kept apart from the price, which shows them only when asked. */
export interface PriceTiers {
  id: string;
  tiers: Stripe.Price.Tier[];
}

/** What is sold and what customers owe for it. */
export interface BillingKinds {
  coupon: Stripe.Coupon;
  discount: Stripe.Discount;
  price: Stripe.Price;
  price_tiers: PriceTiers;
  product: Stripe.Product;
  promotion_code: Stripe.PromotionCode;
  tax_rate: Stripe.TaxRate;
  test_clock: Stripe.TestHelpers.TestClock;
}

type Indexes = {
  [K in keyof BillingKinds]?: Record<string, (row: BillingKinds[K]) => string | null | undefined>;
};

const id = (value: string | { id: string } | null | undefined) =>
  typeof value === 'string' ? value : (value?.id ?? null);

export const BILLING_INDEXES: Indexes = {
  price: { lookup_key: (price) => price.lookup_key, product: (price) => id(price.product) },
  promotion_code: { word: (code) => code.code.toLowerCase() },
};
