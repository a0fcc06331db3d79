import type Stripe from 'stripe';
import type { BankRecord } from '../engine/account-record.js';

interface Frame {
  id: string;
  /** Minor units. */
  amount: number;
  currency: string;
  transaction: string;
  automatic: boolean;
  /** Unix seconds. */
  created: number;
  arrival: number;
  bank: BankRecord;
  livemode: boolean;
  params?: Stripe.PayoutCreateParams | undefined;
}

export function newPayout(frame: Frame): Stripe.Payout {
  const { params } = frame;
  return {
    id: frame.id,
    object: 'payout',
    amount: frame.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: frame.arrival,
    automatic: frame.automatic,
    balance_transaction: frame.transaction,
    created: frame.created,
    currency: frame.currency,
    description: params?.description ?? (frame.automatic ? 'STRIPE PAYOUT' : null),
    destination: frame.bank.id,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: frame.livemode,
    metadata: (params?.metadata ?? {}) as Stripe.Metadata,
    method: params?.method ?? 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: frame.automatic ? 'in_progress' : 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: params?.statement_descriptor ?? null,
    status: 'pending',
    trace_id: null,
    type: frame.bank.card ? 'card' : 'bank_account',
  };
}
