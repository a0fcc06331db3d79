import { Money } from '#kernel';
import type { FeeStep, RefundStatus, ReversalStep } from './refund.states.js';

export type RefundOrigin = 'seller' | 'admin' | 'system' | 'outside';

export interface RefundRow {
  readonly id: string;
  readonly origin: RefundOrigin;
  readonly requested_by: string | null;
  readonly reason: string;
  readonly order_id: string | null;
  readonly seller_id: string | null;
  readonly stripe_account: string | null;
  readonly charge_id: string;
  readonly transfer_id: string | null;
  readonly application_fee_id: string | null;
  readonly currency: string;
  readonly amount: bigint;
  readonly fee_amount: bigint;
  /** Null here and below: the refund's own currency. */
  readonly fee_currency: string | null;
  readonly reversal_amount: bigint;
  readonly reversal_currency: string | null;
  readonly status: RefundStatus;
  readonly fee_step: FeeStep;
  readonly reversal_step: ReversalStep;
  readonly stripe_refund_id: string | null;
  readonly fee_refund_id: string | null;
  readonly reversal_id: string | null;
  readonly problem: string | null;
  readonly next_try_at: Date | null;
  readonly tries: number;
  readonly created_at: Date;
  readonly refunded_at: Date | null;
  readonly fee_refunded_at: Date | null;
  readonly reversed_at: Date | null;
  readonly failed_at: Date | null;
  readonly suggested_order_id: string | null;
  readonly attributed_at: Date | null;
}

export interface RefundView {
  readonly id: string;
  /** outside: made in Stripe's dashboard. */
  readonly origin: RefundOrigin;
  readonly requestedBy: string | null;
  readonly reason: string;
  readonly orderId: string | null;
  readonly sellerId: string | null;
  /** What the buyer gets. */
  readonly amount: Money;
  /** The application fee's part that goes back to the seller. */
  readonly fee: Money;
  /** What is taken back of the transfer. */
  readonly reversal: Money;
  readonly status: RefundStatus;
  readonly feeStep: FeeStep;
  readonly reversalStep: ReversalStep;
  /** What did not go through, in Stripe's words. */
  readonly problem: string | null;
  readonly chargeId: string;
  readonly stripeRefundId: string | null;
  readonly feeRefundId: string | null;
  readonly reversalId: string | null;
  readonly createdAt: Date;
  readonly refundedAt: Date | null;
  readonly feeRefundedAt: Date | null;
  readonly reversedAt: Date | null;
  readonly failedAt: Date | null;
  /** Nobody has said yet which order it belongs to; `suggestedOrderId` is what the charge names. */
  readonly needsAttribution: boolean;
  readonly suggestedOrderId: string | null;
}

/** What is taken back of the transfer, in the transfer's currency. */
export function reversalOf(row: RefundRow): Money {
  return Money.of(row.reversal_amount, row.reversal_currency ?? row.currency);
}

export function viewOf(row: RefundRow): RefundView {
  return {
    id: row.id,
    origin: row.origin,
    requestedBy: row.requested_by,
    reason: row.reason,
    orderId: row.order_id,
    sellerId: row.seller_id,
    amount: Money.of(row.amount, row.currency),
    fee: Money.of(row.fee_amount, row.fee_currency ?? row.currency),
    reversal: reversalOf(row),
    status: row.status,
    feeStep: row.fee_step,
    reversalStep: row.reversal_step,
    problem: row.problem,
    chargeId: row.charge_id,
    stripeRefundId: row.stripe_refund_id,
    feeRefundId: row.fee_refund_id,
    reversalId: row.reversal_id,
    createdAt: row.created_at,
    refundedAt: row.refunded_at,
    feeRefundedAt: row.fee_refunded_at,
    reversedAt: row.reversed_at,
    failedAt: row.failed_at,
    needsAttribution: row.origin === 'outside' && row.attributed_at === null,
    suggestedOrderId: row.suggested_order_id,
  };
}
