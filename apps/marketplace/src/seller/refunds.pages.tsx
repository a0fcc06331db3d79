import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Actor } from '#kernel';
import { Refunds } from '#refunds';
import { Sellers } from '#sellers';
import { orderLabel } from '../shared/payouts.parts.js';
import { refundByForm, RefundOfOrder } from '../shared/refund.form.js';
import { SellerMember } from '../auth/index.js';
import {
  type FieldErrors,
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  type Typed,
  Viewer,
} from '../http/index.js';
import { Breadcrumbs } from '../ui/index.js';
import { SellerDesk } from './seller-desk.js';

/** A shop refunds one of its own orders: the figures first, then the button. */
@SellerMember()
@Controller('seller/:sellerId/orders/:orderId/refund')
export class SellerRefundPages {
  constructor(
    private readonly refunds: Refunds,
    private readonly sellers: Sellers,
  ) {}

  @Get()
  form(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
  ) {
    return this.page(frame, actor, sellerId, orderId, {}, {});
  }

  @Post()
  refund(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Param('orderId') orderId: string,
    @Body() body: unknown,
  ) {
    const done = `/seller/${sellerId}/orders/${orderId}/refund`;
    return refundByForm(this.refunds, { actor, sellerId, orderId, body, done }, (typed, errors) =>
      this.page(frame, actor, sellerId, orderId, typed, errors),
    );
  }

  private async page(
    frame: PageFrameData,
    actor: Actor,
    sellerId: string,
    orderId: string,
    typed: Typed,
    errors: FieldErrors,
  ) {
    const [seller, preview, done] = await Promise.all([
      this.sellers.byId(sellerId),
      this.refunds.preview(actor, sellerId, orderId),
      this.refunds.ofOrderForSeller(actor, sellerId, orderId),
    ]);
    const orders = `/seller/${sellerId}/orders`;
    const order = `${orders}/${orderId}`;
    return (
      <SellerDesk
        frame={frame}
        seller={seller}
        current="orders"
        title={preview.plan ? 'Refund this order' : 'Refund'}
        breadcrumbs={
          <Breadcrumbs
            items={[
              { label: 'Orders', href: orders },
              { label: orderLabel(orderId), href: order },
              { label: 'Refund' },
            ]}
          />
        }
      >
        <RefundOfOrder
          order={order}
          preview={preview}
          refunds={done}
          typed={typed}
          errors={errors}
          as="seller"
        />
      </SellerDesk>
    );
  }
}
