import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { Payouts, type PayoutStory, type PayoutView } from '#payouts';
import type { Page } from '#platform';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import { csvOf, PageQuery, type RequestViewer, Viewer } from '../http/index.js';

/** A seller's payouts, for programs. */
@SellerMember()
@Controller('api/v1/sellers/:sellerId/payouts')
export class SellerPayoutsApi {
  constructor(private readonly payouts: Payouts) {}

  @Get()
  list(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() { cursor }: PageQuery,
  ): Promise<Page<PayoutView>> {
    return this.payouts.pageForSeller(actor, sellerId, cursor);
  }

  @Get(':payoutId')
  one(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('payoutId') payoutId: string,
  ): Promise<PayoutStory> {
    return this.payouts.storyForSeller(actor, sellerId, payoutId);
  }
}

/** The same as files, amounts as decimals in their own column. */
@SellerMember()
@Controller('seller/:sellerId')
export class SellerPayoutsCsv {
  constructor(
    private readonly payouts: Payouts,
    private readonly sellers: Sellers,
  ) {}

  @Get('payouts.csv')
  async list(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
  ): Promise<StreamableFile> {
    await this.sellers.requireMember(actor, sellerId);
    return payoutsCsv(this.payouts.all({ sellerId }));
  }

  @Get('payouts/:payoutId/lines.csv')
  async lines(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('payoutId') payoutId: string,
  ): Promise<StreamableFile> {
    return linesCsv(await this.payouts.storyForSeller(actor, sellerId, payoutId));
  }
}

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
