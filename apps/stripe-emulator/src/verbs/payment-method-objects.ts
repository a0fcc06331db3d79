import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { digits, testCard } from '../engine/cards.js';
import type { DebitType } from '../engine/debit-accounts.js';
import type { CardInput } from '../engine/buyer.js';

type Method = Stripe.PaymentMethod;

interface MethodFrame {
  id: string;
  created: number;
  livemode: boolean;
  billing: Stripe.PaymentMethod.BillingDetails;
  metadata: Stripe.Metadata;
}

export function newMethod(frame: MethodFrame, type: string) {
  return {
    id: frame.id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: frame.billing,
    created: frame.created,
    customer: null,
    customer_account: null,
    livemode: frame.livemode,
    metadata: frame.metadata,
    type,
  } as const;
}

export function newCardMethod(frame: MethodFrame, card: CardInput, checks: Checks): Method {
  return { ...newMethod(frame, 'card'), card: cardOf(card, frame.created, checks) };
}

/** What was given to be checked: the rest shows null. */
type Checks = { cvc: boolean; line1: boolean; postalCode: boolean };

const YEAR_OFFSET = 3;

/** What is shown of a card: never more than the last four digits. */
export function cardOf(card: CardInput, created: number, checks: Checks): Stripe.PaymentMethod.Card {
  const known = testCard(card.number)!;
  const verdict = (given: boolean) => (given ? 'pass' : null);
  return {
    brand: known.brand,
    checks: {
      address_line1_check: verdict(checks.line1),
      address_postal_code_check: verdict(checks.postalCode),
      cvc_check: verdict(checks.cvc),
    },
    country: known.country ?? 'US',
    display_brand: known.brand,
    exp_month: card.exp_month ?? 12,
    exp_year: card.exp_year ?? new Date(created * 1000).getUTCFullYear() + YEAR_OFFSET,
    fingerprint: fingerprint(digits(card.number)),
    funding: known.funding ?? 'credit',
    generated_from: null,
    last4: digits(card.number).slice(-4),
    networks: { available: [known.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

/** The same for the same number, and no way back to it. */
export const fingerprint = (number: string): string =>
  createHash('sha256').update(`fingerprint:${number}`).digest('hex').slice(0, 16);

export function newDebitMethod(frame: MethodFrame, type: DebitType, number: string): Method {
  const plain = number.replace(/\s/g, '');
  const last4 = plain.slice(-4);
  const common = { fingerprint: fingerprint(plain), last4 };
  if (type === 'us_bank_account') {
    return {
      ...newMethod(frame, type),
      us_bank_account: {
        ...common,
        account_holder_type: 'individual',
        account_type: 'checking',
        bank_name: 'STRIPE TEST BANK',
        financial_connections_account: null,
        networks: { preferred: 'ach', supported: ['ach'] },
        routing_number: '110000000',
        status_details: null,
      },
    };
  }
  if (type === 'bacs_debit')
    return { ...newMethod(frame, type), bacs_debit: { ...common, sort_code: '108800' } };
  return {
    ...newMethod(frame, type),
    sepa_debit: {
      ...common,
      bank_code: '37040044',
      branch_code: null,
      country: /^[A-Z]{2}/.exec(plain)?.[0] ?? 'DE',
      generated_from: null,
    },
  };
}

/** How a charge shows the debit or transfer that it was paid with. */
export function chargeDetails(method: Method, mandate: string | null): Stripe.Charge.PaymentMethodDetails {
  const { us_bank_account: us, sepa_debit: sepa, bacs_debit: bacs } = method;
  if (us) {
    const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } = us;
    const shown = { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number };
    return { type: method.type, us_bank_account: { ...shown, payment_reference: null } };
  }
  if (sepa) {
    const { bank_code, branch_code, country, fingerprint, last4 } = sepa;
    return {
      type: method.type,
      sepa_debit: { bank_code, branch_code, country, fingerprint, last4, mandate },
    };
  }
  if (bacs) return { type: method.type, bacs_debit: { ...bacs, mandate } };
  return { type: method.type, customer_balance: {} };
}
