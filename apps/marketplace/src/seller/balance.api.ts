import { Controller, Get, Param, Query } from '@nestjs/common';
import { type BooksLineView } from '#books';
import { SellerBalances } from '#payouts';
import type { Page } from '#platform';
import { SellerMember } from '../auth/index.js';
import { PageQuery, type RequestViewer, Viewer } from '../http/index.js';
import { balanceView, type BalanceBody } from './balance.view.js';

/** A seller's balance at Stripe, for programs. */
@SellerMember()
@Controller('api/v1/sellers/:sellerId/balance')
export class SellerBalanceApi {
  constructor(private readonly balances: SellerBalances) {}

  @Get()
  async balance(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
  ): Promise<BalanceBody> {
    return balanceView(await this.balances.of(actor, sellerId));
  }

  /** Everything that moved it, newest first. */
  @Get('transactions')
  transactions(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() { cursor }: PageQuery,
  ): Promise<Page<BooksLineView & { reason: string }>> {
    return this.balances.activity(actor, sellerId, cursor);
  }
}
