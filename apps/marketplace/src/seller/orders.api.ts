import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { DomainError } from '#kernel';
import { OrderLists, type OrderRowView, Orders, type OrderView, type Parcel, Shipping } from '#orders';
import type { Page } from '#platform';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import { csvOf, everyPage, type RequestViewer, Viewer } from '../http/index.js';
import { ParcelDto, sellerOrderFilter, SellerOrdersQuery } from './orders.dto.js';

/** A shop's orders, for programs. */
@SellerMember()
@Controller('api/v1/sellers/:sellerId/orders')
export class SellerOrdersApi {
  constructor(
    private readonly orders: Orders,
    private readonly lists: OrderLists,
    private readonly shipping: Shipping,
  ) {}

  @Get()
  list(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() query: SellerOrdersQuery,
  ): Promise<Page<OrderRowView>> {
    return this.lists.pageForSeller(actor, sellerId, sellerOrderFilter(query));
  }

  @Get(':orderId')
  one(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
  ): Promise<OrderView> {
    return this.orders.orderForSeller(actor, sellerId, orderId);
  }

  /** Marks a paid order as shipped; a second time it corrects carrier and number. */
  @Post(':orderId/ship')
  @HttpCode(200)
  ship(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
    @Body() body: ParcelDto,
  ): Promise<OrderView> {
    return this.shipping.ship(actor, sellerId, orderId, parcelOf(body));
  }
}

/** A number nobody knows the carrier of helps nobody. */
export function parcelOf({ carrier, trackingNumber }: ParcelDto): Parcel {
  if (trackingNumber && !carrier)
    throw DomainError.field('carrier', 'parcel_invalid', 'Name the carrier that this number is from.');
  return { carrier: carrier || null, trackingNumber: trackingNumber || null };
}

/** The same list as a file, amounts as decimals in their own column. */
@SellerMember()
@Controller('seller/:sellerId')
export class SellerOrdersCsv {
  constructor(
    private readonly lists: OrderLists,
    private readonly sellers: Sellers,
  ) {}

  @Get('orders.csv')
  async file(
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() query: SellerOrdersQuery,
  ): Promise<StreamableFile> {
    const { slug } = await this.sellers.requireMember(actor, sellerId);
    const filter = sellerOrderFilter(query);
    const rows = everyPage((cursor) =>
      this.lists.pageForSeller(actor, sellerId, { ...filter, cursor, limit: 500 }),
    );
    return csvOf<OrderRowView>(`${slug}-orders`, rows, {
      order: (row) => row.id,
      purchase: (row) => row.purchaseId,
      status: (row) => row.status,
      receiver: (row) => row.shipToName,
      goods: (row) => row.titles.join(', '),
      pieces: (row) => row.pieces,
      currency: (row) => row.charged.currency,
      charged: (row) => row.charged,
      fee: (row) => row.applicationFee,
      net: (row) => row.sellerNet,
      refunded: (row) => row.refunded,
      placed_at: (row) => row.createdAt,
      paid_at: (row) => row.paidAt,
      shipped_at: (row) => row.shippedAt,
    });
  }
}
