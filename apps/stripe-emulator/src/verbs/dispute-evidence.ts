import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';

const TEXT_LIMIT = 150_000;

/** Evidence that is an uploaded file; the rest is text. */
export const EVIDENCE_FILES = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const;

export const EVIDENCE_TEXTS = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const;

/** The evidence as it is after a call: what is given as an empty text is taken away. */
export function mergeEvidence(
  engine: Engine,
  account: string,
  before: Stripe.Dispute.Evidence,
  given: Stripe.DisputeUpdateParams['evidence'] = {},
): Stripe.Dispute.Evidence {
  for (const field of EVIDENCE_FILES) {
    const file = given[field];
    if (file) engine.files.checkPurpose(account, file, 'dispute_evidence', `evidence[${field}]`);
  }
  const named = [...EVIDENCE_FILES, ...EVIDENCE_TEXTS].filter((field) => given[field] !== undefined);
  const after = { ...before, ...Object.fromEntries(named.map((field) => [field, given[field] || null])) };
  const written = EVIDENCE_TEXTS.reduce((sum, field) => sum + (after[field]?.length ?? 0), 0);
  if (written > TEXT_LIMIT)
    throw invalid(`Evidence may have ${TEXT_LIMIT} characters together.`, { param: 'evidence' });
  return after;
}
