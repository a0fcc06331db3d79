import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { IsEmail, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { BeginCheckout, Carts, changeWords } from '#checkout';
import { newToken } from '#kernel';
import { OrderLists, Orders } from '#orders';
import { Public } from '../auth/index.js';
import {
  type FieldErrors,
  PageFrame,
  type PageFrameData,
  type Redrawn,
  redraw,
  type RequestViewer,
  type SeeOther,
  seeOther,
  type Typed,
  Viewer,
  withForm,
} from '../http/index.js';
import { PromotionCodeDto } from './cart.dto.js';
import { CartPage } from './cart.views.js';
import { cartKeyOf, seekerOf } from './cart-key.js';
import { ShipToDto, shipToOf, Text } from './checkout.dto.js';
import { CheckoutPage } from './checkout.views.js';
import { VisitorLimits } from './visitor-limits.js';
import { ToPayment } from './to-payment.js';

/** What the page's one form sends; its other button applies a promotion code. */
class CheckoutForm extends ShipToDto {
  @MaxLength(254, { message: 'Use at most 254 characters.' })
  @IsEmail({}, { message: 'Enter an e-mail address such as name@example.com.' })
  @Text()
  email!: string;

  /** Names this form, so that sending it twice is one checkout. */
  @MaxLength(60)
  @IsString()
  token!: string;

  @MaxLength(60)
  @IsString()
  @IsOptional()
  promotionCode?: string;
}

type Answer = VNode | Redrawn | SeeOther;

@Public()
@Controller('checkout')
export class CheckoutPages {
  constructor(
    private readonly carts: Carts,
    private readonly checkout: BeginCheckout,
    private readonly payment: ToPayment,
    private readonly orders: Orders,
    private readonly lists: OrderLists,
    private readonly limits: VisitorLimits,
  ) {}

  @Get()
  async show(@PageFrame() frame: PageFrameData, @Viewer() viewer: RequestViewer): Promise<Answer> {
    const cart = await this.carts.view(cartKeyOf(viewer));
    // Its page says what changed, or that there is nothing in it.
    if (cart.groups.length === 0 || cart.changes.length > 0) return seeOther('/cart');
    return this.draw(frame, viewer, {}, await this.lastAddress(viewer));
  }

  @Post()
  @HttpCode(200)
  async begin(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Body() body: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    // A code that was typed and not applied: the buyer sees what it gives before anything is paid.
    if (isFilled(body['promotionCode'])) return this.promotion(frame, viewer, body, request);
    return withForm(
      CheckoutForm,
      { ...body, email: viewer.user?.email ?? body['email'] },
      async (form) => {
        await this.limits.beginCheckout(request, viewer);
        const { email, token } = form;
        const key = cartKeyOf(viewer);
        const purchase = await this.checkout.begin(key, { email, shipTo: shipToOf(form), key: token });
        const path = `/purchases/${purchase.id}`;
        if (purchase.orders.length > 1) return seeOther(path);
        const next = await this.payment.open(seekerOf(viewer), purchase.id);
        if ('location' in next) return next;
        return seeOther(path, { tone: 'attention', text: next.changes.map(changeWords).join(' ') });
      },
      (errors, typed) => this.draw(frame, viewer, errors, typed),
    );
  }

  /** Applies or removes a code and draws the page again, with everything that was typed. */
  @Post('promotion')
  @HttpCode(200)
  async promotion(
    @PageFrame() frame: PageFrameData,
    @Viewer() viewer: RequestViewer,
    @Body() body: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    const key = cartKeyOf(viewer);
    const { promotionCode, removeCode, ...rest } = body;
    const typed = rest as Typed;
    if (removeCode === 'yes') {
      await this.carts.removeCode(key);
      return this.draw(frame, viewer, {}, typed);
    }
    return withForm(
      PromotionCodeDto,
      { promotionCode },
      async (form) => {
        await this.limits.guessCode(request);
        const cart = await this.carts.applyCode(key, form.promotionCode);
        const problem = cart.promotion?.problem;
        if (!problem) return this.draw(frame, viewer, {}, typed);
        await this.carts.removeCode(key);
        return redraw(await this.draw(frame, viewer, { promotionCode: problem }, { ...typed, ...form }));
      },
      (errors, code) => this.draw(frame, viewer, errors, { ...typed, ...code }),
    );
  }

  private async draw(
    frame: PageFrameData,
    viewer: RequestViewer,
    errors: FieldErrors,
    typed: Typed,
  ): Promise<VNode> {
    const cart = await this.carts.view(cartKeyOf(viewer));
    if (cart.groups.length === 0) return <CartPage frame={frame} cart={cart} />;
    const email = viewer.user?.email ?? null;
    return (
      <CheckoutPage
        frame={frame}
        cart={cart}
        signedInAs={email}
        token={newToken()}
        errors={errors}
        typed={typed}
      />
    );
  }

  /** Where the last order of a signed-in buyer went. */
  private async lastAddress({ user }: RequestViewer): Promise<Typed> {
    if (!user) return {};
    const { items } = await this.lists.pageForBuyer(user.id, { limit: 1 });
    const last = items[0] && (await this.orders.byId(items[0].id));
    if (!last) return {};
    return Object.fromEntries(Object.entries(last.shipTo).map(([name, value]) => [name, value ?? undefined]));
  }
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
