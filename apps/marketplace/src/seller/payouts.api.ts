import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { Payouts, type PayoutStory, type PayoutView } from '#payouts';
import type { Page } from '#platform';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import { PageQuery, type RequestViewer, Viewer } from '../http/index.js';
import { linesCsv, payoutsCsv } from '../shared/payouts.csv.js';

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
