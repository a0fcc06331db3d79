import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Carts } from '#checkout';

/** Desks and programs show no cart. */
const WITHOUT_CART = /^\/(api|webhooks|health|seller|admin|files)(\/|$|\?)/;

/** Pieces in the cart for the header of storefront pages: one indexed query, and none for who has no cart. */
@Injectable()
export class CartCount implements NestInterceptor {
  constructor(private readonly carts: Carts) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { viewer } = request;
    if (viewer && !WITHOUT_CART.test(request.url)) request.cartCount = await this.carts.pieces(viewer);
    return next.handle();
  }
}
