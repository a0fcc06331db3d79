import { Injectable } from '@nestjs/common';
import { Books } from '#books';
import { Debts } from '#debts';
import {
  type Attempt,
  type CallOptions,
  type StripeRefusal,
  type StripeWrite,
  StripeWriteKind,
} from '#stripe';
import { RefundRecords } from './refund-records.js';
import { RefundRows } from './refund-rows.js';
import { refundStates } from './refund.states.js';
import { type RefundRow, reversalOf } from './refund.view.js';
import {
  type FeeRefundPicture,
  type FeeRefundRequest,
  type RefundPicture,
  type RefundRequest,
  RefundsAtStripe,
  type ReversalPicture,
  type ReversalRequest,
} from './refunds.stripe.js';

export const CREATE_REFUND = 'refund.create';
export const REFUND_FEE = 'application_fee_refund.create';
export const REVERSE_TRANSFER = 'transfer_reversal.create';

// The subject of all three is our refund, `rfd_…`; it stands in the metadata of what they make.

/** Platform → buyer. */
@StripeWriteKind(CREATE_REFUND)
@Injectable()
export class CreateRefund implements StripeWrite<RefundRequest, RefundPicture> {
  constructor(
    private readonly stripe: RefundsAtStripe,
    private readonly records: RefundRecords,
    private readonly rows: RefundRows,
  ) {}

  call(request: RefundRequest, options: CallOptions): Promise<RefundPicture> {
    return this.stripe.createRefund(request, options);
  }

  record(picture: RefundPicture): Promise<void> {
    return this.records.take(picture);
  }

  async refused(refusal: StripeRefusal, { subject_id }: Attempt): Promise<void> {
    const row = await this.rows.lock(subject_id);
    if (refundStates.can(row.status, 'refuse')) await this.rows.setStatus(row.id, 'refused', refusal.message);
  }

  find({ request, subject_id }: Attempt<RefundRequest>): Promise<RefundPicture | null> {
    return this.stripe.findRefund(request.charge, subject_id);
  }
}

/** Platform → seller: the application fee, where there was one. */
@StripeWriteKind(REFUND_FEE)
@Injectable()
export class RefundFee implements StripeWrite<FeeRefundRequest, FeeRefundPicture> {
  constructor(
    private readonly stripe: RefundsAtStripe,
    private readonly records: RefundRecords,
    private readonly rows: RefundRows,
    private readonly books: Books,
  ) {}

  call(request: FeeRefundRequest, options: CallOptions): Promise<FeeRefundPicture> {
    return this.stripe.createFeeRefund(request, options);
  }

  async record(picture: FeeRefundPicture, { subject_id }: Attempt): Promise<void> {
    const row = await this.rows.lock(subject_id);
    if (row.fee_refund_id) return;
    await this.rows.feeDone(row.id, picture.id);
    await this.books.expect({
      kind: 'application_fee_refund',
      feeRefundId: picture.id,
      balanceTransaction: picture.balanceTransaction,
      feeId: picture.feeId,
      account: row.stripe_account!,
      amount: picture.amount,
      ...about(row, picture.createdAt),
    });
    await this.records.goOn(row.id);
  }

  async refused(refusal: StripeRefusal, { subject_id }: Attempt): Promise<void> {
    await this.rows.feeRefused(subject_id, refusal.message);
  }

  async find({ request, subject_id }: Attempt<FeeRefundRequest>): Promise<FeeRefundPicture | null> {
    return (await this.stripe.feeRefunds(request.fee)).find(({ ourId }) => ourId === subject_id) ?? null;
  }
}

/** Seller → platform. Refused where the seller's balance is too short: then they owe it. */
@StripeWriteKind(REVERSE_TRANSFER)
@Injectable()
export class ReverseTransfer implements StripeWrite<ReversalRequest, ReversalPicture> {
  constructor(
    private readonly stripe: RefundsAtStripe,
    private readonly rows: RefundRows,
    private readonly books: Books,
    private readonly debts: Debts,
  ) {}

  call(request: ReversalRequest, options: CallOptions): Promise<ReversalPicture> {
    return this.stripe.createReversal(request, options);
  }

  async record(picture: ReversalPicture, { subject_id }: Attempt): Promise<void> {
    const row = await this.rows.lock(subject_id);
    if (row.reversal_id) return;
    await this.rows.reversalDone(row.id, picture.id);
    await this.books.expect({
      kind: 'transfer_reversal',
      reversalId: picture.id,
      transferId: picture.transferId,
      destinationPaymentRefundId: picture.destinationPaymentRefundId,
      account: row.stripe_account!,
      amount: picture.amount,
      ...about(row, picture.createdAt),
    });
    await this.debts.recover(row.id);
  }

  async refused(refusal: StripeRefusal, { subject_id }: Attempt): Promise<void> {
    const row = await this.rows.lock(subject_id);
    const standing = await this.debts.owe({
      sellerId: row.seller_id!,
      stripeAccount: row.stripe_account!,
      orderId: row.order_id!,
      cause: row.id,
      amount: reversalOf(row),
      error: refusal.message,
    });
    const step = standing === 'written_off' ? 'written_off' : 'owed';
    await this.rows.setReversalStep(row.id, step, refusal.message);
  }

  async find({ request, subject_id }: Attempt<ReversalRequest>): Promise<ReversalPicture | null> {
    return (await this.stripe.reversals(request.transfer)).find(({ ourId }) => ourId === subject_id) ?? null;
  }
}

function about(row: RefundRow, occurredAt: Date) {
  return { orderId: row.order_id, sellerId: row.seller_id, occurredAt };
}
