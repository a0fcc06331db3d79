import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Money } from '#kernel';
import { type CallOptions, orNull, StripeApi } from '#stripe';

export interface RefundPicture {
  /** `re_…` */
  readonly id: string;
  /** Our own `rfd_…` from the metadata; null for what was made outside of us. */
  readonly ourId: string | null;
  readonly status: 'pending' | 'succeeded' | 'failed';
  readonly amount: Money;
  readonly chargeId: string;
  /** It has left the platform's balance. */
  readonly booked: boolean;
  readonly failure: string | null;
  /** The transfer reversal that the dashboard made along with it. */
  readonly reversalId: string | null;
  readonly createdAt: Date;
}

export interface FeeRefundPicture {
  readonly id: string;
  /** On the platform's side. */
  readonly balanceTransaction: string | null;
  readonly feeId: string;
  readonly amount: Money;
  readonly createdAt: Date;
}

export interface ReversalPicture {
  readonly id: string;
  readonly transferId: string;
  readonly destinationPaymentRefundId: string | null;
  readonly amount: Money;
  readonly createdAt: Date;
}

/** What a charge moved, by Stripe's own account of it. */
export interface ChargeFacts {
  readonly id: string;
  readonly charged: Money;
  /** From the metadata that our checkout gave it. */
  readonly orderId: string | null;
  readonly stripeAccount: string | null;
  readonly transferId: string | null;
  /** In the transfer's own currency; zero where there was none. The fee below is in its own, too. */
  readonly transferred: Money;
  readonly feeId: string | null;
  readonly fee: Money;
}

export interface RefundRequest {
  readonly charge: string;
  readonly amount: number;
  readonly metadata: Record<string, string>;
}
export interface FeeRefundRequest {
  readonly fee: string;
  readonly amount: number;
  readonly metadata: Record<string, string>;
}
export interface ReversalRequest {
  readonly transfer: string;
  readonly amount: number;
  readonly metadata: Record<string, string>;
}

/** The only place where Stripe's shapes and calls for refunds appear. */
@Injectable()
export class RefundsAtStripe {
  constructor(private readonly stripe: StripeApi) {}

  async createRefund(request: RefundRequest, options: CallOptions): Promise<RefundPicture> {
    return refundPicture(await this.stripe.sdk.refunds.create({ ...request }, options));
  }

  async createFeeRefund(
    { fee, ...request }: FeeRefundRequest,
    options: CallOptions,
  ): Promise<FeeRefundPicture> {
    return feeRefundPicture(await this.stripe.sdk.applicationFees.createRefund(fee, request, options));
  }

  async createReversal(
    { transfer, ...request }: ReversalRequest,
    options: CallOptions,
  ): Promise<ReversalPicture> {
    return reversalPicture(await this.stripe.sdk.transfers.createReversal(transfer, request, options));
  }

  async refund(id: string): Promise<RefundPicture | null> {
    const refund = await orNull(this.stripe.sdk.refunds.retrieve(id));
    return refund && refundPicture(refund);
  }

  async findRefund(charge: string, ourId: string): Promise<RefundPicture | null> {
    for await (const refund of this.stripe.sdk.refunds.list({ charge, limit: 100 }))
      if (refund.metadata?.['refund'] === ourId) return refundPicture(refund);
    return null;
  }

  /** All refunds of an application fee, newest first. */
  async feeRefunds(fee: string): Promise<(FeeRefundPicture & { ourId: string | null })[]> {
    const found: (FeeRefundPicture & { ourId: string | null })[] = [];
    for await (const refund of this.stripe.sdk.applicationFees.listRefunds(fee, { limit: 100 }))
      found.push({ ...feeRefundPicture(refund), ourId: refund.metadata?.['refund'] ?? null });
    return found;
  }

  async reversals(transfer: string): Promise<(ReversalPicture & { ourId: string | null })[]> {
    const found: (ReversalPicture & { ourId: string | null })[] = [];
    for await (const reversal of this.stripe.sdk.transfers.listReversals(transfer, { limit: 100 }))
      found.push({ ...reversalPicture(reversal), ourId: reversal.metadata?.['refund'] ?? null });
    return found;
  }

  async charge(id: string): Promise<ChargeFacts | null> {
    const expand = ['transfer', 'application_fee'];
    const charge = await orNull(this.stripe.sdk.charges.retrieve(id, { expand }));
    if (!charge) return null;
    const transfer = typeof charge.transfer === 'object' ? charge.transfer : null;
    const fee = typeof charge.application_fee === 'object' ? charge.application_fee : null;
    return {
      id: charge.id,
      charged: Money.of(BigInt(charge.amount), charge.currency),
      orderId: charge.metadata['order_id'] ?? null,
      stripeAccount: idOf(transfer?.destination),
      transferId: transfer?.id ?? null,
      transferred: Money.of(BigInt(transfer?.amount ?? 0), transfer?.currency ?? charge.currency),
      feeId: fee?.id ?? null,
      fee: Money.of(BigInt(fee?.amount ?? 0), fee?.currency ?? charge.currency),
    };
  }

  /** What an account has in one currency, available and pending: all of it can be taken back. Null: it holds others only. */
  async balanceOf(stripeAccount: string, currency: string): Promise<Money | null> {
    const { available, pending } = await this.stripe.sdk.balance.retrieve({}, { stripeAccount });
    const own = [...available, ...pending].filter((one) => one.currency === currency);
    if (own.length === 0) return null;
    return Money.sum(
      own.map(({ amount }) => Money.of(BigInt(amount), currency)),
      currency,
    );
  }

  /** How much of the fee and of the transfer is still there to be given back, in minor units. */
  async leftOfFee(fee: string): Promise<bigint> {
    const found = await this.stripe.sdk.applicationFees.retrieve(fee);
    return BigInt(found.amount - found.amount_refunded);
  }

  async leftOfTransfer(transfer: string): Promise<bigint> {
    const found = await this.stripe.sdk.transfers.retrieve(transfer);
    return BigInt(found.amount - found.amount_reversed);
  }
}

function refundPicture(refund: Stripe.Refund): RefundPicture {
  return {
    id: refund.id,
    ourId: refund.metadata?.['refund'] ?? null,
    status: statusOf(refund.status),
    amount: Money.of(BigInt(refund.amount), refund.currency),
    chargeId: idOf(refund.charge)!,
    booked: refund.balance_transaction !== null,
    failure: refund.failure_reason ?? null,
    reversalId: idOf(refund.transfer_reversal),
    createdAt: new Date(refund.created * 1000),
  };
}

/** `requires_action` waits for the buyer; a canceled refund has come back like a failed one. */
function statusOf(status: string | null): RefundPicture['status'] {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}

function feeRefundPicture(refund: Stripe.FeeRefund): FeeRefundPicture {
  return {
    id: refund.id,
    balanceTransaction: idOf(refund.balance_transaction),
    feeId: idOf(refund.fee)!,
    amount: Money.of(BigInt(refund.amount), refund.currency),
    createdAt: new Date(refund.created * 1000),
  };
}

function reversalPicture(reversal: Stripe.TransferReversal): ReversalPicture {
  return {
    id: reversal.id,
    transferId: idOf(reversal.transfer)!,
    destinationPaymentRefundId: idOf(reversal.destination_payment_refund),
    amount: Money.of(BigInt(reversal.amount), reversal.currency),
    createdAt: new Date(reversal.created * 1000),
  };
}

function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}
