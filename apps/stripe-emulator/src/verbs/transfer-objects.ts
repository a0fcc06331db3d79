import type Stripe from 'stripe';
import { NO_BILLING } from './billing-details.js';
import type { SendOrder } from './transfers.js';

interface Frame extends SendOrder {
  transfer: string;
  destinationPayment: string;
  transaction: string;
  created: number;
  livemode: boolean;
}

export function newTransfer(frame: Frame): Stripe.Transfer {
  return {
    id: frame.transfer,
    object: 'transfer',
    amount: frame.amount,
    amount_reversed: 0,
    balance_transaction: frame.transaction,
    created: frame.created,
    currency: frame.currency,
    description: frame.description,
    destination: frame.destination,
    destination_payment: frame.destinationPayment,
    livemode: frame.livemode,
    metadata: frame.metadata,
    reversals: {
      object: 'list',
      data: [],
      has_more: false,
      url: `/v1/transfers/${frame.transfer}/reversals`,
    },
    reversed: false,
    source_transaction: frame.source?.id ?? null,
    source_type: 'card',
    transfer_group: frame.group,
  };
}

/** The `py_…` charge that a transfer makes in the seller's account. */
export function newDestinationPayment(frame: Frame): Stripe.Charge {
  return {
    id: frame.destinationPayment,
    object: 'charge',
    amount: frame.amount,
    amount_captured: frame.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: frame.fee > 0 ? frame.fee : null,
    balance_transaction: frame.transaction,
    billing_details: NO_BILLING,
    calculated_statement_descriptor: null,
    captured: true,
    created: frame.created,
    currency: frame.currency,
    customer: null,
    description: frame.payment?.description ?? null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: frame.livemode,
    metadata: frame.payment?.metadata ?? {},
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: null,
    payment_method: null,
    payment_method_details: { stripe_account: {}, type: 'stripe_account' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: frame.transfer,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}

interface ReversalFrame {
  reversal: string;
  refund: string;
  amount: number;
  transaction: string;
  created: number;
}

export function newReversal(
  frame: ReversalFrame & { transfer: Stripe.Transfer; metadata: Stripe.Metadata; cause: string | null },
): Stripe.TransferReversal {
  return {
    id: frame.reversal,
    object: 'transfer_reversal',
    amount: frame.amount,
    balance_transaction: frame.transaction,
    created: frame.created,
    currency: frame.transfer.currency,
    destination_payment_refund: frame.refund,
    metadata: frame.metadata,
    source_refund: frame.cause,
    transfer: frame.transfer.id,
  };
}

/** The `pyr_…` refund that a reversal makes of the payment in the seller's account. */
export function newDestinationRefund(frame: ReversalFrame & { payment: Stripe.Charge }): Stripe.Refund {
  return {
    id: frame.refund,
    object: 'refund',
    amount: frame.amount,
    balance_transaction: frame.transaction,
    charge: frame.payment.id,
    created: frame.created,
    currency: frame.payment.currency,
    customer: null,
    customer_account: null,
    metadata: {},
    payment_intent: null,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: frame.reversal,
    status: 'succeeded',
    transfer_reversal: null,
  };
}
