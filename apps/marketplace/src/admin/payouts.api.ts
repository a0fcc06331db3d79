import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { Payouts, type PayoutStory, type PayoutView } from '#payouts';
import type { Page } from '#platform';
import { AdminOnly } from '../auth/index.js';
import { linesCsv, payoutsCsv } from '../shared/payouts.csv.js';
import { PayoutsQuery } from './payouts.dto.js';

/** Payouts of all sellers, for programs; the failed ones first. */
@AdminOnly()
@Controller('api/v1/admin/payouts')
export class AdminPayoutsApi {
  constructor(private readonly payouts: Payouts) {}

  @Get()
  list(@Query() { state, seller, from, to, cursor }: PayoutsQuery): Promise<Page<PayoutView>> {
    return this.payouts.page({ status: state, sellerId: seller, from, to, cursor });
  }

  @Get(':payoutId')
  one(@Param('payoutId') payoutId: string): Promise<PayoutStory> {
    return this.payouts.story(payoutId);
  }
}

/** The same as files. */
@AdminOnly()
@Controller('admin')
export class AdminPayoutsCsv {
  constructor(private readonly payouts: Payouts) {}

  @Get('payouts.csv')
  list(@Query() { state, seller, from, to }: PayoutsQuery): Promise<StreamableFile> {
    return payoutsCsv(this.payouts.all({ status: state, sellerId: seller, from, to }));
  }

  @Get('payouts/:payoutId/lines.csv')
  async lines(@Param('payoutId') payoutId: string): Promise<StreamableFile> {
    return linesCsv(await this.payouts.story(payoutId));
  }
}
