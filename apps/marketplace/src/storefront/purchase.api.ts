import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { changeWords, PayNext } from '#checkout';
import { DomainError } from '#kernel';
import { OrderLists, Orders, orderStatuses, type OrderStatus } from '#orders';
import { type SessionView, Payments } from '#payments';
import type { Page } from '#platform';
import { Public, SignedIn } from '../auth/index.js';
import { PageQuery, type RequestViewer, Viewer } from '../http/index.js';
import { seekerOf } from './cart-key.js';
import {
  type BuyerOrder,
  buyerOrder,
  type BuyerOrderRow,
  buyerOrderRow,
  type BuyerPurchase,
  buyerPurchase,
} from './purchase.view.js';

class LinkQuery {
  /** From a mail's link; opens a purchase without signing in. */
  @MaxLength(60)
  @IsString()
  @IsOptional()
  token?: string;
}

class HistoryQuery extends PageQuery {
  @IsIn(orderStatuses, { message: `Choose one of ${orderStatuses.join(', ')}.` })
  @IsOptional()
  status?: OrderStatus;
}

/** Purchases for their buyers: signed in, in the browser they were made in, or by the link of a mail. */
@Public()
@Controller('api/v1/purchases')
export class PurchaseApi {
  constructor(
    private readonly orders: Orders,
    private readonly payments: Payments,
    private readonly next: PayNext,
  ) {}

  @Get('by-token/:token')
  async byToken(@Param('token') token: string): Promise<BuyerPurchase> {
    return buyerPurchase(await this.orders.purchaseByToken(token));
  }

  @Get(':purchaseId')
  async one(
    @Viewer() viewer: RequestViewer,
    @Param('purchaseId') id: string,
    @Query() { token }: LinkQuery,
  ): Promise<BuyerPurchase> {
    return buyerPurchase(await this.orders.purchaseFor(seekerOf(viewer, token), id));
  }

  /** How paying each order stands: Stripe's page while it is open, and the last refusal of a bank. */
  @Get(':purchaseId/payments')
  async sessions(
    @Viewer() viewer: RequestViewer,
    @Param('purchaseId') id: string,
    @Query() { token }: LinkQuery,
  ): Promise<{ items: SessionView[] }> {
    const purchase = await this.orders.purchaseFor(seekerOf(viewer, token), id);
    const sessions = await this.payments.sessionsOf(purchase.orders.map((order) => order.id));
    return { items: [...sessions.values()] };
  }

  /** Where to pay next; asked twice, it is the same page. Or what changed, or that nothing is left. */
  @Post(':purchaseId/pay')
  @HttpCode(200)
  async pay(@Viewer() viewer: RequestViewer, @Param('purchaseId') id: string, @Query() { token }: LinkQuery) {
    const next = await this.next.payNext(seekerOf(viewer, token), id);
    if (next.outcome !== 'changed') return next;
    return { ...next, changes: next.changes.map((change) => ({ ...change, words: changeWords(change) })) };
  }
}

/** A signed-in buyer's history. */
@SignedIn()
@Controller('api/v1/orders')
export class BuyerOrdersApi {
  constructor(
    private readonly orders: Orders,
    private readonly lists: OrderLists,
  ) {}

  @Get()
  async list(
    @Viewer() { user }: RequestViewer,
    @Query() { status, cursor }: HistoryQuery,
  ): Promise<Page<BuyerOrderRow>> {
    const page = await this.lists.pageForBuyer(user!.id, { status, cursor });
    return { ...page, items: page.items.map(buyerOrderRow) };
  }

  @Get(':orderId')
  async one(@Viewer() { user }: RequestViewer, @Param('orderId') id: string): Promise<BuyerOrder> {
    const order = await this.orders.byId(id);
    if (!order || order.buyerId !== user!.id) throw DomainError.notFound('order');
    return buyerOrder(order);
  }
}
