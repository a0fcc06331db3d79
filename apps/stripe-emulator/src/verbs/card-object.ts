import type Stripe from 'stripe';
import type { CardInput } from '../engine/buyer.js';
import { cardOf } from './payment-method-objects.js';

const BRANDS: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  discover: 'Discover',
  jcb: 'JCB',
  mastercard: 'MasterCard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

/** The card networks' names as payment methods write them. */
export const brandCode = (name: string): string => Object.keys(BRANDS).find((code) => BRANDS[code] === name)!;

/** A card as tokens and customers' sources show it. */
export function newCard(
  id: string,
  input: CardInput,
  created: number,
  given?: Stripe.TokenCreateParams.Card,
): Stripe.Card {
  const checks = {
    cvc: input.cvc !== undefined,
    line1: Boolean(given?.address_line1),
    postalCode: Boolean(given?.address_zip),
  };
  const shown = cardOf(input, created, checks);
  return {
    id,
    object: 'card',
    address_city: given?.address_city ?? null,
    address_country: given?.address_country ?? null,
    address_line1: given?.address_line1 ?? null,
    address_line1_check: shown.checks!.address_line1_check,
    address_line2: given?.address_line2 ?? null,
    address_state: given?.address_state ?? null,
    address_zip: given?.address_zip ?? null,
    address_zip_check: shown.checks!.address_postal_code_check,
    brand: BRANDS[shown.brand]!,
    country: shown.country,
    customer: null,
    cvc_check: shown.checks!.cvc_check,
    dynamic_last4: null,
    exp_month: shown.exp_month,
    exp_year: shown.exp_year,
    fingerprint: shown.fingerprint ?? null,
    funding: shown.funding,
    last4: shown.last4,
    metadata: {},
    name: given?.name ?? null,
    regulated_status: shown.regulated_status,
    tokenization_method: null,
  };
}
