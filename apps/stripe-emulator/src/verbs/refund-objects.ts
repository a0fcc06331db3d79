import type Stripe from 'stripe';

/** A refund of which the money has not moved yet. @param created Unix seconds */
export function newRefund(charge: Stripe.Charge, id: string, amount: number, created: number): Stripe.Refund {
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created,
    currency: charge.currency,
    customer: charge.customer as string | null,
    customer_account: null,
    ...(charge.payment_method_details?.card && {
      destination_details: {
        card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
        type: 'card',
      },
    }),
    ...(charge.payment_method_details?.customer_balance && {
      destination_details: { customer_cash_balance: {}, type: 'customer_cash_balance' },
    }),
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'pending',
    transfer_reversal: null,
  };
}
