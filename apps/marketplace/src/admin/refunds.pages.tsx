import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Debts } from '#debts';
import { OutsideRefunds, RefundLists, Refunds } from '#refunds';
import { Sellers } from '#sellers';
import { AdminOnly } from '../auth/index.js';
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
import { Breadcrumbs } from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { RefundPage } from './refunds.detail.js';
import { AttributionDto, DebtsQuery, RefundsQuery, WriteOffDto } from './refunds.dto.js';
import { orderLabel } from '../shared/payouts.parts.js';
import { refundByForm, RefundOfOrder } from '../shared/refund.form.js';
import { sellerPart } from '../shared/refunds.parts.js';
import { ShopFilter } from './shop-filter.js';
import { DebtsPage, RefundsPage } from './refunds.views.js';

/** An admin refunds an order. */
@AdminOnly()
@Controller('admin/orders/:orderId/refund')
export class AdminOrderRefundPages {
  constructor(private readonly refunds: Refunds) {}

  @Get()
  form(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('orderId') orderId: string,
  ) {
    return this.page(frame, actor, orderId, {}, {});
  }

  @Post()
  refund(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('orderId') orderId: string,
    @Body() body: unknown,
  ) {
    const done = `/admin/orders/${orderId}`;
    return refundByForm(this.refunds, { actor, sellerId: null, orderId, body, done }, (typed, errors) =>
      this.page(frame, actor, orderId, typed, errors),
    );
  }

  private async page(
    frame: PageFrameData,
    actor: RequestViewer['actor'],
    orderId: string,
    typed: Typed,
    errors: FieldErrors,
  ) {
    const [preview, done] = await Promise.all([
      this.refunds.preview(actor, null, orderId),
      this.refunds.ofOrder(orderId),
    ]);
    const order = `/admin/orders/${orderId}`;
    return (
      <AdminDesk
        frame={frame}
        current="orders"
        title="Refund an order"
        breadcrumbs={
          <Breadcrumbs
            items={[
              { label: 'Orders', href: '/admin/orders' },
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
          as="admin"
        />
      </AdminDesk>
    );
  }
}

/** Refunds of all orders, what sellers owe, and what somebody did in Stripe's dashboard. */
@AdminOnly()
@Controller('admin/refunds')
export class AdminRefundsPages {
  constructor(
    private readonly refunds: Refunds,
    private readonly lists: RefundLists,
    private readonly outside: OutsideRefunds,
    private readonly debts: Debts,
    private readonly sellers: Sellers,
    private readonly shops: ShopFilter,
  ) {}

  @Get()
  async list(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Query() typed: RefundsQuery,
  ) {
    const shop = await this.shops.choose(typed.seller);
    const query = { ...typed, seller: shop.id };
    const { status, queue, cursor } = query;
    const page = await this.lists.page(actor, { status, queue, sellerId: shop.id, cursor });
    const sellers = await this.sellers.byIds(page.items.flatMap(({ sellerId }) => sellerId ?? []));
    return <RefundsPage {...{ frame, query, shop, page, sellers }} />;
  }

  @Get('debts')
  owed(@PageFrame() frame: PageFrameData, @Viewer() { actor }: RequestViewer, @Query() query: DebtsQuery) {
    return this.debtsPage(frame, actor, query, {});
  }

  @Post('debts/:debtId/write-off')
  writeOff(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('debtId') id: string,
    @Body() body: unknown,
  ) {
    return withForm(
      WriteOffDto,
      body,
      async ({ reason }) => {
        const { amount } = await this.refunds.writeOff(actor, id, reason);
        return seeOther('/admin/refunds/debts', {
          tone: 'good',
          text: `The marketplace bears ${amount.format()}.`,
        });
      },
      (errors) => this.debtsPage(frame, actor, {}, errors),
    );
  }

  @Get(':refundId')
  async detail(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('refundId') id: string,
  ) {
    return <RefundPage frame={frame} refund={await this.refunds.byId(actor, id)} typed={{}} errors={{}} />;
  }

  @Post(':refundId/try-again')
  async tryAgain(@Viewer() { actor }: RequestViewer, @Param('refundId') id: string) {
    const refund = await this.refunds.tryAgain(actor, id);
    return seeOther(`/admin/refunds/${id}`, {
      tone: refund.problem ? 'attention' : 'good',
      text: sellerPart(refund),
    });
  }

  @Post(':refundId/attribute')
  attribute(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('refundId') id: string,
    @Body() body: unknown,
  ) {
    return withForm(
      AttributionDto,
      body,
      async ({ orderId, bearer, note }) => {
        await this.outside.attribute(actor, id, { orderId: orderId ?? null, bearer, note });
        return seeOther(`/admin/refunds/${id}`, {
          tone: 'good',
          text: 'The books know now what it was for.',
        });
      },
      async (errors, typed) => (
        <RefundPage frame={frame} refund={await this.refunds.byId(actor, id)} typed={typed} errors={errors} />
      ),
    );
  }

  private async debtsPage(
    frame: PageFrameData,
    actor: RequestViewer['actor'],
    typed: DebtsQuery,
    errors: FieldErrors,
  ) {
    const shop = await this.shops.choose(typed.seller);
    const query = { ...typed, seller: shop.id };
    const { status, cursor } = query;
    const page = await this.debts.page(actor, { status, sellerId: shop.id, cursor });
    const sellers = await this.sellers.byIds(page.items.map(({ sellerId }) => sellerId));
    return <DebtsPage {...{ frame, query, shop, page, sellers, errors }} />;
  }
}
