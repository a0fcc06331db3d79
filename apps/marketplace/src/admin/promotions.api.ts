import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Promotions, type PromotionView } from '#checkout';
import type { Page } from '#platform';
import { AdminOnly } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';
import { PromotionDto, promotionOf, PromotionsQuery } from '../seller/promotions.dto.js';

/** Codes for the whole marketplace; the platform funds them from its fee. */
@AdminOnly()
@Controller('api/v1/admin/promotions')
export class AdminPromotionsApi {
  constructor(private readonly promotions: Promotions) {}

  @Get()
  list(
    @Viewer() { actor }: RequestViewer,
    @Query() { after }: PromotionsQuery,
  ): Promise<Page<PromotionView>> {
    return this.promotions.page(actor, null, { cursor: after });
  }

  @Post()
  create(@Viewer() { actor }: RequestViewer, @Body() body: PromotionDto): Promise<PromotionView> {
    return this.promotions.create(actor, null, promotionOf(body));
  }

  @Post(':promotionId/end')
  @HttpCode(200)
  end(@Viewer() { actor }: RequestViewer, @Param('promotionId') id: string): Promise<PromotionView> {
    return this.promotions.end(actor, null, id);
  }
}
