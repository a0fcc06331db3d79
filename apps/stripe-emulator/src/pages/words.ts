import type Stripe from 'stripe';
import type { AccountRecord, CapabilityStatus } from '../engine/account-record.js';
import type { DeliveryRecord } from '../engine/records.js';
import type { State } from './ui/parts.js';

/** States in people's words, the same on every page. */

const PAYOUTS: Record<string, State> = {
  pending: { tone: 'waiting', word: 'Pending' },
  in_transit: { tone: 'waiting', word: 'On its way' },
  paid: { tone: 'good', word: 'Paid' },
  failed: { tone: 'bad', word: 'Failed' },
  canceled: { tone: 'neutral', word: 'Canceled' },
};

export const PAYOUT_WORDS = Object.values(PAYOUTS).map(({ word }) => word);

export function payoutState(payout: Stripe.Payout): State {
  return PAYOUTS[payout.status] ?? { tone: 'neutral', word: sentence(payout.status) };
}

const DISPUTES: Record<string, State> = {
  needs_response: { tone: 'attention', word: 'Needs an answer' },
  under_review: { tone: 'waiting', word: 'With the bank' },
  won: { tone: 'good', word: 'Won' },
  lost: { tone: 'bad', word: 'Lost' },
  warning_needs_response: { tone: 'attention', word: 'Inquiry needs an answer' },
  warning_under_review: { tone: 'waiting', word: 'Inquiry with the bank' },
  warning_closed: { tone: 'neutral', word: 'Inquiry closed' },
};

export const DISPUTE_WORDS = Object.values(DISPUTES).map(({ word }) => word);

export function disputeState(dispute: Stripe.Dispute): State {
  return DISPUTES[dispute.status] ?? { tone: 'neutral', word: sentence(dispute.status) };
}

const INVOICES: Record<string, State> = {
  draft: { tone: 'neutral', word: 'Draft' },
  open: { tone: 'attention', word: 'To pay' },
  paid: { tone: 'good', word: 'Paid' },
  uncollectible: { tone: 'bad', word: 'Written off' },
  void: { tone: 'neutral', word: 'Void' },
};

export function invoiceState(invoice: Stripe.Invoice): State {
  return INVOICES[invoice.status ?? 'draft'] ?? { tone: 'neutral', word: sentence(invoice.status ?? '') };
}

const SUBSCRIPTIONS: Record<string, State> = {
  active: { tone: 'good', word: 'Active' },
  trialing: { tone: 'good', word: 'Trial' },
  past_due: { tone: 'attention', word: 'Payment is late' },
  unpaid: { tone: 'bad', word: 'Unpaid' },
  paused: { tone: 'neutral', word: 'Paused' },
};

export function subscriptionState(subscription: Stripe.Subscription): State {
  const { status } = subscription;
  if (subscription.cancel_at_period_end) return { tone: 'neutral', word: 'Ends soon' };
  if (subscription.pause_collection) return SUBSCRIPTIONS['paused']!;
  return SUBSCRIPTIONS[status] ?? { tone: 'neutral', word: sentence(status) };
}

const PAYMENTS = {
  refunded: { tone: 'neutral', word: 'Refunded' },
  disputed: { tone: 'attention', word: 'Disputed' },
  partly: { tone: 'neutral', word: 'Partly refunded' },
  succeeded: { tone: 'good', word: 'Succeeded' },
  processing: { tone: 'waiting', word: 'Processing' },
  held: { tone: 'attention', word: 'Uncaptured' },
  asked: { tone: 'waiting', word: 'Waits for 3-D Secure' },
  canceled: { tone: 'neutral', word: 'Canceled' },
  declined: { tone: 'bad', word: 'Declined' },
  incomplete: { tone: 'attention', word: 'Incomplete' },
} as const satisfies Record<string, State>;

export const PAYMENT_WORDS = Object.values(PAYMENTS).map(({ word }) => word as string);

/** @param intent none where a charge was made without one; @param charge the latest, where there is one */
export function paymentState(intent: Stripe.PaymentIntent | null, charge: Stripe.Charge | undefined): State {
  if (charge?.refunded) return PAYMENTS.refunded;
  if (charge?.disputed) return PAYMENTS.disputed;
  if (charge && charge.amount_refunded > 0) return PAYMENTS.partly;
  if (!intent) return chargeState(charge);
  switch (intent.status) {
    case 'succeeded':
      return PAYMENTS.succeeded;
    case 'processing':
      return PAYMENTS.processing;
    case 'requires_capture':
      return PAYMENTS.held;
    case 'requires_action':
      return PAYMENTS.asked;
    case 'canceled':
      return PAYMENTS.canceled;
    default:
      return intent.last_payment_error ? PAYMENTS.declined : PAYMENTS.incomplete;
  }
}

