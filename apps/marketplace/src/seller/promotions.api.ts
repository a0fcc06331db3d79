import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Promotions, type PromotionView } from '#checkout';
import { IdempotencyKeys, type Page } from '#platform';
import { SellerMember } from '../auth/index.js';
import { PageQuery, type RequestViewer, Viewer } from '../http/index.js';
import { PromotionDto, promotionOf } from '../shared/promotions.dto.js';

/** A seller's own promotion codes; the seller funds them. */
@SellerMember()
@Controller('api/v1/sellers/:sellerId/promotions')
export class SellerPromotionsApi {
  constructor(
    private readonly promotions: Promotions,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  @Get()
  list(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() { cursor }: PageQuery,
  ): Promise<Page<PromotionView>> {
    return this.promotions.page(actor, sellerId, { cursor });
  }

  @Post()
  create(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Body() body: PromotionDto,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<PromotionView> {
    const route = `POST promotions ${sellerId}`;
    return this.idempotency.once({ actor, route, key, body }, () =>
      this.promotions.create(actor, sellerId, promotionOf(body)),
    );
  }

  @Post(':promotionId/end')
  @HttpCode(200)
  end(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('promotionId') id: string,
  ): Promise<PromotionView> {
    return this.promotions.end(actor, sellerId, id);
  }
}
