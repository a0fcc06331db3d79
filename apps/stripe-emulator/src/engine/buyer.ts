import type Stripe from 'stripe';

export interface CardInput {
  number: string;
  exp_month?: number;
  exp_year?: number;
  cvc?: string;
}

/** What the buyer types beside the card. */
export interface Buyer {
  email?: string;
  name?: string;
  phone?: string;
  country?: string;
  postal_code?: string;
  shipping?: { name: string; address: Partial<Stripe.Address> };
  /** Index into the session's shipping options. */
  shipping_option?: number;
  /** The card is kept for the next time. */
  save?: boolean;
}
