import { Body, Controller, Headers, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BeginCheckout } from '#checkout';
import { DomainError, newToken } from '#kernel';
import { requireUsable } from '#platform';
import { Public } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';
import { cartKeyOf } from './cart-key.js';
import { CheckoutDto, shipToOf } from './checkout.dto.js';
import { type BuyerPurchase, buyerPurchase } from './purchase.view.js';
import { VisitorLimits } from './visitor-limits.js';

/** From a cart to a purchase with one order per seller. */
@Public()
@Controller('api/v1/checkout')
export class CheckoutApi {
  constructor(
    private readonly checkout: BeginCheckout,
    private readonly limits: VisitorLimits,
  ) {}

  /** The same Idempotency-Key answers the same purchase; so does a cart with an unpaid checkout that did not change. */
  @Post()
  async begin(
    @Viewer() viewer: RequestViewer,
    @Body() body: CheckoutDto,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<BuyerPurchase> {
    const email = body.email ?? viewer.user?.email;
    if (!email) throw DomainError.field('email', 'email_missing', 'Enter an e-mail address for the receipt.');
    if (key !== undefined) requireUsable(key);
    await this.limits.beginCheckout(request, viewer);
    const input = { email, shipTo: shipToOf(body.shipTo), key: key ?? newToken() };
    return buyerPurchase(await this.checkout.begin(cartKeyOf(viewer), input));
  }
}
