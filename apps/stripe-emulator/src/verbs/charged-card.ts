import { createHash } from 'node:crypto';
import type Stripe from 'stripe';

type Card = Stripe.Charge.PaymentMethodDetails.Card;

interface Authorization {
  /** The charge: what the network calls it follows from its id. */
  charge: string;
  amount: number;
  approved: boolean;
  /** False when Stripe kept it from the network. */
  sent: boolean;
  /** The buyer passed a 3-D Secure challenge. */
  authenticated: boolean;
  /** `payment_method_options.card` of an intent that is captured later. */
  wishes: { request_incremental_authorization?: string } | null;
}

/** How a charge shows the card that it was paid with, and what bank and network said. */
export function chargedCard(
  card: Stripe.PaymentMethod.Card,
  authorization: Authorization,
): Stripe.Charge.PaymentMethodDetails {
  const { amount, approved, sent, authenticated, wishes } = authorization;
  const digits = digitsOf(authorization.charge);
  const more = wishes?.request_incremental_authorization === 'if_available';
  const charged: Card = {
    amount_authorized: approved ? amount : null,
    authorization_code: approved ? digits.slice(0, 6) : null,
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: 'disabled' },
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    incremental_authorization: { status: more ? 'available' : 'unavailable' },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: sent ? digits.slice(6) : null,
    overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
    regulated_status: card.regulated_status,
    three_d_secure: authenticated ? AUTHENTICATED : null,
    transaction_link_id: null,
    wallet: null,
  };
  return { card: charged, type: 'card' };
}

/** Twenty-one digits, the same for the same charge: six of a bank's approval and fifteen of a network's name for it. */
function digitsOf(charge: string): string {
  const hash = createHash('sha256').update(`authorization:${charge}`).digest('hex');
  return BigInt(`0x${hash}`).toString().slice(-21);
}

const AUTHENTICATED: Card['three_d_secure'] = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: null,
  version: '2.2.0',
};
