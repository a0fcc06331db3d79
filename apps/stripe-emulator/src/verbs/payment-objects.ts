import type Stripe from 'stripe';
import type { TestCard } from '../engine/cards.js';
import { NO_ADDRESS } from './billing-details.js';

export interface IntentFrame {
  id: string;
  /** The platform, where it acts for another account. */
  application: string | null;
  secret: string;
  created: number;
  livemode: boolean;
  amount: number;
  currency: string;
  customer: string | null;
  types: string[];
  data: Stripe.Checkout.SessionCreateParams.PaymentIntentData;
}

export function newIntent(frame: IntentFrame): Stripe.PaymentIntent {
  const { data } = frame;
  return {
    id: frame.id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: frame.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: frame.application,
    application_fee_amount: data.application_fee_amount ?? null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: data.capture_method ?? 'automatic_async',
    client_secret: `${frame.id}_secret_${frame.secret}`,
    confirmation_method: 'automatic',
    created: frame.created,
    currency: frame.currency,
    customer: frame.customer,
    customer_account: null,
    description: data.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: frame.livemode,
    managed_payments: null,
    metadata: (data.metadata ?? {}) as Stripe.Metadata,
    next_action: null,
    on_behalf_of: data.on_behalf_of ?? null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: frame.types,
    payment_record: null,
    processing: null,
    receipt_email: data.receipt_email ?? null,
    review: null,
    setup_future_usage: data.setup_future_usage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: data.statement_descriptor ?? null,
    statement_descriptor_suffix: data.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_data: data.transfer_data ?? null,
    transfer_group: data.transfer_group ?? null,
  };
}

export interface ChargeFrame {
  id: string;
  created: number;
  livemode: boolean;
  descriptor: string;
  method: { id: string; details: Stripe.Charge.PaymentMethodDetails };
  billing: Stripe.Charge.BillingDetails;
  /** What the bank and Radar said; left out: they have not been asked yet. */
  outcome?: Stripe.Charge.Outcome;
  /** `held`: authorised, and captured later or never. */
  status: 'succeeded' | 'held' | 'pending' | 'failed';
}

/** A charge that an intent makes. Money, transfer and fee are added once it has succeeded. */
export function newCharge(intent: Stripe.PaymentIntent, frame: ChargeFrame): Stripe.Charge {
  const { status } = frame;
  const captured = status === 'succeeded';
  return {
    id: frame.id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: intent.application,
    application_fee: null,
    application_fee_amount: intent.application_fee_amount,
    balance_transaction: null,
    billing_details: frame.billing,
    calculated_statement_descriptor: frame.descriptor,
    captured,
    created: frame.created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: frame.livemode,
    metadata: intent.metadata,
    on_behalf_of: intent.on_behalf_of,
    outcome: frame.outcome ?? APPROVED,
    paid: captured || status === 'held',
    payment_intent: intent.id,
    payment_method: frame.method.id,
    payment_method_details: frame.method.details,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: status === 'held' ? 'succeeded' : status,
    transfer_data: intent.transfer_data
      ? { amount: intent.transfer_data.amount ?? null, destination: intent.transfer_data.destination }
      : null,
    transfer_group: intent.transfer_group,
  };
}

const APPROVED: Stripe.Charge.Outcome = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  risk_score: 20,
  seller_message: 'Payment complete.',
  type: 'authorized',
};

const RISK_SCORES = { elevated: 70, highest: 90 };

/** What a test card's bank and Radar make of a charge. */
export function outcomeOf({ decline, risk }: TestCard): Stripe.Charge.Outcome {
  const seen = risk ? { ...APPROVED, risk_level: risk, risk_score: RISK_SCORES[risk] } : APPROVED;
  if (!decline) return seen;
  const blocked = decline.outcome === 'blocked';
  return {
    ...seen,
    network_status: blocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: blocked ? 'highest_risk_level' : decline.decline_code,
    seller_message: blocked
      ? 'Stripe blocked this payment as too risky.'
      : 'The bank did not return any further details with this decline.',
    type: decline.outcome,
  };
}

type ShippingGiven = Omit<Stripe.PaymentIntentCreateParams.Shipping, 'address'> & { address: object };

/** Where goods go, with what was left out as null. */
export function shippingOf(
  given: ShippingGiven | '' | null | undefined,
): Stripe.PaymentIntent.Shipping | null {
  if (!given) return null;
  const { address, carrier = null, name, phone = null, tracking_number = null } = given;
  return { address: { ...NO_ADDRESS, ...address }, carrier, name, phone, tracking_number };
}
