import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { OrderLists, Orders, Shipping } from '#orders';
import { Refunds } from '#refunds';
import { OrderReport } from '#reports';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import {
  type FieldErrors,
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  seeOther,
  type Typed,
  Viewer,
  withForm,
} from '../http/index.js';
import { parcelOf } from './orders.api.js';
import { OrderDetail } from './orders.detail.js';
import { ParcelDto, sellerOrderFilter, SellerOrdersQuery } from './orders.dto.js';
import { OrdersPage } from './orders.list.js';

@SellerMember()
@Controller('seller/:sellerId/orders')
export class SellerOrdersPages {
  constructor(
    private readonly sellers: Sellers,
    private readonly orders: Orders,
    private readonly lists: OrderLists,
    private readonly shipping: Shipping,
    private readonly refunds: Refunds,
    private readonly report: OrderReport,
  ) {}

  @Get()
  async list(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() query: SellerOrdersQuery,
  ) {
    const seller = await this.sellers.requireMember(actor, sellerId);
    const page = await this.lists.pageForSeller(actor, sellerId, sellerOrderFilter(query));
    return <OrdersPage frame={frame} seller={seller} query={query} page={page} />;
  }

  @Get(':orderId')
  show(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
  ) {
    return this.draw(frame, viewer, { sellerId, orderId }, {}, {});
  }

  @Post(':orderId/ship')
  @HttpCode(200)
  ship(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
    @Body() body: unknown,
  ) {
    return withForm(
      ParcelDto,
      body,
      async (form) => {
        await this.shipping.ship(viewer.actor, sellerId, orderId, parcelOf(form));
        return seeOther(`/seller/${sellerId}/orders/${orderId}`, {
          tone: 'good',
          text: 'The order is marked as shipped, and its buyer knows.',
        });
      },
      (errors, typed) => this.draw(frame, viewer, { sellerId, orderId }, errors, typed),
    );
  }

  private async draw(
    frame: PageFrameData,
    { actor }: RequestViewer,
    { sellerId, orderId }: { sellerId: string; orderId: string },
    errors: FieldErrors,
    typed: Typed,
  ) {
    const order = await this.orders.orderForSeller(actor, sellerId, orderId);
    const seller = await this.sellers.byId(sellerId);
    const refunds = await this.refunds.ofOrder(orderId);
    const movements = await this.report.movements(orderId);
    const own = movements.filter(({ stripeAccount }) => stripeAccount === order.stripeAccount);
    return <OrderDetail {...{ frame, seller, order, refunds, movements: own, errors, typed }} />;
  }
}
