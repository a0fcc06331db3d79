import type Stripe from 'stripe';
import type { AccountRecord, CapabilityStatus } from '../engine/account-record.js';
import type { DeliveryRecord } from '../engine/records.js';
import { idOf } from '../engine/kinds.js';
import type { State } from './ui/parts.js';

/** States in people's words, the same on every page. */

const PAYOUTS: Record<string, State> = {
  pending: { tone: 'waiting', word: 'Pending' },
  in_transit: { tone: 'waiting', word: 'On its way' },
  paid: { tone: 'good', word: 'Paid' },
  failed: { tone: 'bad', word: 'Failed' },
  canceled: { tone: 'neutral', word: 'Canceled' },
};

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
  return SUBSCRIPTIONS[status] ?? { tone: 'neutral', word: sentence(status) };
}

/** @param charge the intent's latest charge, where it has one */
export function paymentState(intent: Stripe.PaymentIntent, charge: Stripe.Charge | undefined): State {
  if (charge?.refunded) return { tone: 'neutral', word: 'Refunded' };
  if (charge?.disputed) return { tone: 'attention', word: 'Disputed' };
  if (charge && charge.amount_refunded > 0) return { tone: 'neutral', word: 'Partly refunded' };
  switch (intent.status) {
    case 'succeeded':
      return { tone: 'good', word: 'Succeeded' };
    case 'processing':
      return { tone: 'waiting', word: 'Processing' };
    case 'requires_action':
      return { tone: 'waiting', word: 'Waits for 3-D Secure' };
    case 'requires_capture':
      return { tone: 'attention', word: 'Uncaptured' };
    case 'canceled':
      return { tone: 'neutral', word: 'Canceled' };
    default:
      return intent.last_payment_error
        ? { tone: 'bad', word: 'Declined' }
        : { tone: 'attention', word: 'Incomplete' };
  }
}

export function receivedState(charge: Stripe.Charge): State {
  if (charge.refunded) return { tone: 'neutral', word: 'Reversed' };
  if (charge.amount_refunded > 0) return { tone: 'neutral', word: 'Partly reversed' };
  return { tone: 'good', word: 'Received' };
}

export function accountState(record: AccountRecord, transfers: CapabilityStatus | null): State {
  if (record.platform) return { tone: 'good', word: 'Platform' };
  if (record.closed) return { tone: 'neutral', word: 'Closed' };
  if (record.deauthorized) return { tone: 'neutral', word: 'Deauthorized' };
  if (record.restricted?.startsWith('rejected')) return { tone: 'bad', word: 'Rejected' };
  if (record.restricted) return { tone: 'bad', word: 'Restricted' };
  if (transfers === 'active') return { tone: 'good', word: 'Active' };
  return record.details_submitted
    ? { tone: 'attention', word: 'Restricted' }
    : { tone: 'waiting', word: 'Onboarding' };
}

const CAPABILITIES: Record<CapabilityStatus, State> = {
  active: { tone: 'good', word: 'Active' },
  pending: { tone: 'waiting', word: 'Pending' },
  rejected: { tone: 'bad', word: 'Rejected' },
  restricted: { tone: 'attention', word: 'Restricted' },
  unsupported: { tone: 'neutral', word: 'Unsupported' },
};

export const capabilityState = (status: CapabilityStatus): State => CAPABILITIES[status];

/** How a delivery stands; its last attempt says why. */
export function deliveryState(delivery: DeliveryRecord): State {
  if (delivery.status === 'succeeded') return { tone: 'good', word: 'Delivered' };
  if (delivery.status === 'failed') return { tone: 'bad', word: 'Given up' };
  return delivery.attempts.length > 0
    ? { tone: 'attention', word: 'Failed, tries again' }
    : { tone: 'waiting', word: 'Not sent yet' };
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

/** Which seller a payment goes to, if one does. */
export const sellerOf = (intent: Stripe.PaymentIntent): string | null =>
  idOf(intent.transfer_data?.destination);
