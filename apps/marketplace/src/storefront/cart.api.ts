import { Body, Controller, Delete, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CartView, Carts, changeWords } from '#checkout';
import { Config } from '#platform';
import { Public } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';
import { CartItemDto, PromotionCodeDto, QuantityDto } from './cart.dto.js';
import { cartKeyOf, keepCart } from './cart-key.js';
import { VisitorLimits } from './visitor-limits.js';

/** The cart of whoever asks: a person's own, or the one that the cookie `cart` names. */
@Public()
@Controller('api/v1/cart')
export class CartApi {
  constructor(
    private readonly carts: Carts,
    private readonly config: Config,
    private readonly limits: VisitorLimits,
  ) {}

  @Get()
  async show(@Viewer() viewer: RequestViewer): Promise<CartBody> {
    return inWords(await this.carts.view(cartKeyOf(viewer)));
  }

  /** A guest's first item makes a cart; its token comes back as a cookie. */
  @Post('items')
  async add(
    @Viewer() viewer: RequestViewer,
    @Body() { variantId, quantity }: CartItemDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CartBody> {
    const { cart, newToken } = await this.carts.add(cartKeyOf(viewer), variantId, quantity);
    keepCart(reply, newToken, this.config.publicUrl.startsWith('https:'));
    return inWords(cart);
  }

  @Put('items/:variantId')
  async set(
    @Viewer() viewer: RequestViewer,
    @Param('variantId') variantId: string,
    @Body() { quantity }: QuantityDto,
  ): Promise<CartBody> {
    return inWords(await this.carts.setQuantity(cartKeyOf(viewer), variantId, quantity));
  }

  @Delete('items/:variantId')
  async remove(@Viewer() viewer: RequestViewer, @Param('variantId') variantId: string): Promise<CartBody> {
    return inWords(await this.carts.setQuantity(cartKeyOf(viewer), variantId, 0));
  }

  @Put('promotion')
  async apply(
    @Viewer() viewer: RequestViewer,
    @Body() { promotionCode }: PromotionCodeDto,
    @Req() request: FastifyRequest,
  ): Promise<CartBody> {
    await this.limits.guessCode(request);
    return inWords(await this.carts.applyCode(cartKeyOf(viewer), promotionCode));
  }

  @Delete('promotion')
  async removeCode(@Viewer() viewer: RequestViewer): Promise<CartBody> {
    return inWords(await this.carts.removeCode(cartKeyOf(viewer)));
  }
}

type CartBody = ReturnType<typeof inWords>;

function inWords(cart: CartView) {
  return { ...cart, changes: cart.changes.map((change) => ({ ...change, words: changeWords(change) })) };
}
