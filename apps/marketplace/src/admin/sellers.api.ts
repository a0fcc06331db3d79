import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import type { Page } from '#platform';
import { SellerOnboarding, Sellers, type SellerView } from '#sellers';
import { AdminOnly } from '../auth/index.js';
import { csvOf, type RequestViewer, Viewer } from '../http/index.js';
import { ReasonDto, SellersQuery } from './sellers.dto.js';

/** What the admin's pages about sellers do, for programs. */
@AdminOnly()
@Controller('api/v1/admin/sellers')
export class AdminSellersApi {
  constructor(
    private readonly sellers: Sellers,
    private readonly onboarding: SellerOnboarding,
  ) {}

  @Get()
  list(@Query() { stage, search, cursor }: SellersQuery): Promise<Page<SellerView>> {
    return this.sellers.page({ stage, search, cursor });
  }

  @Get(':sellerId')
  one(@Param('sellerId') sellerId: string): Promise<SellerView> {
    return this.sellers.byId(sellerId);
  }

  /** Asks Stripe now. */
  @HttpCode(200)
  @Post(':sellerId/refresh')
  refresh(@Viewer() { actor }: RequestViewer, @Param('sellerId') sellerId: string): Promise<SellerView> {
    return this.onboarding.refreshAsAdmin(actor, sellerId);
  }

  @HttpCode(200)
  @Post(':sellerId/suspend')
  suspend(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() { reason }: ReasonDto,
  ): Promise<SellerView> {
    return this.sellers.suspend(actor, sellerId, reason);
  }

  @HttpCode(200)
  @Post(':sellerId/unsuspend')
  unsuspend(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() { reason }: ReasonDto,
  ): Promise<SellerView> {
    return this.sellers.unsuspend(actor, sellerId, reason);
  }
}

/** The list as a file. */
@AdminOnly()
@Controller('admin')
export class AdminSellersCsv {
  constructor(private readonly sellers: Sellers) {}

  @Get('sellers.csv')
  csv(@Query() { stage, search }: SellersQuery): Promise<StreamableFile> {
    return csvOf('sellers', this.sellers.all({ stage, search }), {
      id: ({ id }) => id,
      name: ({ name }) => name,
      slug: ({ slug }) => slug,
      stage: (seller) => seller.stage,
      can_sell: ({ canSell }) => canSell,
      transfers_active: ({ transfersActive }) => transfersActive,
      payouts_active: ({ payoutsActive }) => payoutsActive,
      stripe_waits_for: ({ requirements }) => requirements.map(({ words }) => words).join('; '),
      country: ({ country }) => country,
      currency: ({ currency }) => currency,
      stripe_account: ({ stripeAccount }) => stripeAccount,
      created_at: ({ createdAt }) => createdAt,
    });
  }
}
