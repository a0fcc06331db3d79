import { Body, Controller, Get, Headers, Param, Post } from '@nestjs/common';
import { IdempotencyKeys } from '#platform';
import { Refunds, type RefundView } from '#refunds';
import { type PreviewBody, previewBody, RefundBody, wishOf } from '../shared/refunds.dto.js';
import { SellerMember } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';

/** A shop refunds its own orders, for programs. */
@SellerMember()
@Controller('api/v1/sellers/:sellerId/orders/:orderId')
export class SellerRefundsApi {
  constructor(
    private readonly refunds: Refunds,
    private readonly idempotency: IdempotencyKeys,
  ) {}

  @Get('refunds')
  async list(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
  ): Promise<{ items: RefundView[] }> {
    return { items: await this.refunds.ofOrderForSeller(actor, sellerId, orderId) };
  }

  /** The figures, before anything moves. */
  @Get('refund-preview')
  async preview(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
  ): Promise<PreviewBody> {
    return previewBody(await this.refunds.preview(actor, sellerId, orderId));
  }

  /** Refunds all that is left. Asked twice, it is the same refund. */
  @Post('refunds')
  refund(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
    @Body() body: RefundBody,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<RefundView> {
    const route = `POST refunds ${sellerId} ${orderId}`;
    return this.idempotency.once(
      { actor, route, key, body },
      () => this.refunds.begin(actor, sellerId, wishOf(orderId, body)),
      (begun) => this.refunds.finish(begun),
    );
  }
}
