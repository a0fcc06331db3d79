import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Carts, type Change, PayNext } from '#checkout';
import { DomainError, guest } from '#kernel';
import { Orders, type PurchaseView, type Seeker } from '#orders';
import { Payments } from '#payments';
import { Config } from '#platform';
import { Sellers } from '#sellers';
import { Public } from '../auth/index.js';
import {
  fragment,
  PageFrame,
  type PageFrameData,
  redraw,
  type RequestViewer,
  type SeeOther,
  seeOther,
  Viewer,
} from '../http/index.js';
import { keepPurchaseKey, PURCHASE_COOKIE, seekerOf } from './cart-key.js';
import { type PurchaseProps, PurchasePage, PurchaseStanding } from './purchase.views.js';
import { ReceiptPage } from './receipt.views.js';
import { ToPayment } from './to-payment.js';

class BackQuery {
  /** Which of Stripe's two ways back it was. */
  @IsIn(['paid', 'left'])
  @IsOptional()
  back?: 'paid' | 'left';

  /** The page was drawn while Stripe could not be asked. */
  @IsIn(['yes'])
  @IsOptional()
  unconfirmed?: 'yes';
}

class ShowQuery extends BackQuery {
  /** From a mail's link. */
  @MaxLength(60)
  @IsString()
  @IsOptional()
  token?: string;
}

class PayForm {
  /** What the button named. */
  @MaxLength(60)
  @IsString()
  orderId!: string;
}

/** A purchase: paying it shop by shop, and what became of it. For its buyer, its browser, and who has its link. */
@Public()
@Controller('purchases')
export class PurchasePages {
  constructor(
    private readonly orders: Orders,
    private readonly payments: Payments,
    private readonly sellers: Sellers,
    private readonly next: PayNext,
    private readonly carts: Carts,
    private readonly payment: ToPayment,
    private readonly config: Config,
  ) {}

  @Get(':purchaseId')
  async show(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('purchaseId') id: string,
    @Query() { back, token }: ShowQuery,
  ) {
    if (token) return this.openLink(viewer, reply, id, token);
    const seeker = seekerFrom(viewer, request);
    const purchase = await this.purchaseFor(viewer, seeker, id);
    const asked = back ? await this.ask(seeker, id) : purchase;
    const props = await this.props(asked ?? purchase, { back, unconfirmed: back === 'paid' && !asked });
    // What was just paid has left the cart since the request came in.
    const cartCount = back && { cartCount: await this.carts.pieces(viewer) };
    return <PurchasePage frame={{ ...frame, ...cartCount }} {...props} />;
  }

  /** What the page asks for while a payment is under way. */
  @Get(':purchaseId/standing')
  async standing(
    @Viewer() viewer: RequestViewer,
    @Req() request: FastifyRequest,
    @Param('purchaseId') id: string,
    @Query() { back, unconfirmed }: BackQuery,
  ) {
    const purchase = await this.orders.purchaseFor(seekerFrom(viewer, request), id);
    const props = await this.props(purchase, { back, unconfirmed: unconfirmed === 'yes' });
    return fragment(<PurchaseStanding {...props} />);
  }

  @Post(':purchaseId/pay')
  @HttpCode(200)
  async pay(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Req() request: FastifyRequest,
    @Param('purchaseId') id: string,
    @Body() { orderId }: PayForm,
  ) {
    const seeker = seekerFrom(viewer, request);
    const next = await this.payment.open(seeker, id, orderId);
    if ('location' in next) return next;
    const purchase = await this.orders.purchaseFor(seeker, id);
    const props = await this.props(purchase, { changes: next.changes });
    return redraw(<PurchasePage frame={frame} {...props} />, 409);
  }

  @Get(':purchaseId/receipt')
  async receipt(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Req() request: FastifyRequest,
    @Param('purchaseId') id: string,
  ) {
    const purchase = await this.purchaseFor(viewer, seekerFrom(viewer, request), id);
    const { sellers } = await this.props(purchase, {});
    return <ReceiptPage frame={frame} purchase={purchase} sellers={sellers} />;
  }

  /** The key moves from the link into a cookie of this purchase alone, so that Stripe's way back opens it too. */
  private async openLink(
    viewer: RequestViewer,
    reply: FastifyReply,
    id: string,
    token: string,
  ): Promise<SeeOther> {
    await this.purchaseFor(viewer, { actor: guest, tokens: [token] }, id);
    keepPurchaseKey(reply, id, token, this.config.publicUrl.startsWith('https:'));
    return seeOther(`/purchases/${id}`);
  }

  /** Whoever is not signed in is asked to, since the purchase may be theirs. */
  private async purchaseFor(viewer: RequestViewer, seeker: Seeker, id: string): Promise<PurchaseView> {
    try {
      return await this.orders.purchaseFor(seeker, id);
    } catch (error) {
      if (viewer.user || !(error instanceof DomainError)) throw error;
      throw new DomainError('sign_in_required', 'unauthenticated', 'Sign in to see this purchase.');
    }
  }

  /** The purchase as Stripe sees it now; null where Stripe does not answer, and its event will tell. */
  private async ask(seeker: Seeker, id: string): Promise<PurchaseView | null> {
    try {
      return await this.next.comeBack(seeker, id);
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unavailable') return null;
      throw error;
    }
  }

  private async props(
    purchase: PurchaseView,
    more: { back?: 'paid' | 'left' | undefined; unconfirmed?: boolean; changes?: readonly Change[] },
  ): Promise<PurchaseProps> {
    const [sellers, sessions] = await Promise.all([
      this.sellers.byIds(purchase.orders.map((order) => order.sellerId)),
      this.payments.sessionsOf(purchase.orders.map((order) => order.id)),
    ]);
    return {
      purchase,
      sellers,
      sessions,
      back: more.back ?? null,
      unconfirmed: more.unconfirmed ?? false,
      changes: more.changes ?? [],
    };
  }
}

function seekerFrom(viewer: RequestViewer, request: FastifyRequest): Seeker {
  return seekerOf(viewer, request.cookies[PURCHASE_COOKIE]);
}
