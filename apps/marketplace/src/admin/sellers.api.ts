import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import type { Page } from '#platform';
import { SellerOnboarding, Sellers, type SellerView } from '#sellers';
import { AdminOnly } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';
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
  list(@Query() { stage, search, after }: SellersQuery): Promise<Page<SellerView>> {
    return this.sellers.page({ stage, search, cursor: after });
  }

  @Get(':sellerId')
  one(@Param('sellerId') sellerId: string): Promise<SellerView> {
    return this.sellers.byId(sellerId);
  }

  /** Asks Stripe now. */
  @HttpCode(200)
  @Post(':sellerId/refresh')
  refresh(@Param('sellerId') sellerId: string): Promise<SellerView> {
    return this.onboarding.refresh(sellerId);
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

/** The list as a file, streamed, so that its length does not matter. */
@AdminOnly()
@Controller('admin')
export class AdminSellersCsv {
  constructor(private readonly sellers: Sellers) {}

  @Get('sellers.csv')
  csv(@Query() { stage, search }: SellersQuery): StreamableFile {
    const rows = Readable.from(this.sellers.all({ stage, search })).map((seller: SellerView) => [
      seller.id,
      seller.name,
      seller.slug,
      seller.stage,
      seller.canSell,
      seller.transfersActive,
      seller.payoutsActive,
      seller.requirements.map(({ words }) => words).join('; '),
      seller.country,
      seller.currency,
      seller.stripeAccount ?? '',
      seller.createdAt.toISOString(),
    ]);
    // A cell that begins like a formula is text: a shop's name must not run in an admin's spreadsheet.
    const csv = stringify({
      header: true,
      columns: csvColumns,
      escape_formulas: true,
      cast: { boolean: String },
    });
    return new StreamableFile(rows.pipe(csv), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="sellers.csv"',
    });
  }
}

const csvColumns = [
  'id', 'name', 'slug', 'stage', 'can_sell', 'transfers_active', 'payouts_active', 'stripe_waits_for', 'country',
  'currency', 'stripe_account', 'created_at',
]; // prettier-ignore
