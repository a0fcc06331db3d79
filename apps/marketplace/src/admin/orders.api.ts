import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { type AttentionView, PaymentAttention } from '#payments';
import type { Page } from '#platform';
import { AdminOnly } from '../auth/index.js';
import { csvOf, everyPage, PageQuery, type RequestViewer, Viewer } from '../http/index.js';
import { AdminOrdersQuery, ResolutionDto } from './orders.dto.js';
import { type AdminOrderRow, AdminOrders, type OrderStory } from './orders.service.js';

/** Orders of all sellers, for programs. */
@AdminOnly()
@Controller('api/v1/admin/orders')
export class AdminOrdersApi {
  constructor(private readonly orders: AdminOrders) {}

  @Get()
  list(@Viewer() { actor }: RequestViewer, @Query() query: AdminOrdersQuery): Promise<Page<AdminOrderRow>> {
    return this.orders.page(actor, query);
  }

  @Get(':orderId')
  one(@Param('orderId') id: string): Promise<OrderStory> {
    return this.orders.story(id);
  }

  /** Asks Stripe now. */
  @HttpCode(200)
  @Post(':orderId/refresh')
  async refresh(@Viewer() { actor }: RequestViewer, @Param('orderId') id: string): Promise<OrderStory> {
    await this.orders.refresh(actor, id);
    return this.orders.story(id);
  }
}

/** Payments that came otherwise than they were asked for. */
@AdminOnly()
@Controller('api/v1/admin/payment-attention')
export class AdminAttentionApi {
  constructor(private readonly attention: PaymentAttention) {}

  @Get()
  open(@Query() { cursor }: PageQuery): Promise<Page<AttentionView>> {
    return this.attention.open({ cursor });
  }

  @HttpCode(204)
  @Post(':attentionId/resolve')
  resolve(
    @Viewer() { actor }: RequestViewer,
    @Param('attentionId') id: string,
    @Body() { resolution }: ResolutionDto,
  ): Promise<void> {
    return this.attention.resolve(actor, id, resolution);
  }
}

/** The list as a file. */
@AdminOnly()
@Controller('admin')
export class AdminOrdersCsv {
  constructor(private readonly orders: AdminOrders) {}

  @Get('orders.csv')
  csv(@Viewer() { actor }: RequestViewer, @Query() query: AdminOrdersQuery): Promise<StreamableFile> {
    const rows = everyPage((cursor) => this.orders.page(actor, { ...query, ...(cursor && { cursor }) }, 500));
    return csvOf('orders', rows, {
      id: ({ id }) => id,
      purchase_id: ({ purchaseId }) => purchaseId,
      seller_id: ({ sellerId }) => sellerId,
      seller: ({ seller }) => seller,
      status: ({ status }) => status,
      currency: ({ charged }) => charged.currency,
      charged: ({ charged }) => charged,
      application_fee: ({ applicationFee }) => applicationFee,
      seller_net: ({ sellerNet }) => sellerNet,
      refunded: ({ refunded }) => refunded,
      goods: ({ titles }) => titles.join('; '),
      pieces: ({ pieces }) => pieces,
      created_at: ({ createdAt }) => createdAt,
      paid_at: ({ paidAt }) => paidAt,
      shipped_at: ({ shippedAt }) => shippedAt,
    });
  }
}
