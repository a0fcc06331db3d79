import type { StreamableFile } from '@nestjs/common';
import type { PayoutStory, PayoutView } from '#payouts';
import { csvOf } from '../http/index.js';

export function payoutsCsv(payouts: AsyncIterable<PayoutView>): Promise<StreamableFile> {
  return csvOf('payouts', payouts, {
    id: ({ id }) => id,
    seller_id: ({ sellerId }) => sellerId,
    stripe_account: ({ stripeAccount }) => stripeAccount,
    status: ({ status }) => status,
    amount: ({ amount }) => amount,
    currency: ({ amount }) => amount.currency,
    arrives_on: ({ arrivalOn }) => arrivalOn,
    bank: ({ bankName }) => bankName,
    bank_last4: ({ bankLast4 }) => bankLast4,
    automatic: ({ automatic }) => automatic,
    failure_code: ({ failureCode }) => failureCode,
    failure: ({ failure }) => failure,
    trace_id: ({ traceId }) => traceId,
    created_at: ({ createdAt }) => createdAt,
  });
}

export function linesCsv({ payout, lines }: PayoutStory): Promise<StreamableFile> {
  return csvOf(payout.id, lines, {
    balance_transaction: ({ id }) => id,
    type: ({ type }) => type,
    reason: ({ reason }) => reason,
    order_id: ({ orderId }) => orderId,
    source: ({ sourceId }) => sourceId,
    amount: ({ amount }) => amount,
    fee: ({ fee }) => fee,
    net: ({ net }) => net,
    currency: ({ net }) => net.currency,
    created_at: ({ created }) => created,
    available_on: ({ availableOn }) => availableOn,
  });
}
