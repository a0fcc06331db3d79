import type Stripe from 'stripe';
import type { Buyer } from '../engine/buyer.js';

type Details = Stripe.PaymentMethod.BillingDetails;
type Given = Stripe.PaymentMethodCreateParams.BillingDetails | undefined;

export const NO_ADDRESS: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

export const NO_BILLING: Details = {
  address: NO_ADDRESS,
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/** What was given replaces what was there; an empty value takes it away. */
export function mergeBilling(before: Details, given: Given): Details {
  if (!given) return before;
  const { address, ...rest } = given;
  const words = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value || null]));
  const merged = { ...before, ...words };
  if (address === undefined) return merged;
  return { ...merged, address: { ...NO_ADDRESS, ...before.address, ...(address || {}) } };
}

export function billingOf(buyer: Buyer): Details {
  return {
    address: { ...NO_ADDRESS, country: buyer.country ?? null, postal_code: buyer.postal_code ?? null },
    email: buyer.email ?? null,
    name: buyer.name ?? null,
    phone: buyer.phone ?? null,
    tax_id: null,
  };
}
