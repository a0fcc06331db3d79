import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { Promotions, type PromotionView } from '#checkout';
import { IdempotencyKeys, type Page } from '#platform';
import { AdminOnly } from '../auth/index.js';
import { csvOf, everyPage, PageQuery, type RequestViewer, Viewer } from '../http/index.js';
import { PromotionDto, promotionOf } from '../shared/promotions.dto.js';

/** Codes that the marketplace pays for from its fee, for programs. */
@AdminOnly()
@Controller('api/v1/admin/promotions')
export class AdminPromotionsApi {
  constructor(
    private readonly promotions: Promotions,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  @Get()
  list(@Viewer() { actor }: RequestViewer, @Query() { cursor }: PageQuery): Promise<Page<PromotionView>> {
    return this.promotions.page(actor, null, { cursor });
  }

  @Post()
  create(
    @Viewer() { actor }: RequestViewer,
    @Body() body: PromotionDto,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<PromotionView> {
    return this.idempotency.once({ actor, route: 'POST admin promotions', key, body }, () =>
      this.promotions.create(actor, null, promotionOf(body)),
    );
  }

  /** Nobody can use it from now on. */
  @HttpCode(200)
  @Post(':promotionId/end')
  end(@Viewer() { actor }: RequestViewer, @Param('promotionId') id: string): Promise<PromotionView> {
    return this.promotions.end(actor, null, id);
  }
}

/** The list as a file. */
@AdminOnly()
@Controller('admin')
export class AdminPromotionsCsv {
  constructor(private readonly promotions: Promotions) {}

  @Get('promotions.csv')
  csv(@Viewer() { actor }: RequestViewer): Promise<StreamableFile> {
    const rows = everyPage((cursor) => this.promotions.page(actor, null, { cursor, limit: 500 }));
    return csvOf('promotions', rows, {
      id: ({ id }) => id,
      code: ({ code }) => code,
      percent_bps: ({ percentBps }) => percentBps,
      amount: ({ amount }) => amount,
      currency: ({ amount }) => amount?.currency ?? null,
      valid_from: ({ validFrom }) => validFrom,
      valid_until: ({ validUntil }) => validUntil,
      max_redemptions: ({ maxRedemptions }) => maxRedemptions,
      redemptions: ({ redemptions }) => redemptions,
      ended_at: ({ endedAt }) => endedAt,
      created_at: ({ createdAt }) => createdAt,
    });
  }
}
