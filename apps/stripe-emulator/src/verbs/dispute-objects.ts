import type Stripe from 'stripe';

type Dispute = Stripe.Dispute;

/** What each ground means to the networks, for Visa. */
const NETWORK_CODES: Record<string, string> = {
  fraudulent: '10.4',
  general: '12.7',
  product_not_received: '13.1',
};

interface Frame {
  id: string;
  charge: Stripe.Charge;
  /** Minor units of the charge's currency. */
  amount: number;
  reason: string;
  inquiry: boolean;
  /** Unix seconds. */
  created: number;
  dueBy: number;
}

export function newDispute(frame: Frame): Dispute {
  const { charge, reason, inquiry } = frame;
  const brand = charge.payment_method_details?.card?.brand ?? 'visa';
  const code = NETWORK_CODES[reason] ?? null;
  return {
    id: frame.id,
    object: 'dispute',
    amount: frame.amount,
    balance_transactions: [],
    charge: charge.id,
    created: frame.created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: emptyEvidence(charge),
    evidence_details: {
      due_by: frame.dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: charge.livemode,
    metadata: {},
    network_reason_code: code,
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand,
        case_type: inquiry ? 'inquiry' : 'chargeback',
        network: brand,
        network_reason_code: code,
      },
      type: 'card',
    },
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
}

/** Stripe fills in what the charge says of the buyer. */
function emptyEvidence({ billing_details }: Stripe.Charge): Stripe.Dispute.Evidence {
  return {
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
    customer_communication: null,
    customer_email_address: billing_details.email,
    customer_name: billing_details.name,
    customer_purchase_ip: null,
    customer_signature: null,
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  };
}