function chargeState(charge: Stripe.Charge | undefined): State {
  if (charge?.status === 'failed') return PAYMENTS.declined;
  if (charge?.status === 'pending') return PAYMENTS.processing;
  return charge?.captured ? PAYMENTS.succeeded : PAYMENTS.held;
}

export function receivedState(charge: Stripe.Charge): State {
  if (charge.refunded) return { tone: 'neutral', word: 'Reversed' };
  if (charge.amount_refunded > 0) return { tone: 'neutral', word: 'Partly reversed' };
  return { tone: 'good', word: 'Received' };
}

const ACCOUNTS = {
  platform: { tone: 'good', word: 'Platform' },
  closed: { tone: 'neutral', word: 'Closed' },
  deauthorized: { tone: 'neutral', word: 'Deauthorized' },
  rejected: { tone: 'bad', word: 'Rejected' },
  restricted: { tone: 'bad', word: 'Restricted' },
  active: { tone: 'good', word: 'Active' },
  missing: { tone: 'attention', word: 'Something is missing' },
  onboarding: { tone: 'waiting', word: 'Onboarding' },
} as const satisfies Record<string, State>;

export const ACCOUNT_WORDS = Object.values(ACCOUNTS).map(({ word }) => word as string);

export function accountState(record: AccountRecord, transfers: CapabilityStatus | null): State {
  if (record.platform) return ACCOUNTS.platform;
  if (record.closed) return ACCOUNTS.closed;
  if (record.deauthorized) return ACCOUNTS.deauthorized;
  if (record.restricted?.startsWith('rejected')) return ACCOUNTS.rejected;
  if (record.restricted) return ACCOUNTS.restricted;
  if (transfers === 'active') return ACCOUNTS.active;
  return record.details_submitted ? ACCOUNTS.missing : ACCOUNTS.onboarding;
}

const CAPABILITIES: Record<CapabilityStatus, State> = {
  active: { tone: 'good', word: 'Active' },
  pending: { tone: 'waiting', word: 'Pending' },
  rejected: { tone: 'bad', word: 'Rejected' },
  restricted: { tone: 'attention', word: 'Restricted' },
  unsupported: { tone: 'neutral', word: 'Unsupported' },
};

export const capabilityState = (status: CapabilityStatus): State => CAPABILITIES[status];

const DELIVERIES = {
  delivered: { tone: 'good', word: 'Delivered' },
  failed: { tone: 'bad', word: 'Given up' },
  again: { tone: 'attention', word: 'Tries again' },
  waiting: { tone: 'waiting', word: 'Not sent yet' },
} as const satisfies Record<string, State>;

export const DELIVERY_WORDS = Object.values(DELIVERIES).map(({ word }) => word as string);

/** How a delivery stands; its last attempt says why. */
export function deliveryState(delivery: DeliveryRecord): State {
  if (delivery.status === 'succeeded') return DELIVERIES.delivered;
  if (delivery.status === 'failed') return DELIVERIES.failed;
  return delivery.attempts.length > 0 ? DELIVERIES.again : DELIVERIES.waiting;
}

const REQUIREMENTS: Record<string, string> = {
  business_type: 'Type of business',
  'individual.first_name': 'First name',
  'individual.last_name': 'Last name',
  'individual.email': 'Email',
  'individual.dob': 'Date of birth',
  'individual.address': 'Home address',
  'individual.id_number': 'ID number',
  'individual.verification.document': 'Identity document',
  'company.name': 'Legal name of the company',
  'company.address': 'Company address',
  'company.phone': 'Company phone number',
  'company.tax_id': 'Tax ID',
  'company.verification.document': 'Company document',
  'business_profile.product_description': 'What you sell',
  external_account: 'Bank account for payouts',
  'tos_acceptance.date': 'Acceptance of the terms',
};

/** A requirement by its v1 name, as a seller would call it. */
export function requirementWord(field: string): string {
  return REQUIREMENTS[field] ?? sentence(field.split('.').at(-1)!);
}

/** What is not a card, by its type. */
export const METHODS: Record<string, string> = {
  us_bank_account: 'US bank debit',
  sepa_debit: 'SEPA Direct Debit',
  bacs_debit: 'Bacs Direct Debit',
};

/** "Visa •••• 4242", or what else paid. */
export function methodWord(
  details: Stripe.Charge.PaymentMethodDetails | Stripe.PaymentMethod | null | undefined,
): string | null {
  if (!details) return null;
  const { card } = details;
  if (card) return `${sentence(card.brand ?? 'card')} •••• ${card.last4}`;
  const last4 = (details as unknown as Record<string, { last4?: string } | undefined>)[details.type]?.last4;
  const name = METHODS[details.type] ?? sentence(details.type);
  return last4 ? `${name} •••• ${last4}` : name;
}

/** "insufficient_funds" -> "Insufficient funds". */
export function sentence(code: string): string {
  const words = code.replaceAll(/[_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
