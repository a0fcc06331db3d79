import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Catalog } from '#catalog';
import { type CartView, Carts } from '#checkout';
import { DomainError } from '#kernel';
import { Config } from '#platform';
import { Public } from '../auth/index.js';
import {
  formOf,
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  type SeeOther,
  seeOther,
  Viewer,
} from '../http/index.js';
import { acceptChanges, changesKey } from './cart.changes.js';
import { CartItemDto, QuantityDto } from './cart.dto.js';
import { CartPage } from './cart.views.js';
import { cartKeyOf, keepCart } from './cart-key.js';

/** A line's form: "Update" sends the number, "Remove" says so. */
class LineForm extends QuantityDto {
  @IsIn(['yes'])
  @IsOptional()
  remove?: 'yes';
}

class AcceptForm {
  @MaxLength(60)
  @IsString()
  told!: string;
}

@Public()
@Controller('cart')
export class CartPages {
  constructor(
    private readonly carts: Carts,
    private readonly catalog: Catalog,
    private readonly config: Config,
  ) {}

  @Get()
  async show(@PageFrame() frame: PageFrameData, @Viewer() viewer: RequestViewer) {
    return <CartPage frame={frame} cart={await this.carts.view(cartKeyOf(viewer))} />;
  }

  /** The listing's page sends this; what can't be added is told there. */
  @Post('items')
  async add(
    @Viewer() viewer: RequestViewer,
    @Body() body: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeeOther> {
    const form = await formOf(CartItemDto, body);
    if ('errors' in form) return this.backToListing(body['variantId'], Object.values(form.errors).join(' '));
    const { variantId, quantity } = form.value;
    try {
      const { cart, newToken } = await this.carts.add(cartKeyOf(viewer), variantId, quantity);
      keepCart(reply, newToken, this.config.publicUrl.startsWith('https:'));
      return seeOther('/cart', { tone: 'good', text: addedWords(cart, variantId) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return this.backToListing(variantId, error.message);
    }
  }

  @Post('items/:variantId')
  async change(
    @Viewer() viewer: RequestViewer,
    @Param('variantId') variantId: string,
    @Body() body: Record<string, unknown>,
  ): Promise<SeeOther> {
    const form = await formOf(LineForm, body['remove'] === 'yes' ? { ...body, quantity: '0' } : body);
    if ('errors' in form)
      return seeOther('/cart', { tone: 'attention', text: Object.values(form.errors).join(' ') });
    const { quantity } = form.value;
    try {
      const cart = await this.carts.setQuantity(cartKeyOf(viewer), variantId, quantity);
      return seeOther('/cart', { tone: 'good', text: changedWords(cart, variantId, quantity) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return seeOther('/cart', { tone: 'attention', text: error.message });
    }
  }

  /** The buyer has read what changed and goes on; what changed since then is told first. */
  @Post('accept')
  async accept(@Viewer() viewer: RequestViewer, @Body() { told }: AcceptForm): Promise<SeeOther> {
    const key = cartKeyOf(viewer);
    const cart = await this.carts.view(key);
    if (changesKey(cart.changes) !== told) return seeOther('/cart');
    await acceptChanges(this.carts, key, cart);
    return seeOther('/checkout');
  }

  private async backToListing(variantId: unknown, text: string): Promise<SeeOther> {
    const id = typeof variantId === 'string' ? variantId.slice(0, 60) : '';
    const variant = (await this.catalog.variants([id])).get(id);
    return seeOther(variant?.listingUrl ?? '/cart', { tone: 'attention', text });
  }
}

function addedWords(cart: CartView, variantId: string): string {
  const line = lineOf(cart, variantId);
  if (line && line.quantity === line.available)
    return `${line.title} is in your cart, with every piece that there is (${line.available}).`;
  return `${line?.title ?? 'It'} is in your cart.`;
}

function changedWords(cart: CartView, variantId: string, wanted: number): string {
  const line = lineOf(cart, variantId);
  if (!line) return 'It is out of your cart.';
  if (line.quantity < wanted)
    return `There ${line.quantity === 1 ? 'is only 1 piece' : `are only ${line.quantity} pieces`} of ${line.title}: your cart has all of them.`;
  return `Your cart now has ${line.quantity} of ${line.title}.`;
}

function lineOf(cart: CartView, variantId: string) {
  return cart.groups.flatMap((group) => group.lines).find((line) => line.variantId === variantId);
}
