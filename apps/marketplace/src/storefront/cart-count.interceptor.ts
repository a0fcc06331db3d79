import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { from, mergeMap, type Observable } from 'rxjs';
import { Carts } from '#checkout';

/** Pages show in their header how many pieces are in the cart. */
@Injectable()
export class CartCountInterceptor implements NestInterceptor {
  constructor(private readonly carts: Carts) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isPage(request)) return next.handle();
    return from(this.count(request)).pipe(mergeMap(() => next.handle()));
  }

  private async count(request: FastifyRequest): Promise<void> {
    const { viewer } = request;
    if (!viewer) return;
    const pieces = await this.carts.pieces({ actor: viewer.actor, cartToken: viewer.cartToken });
    if (pieces > 0) request.cartCount = pieces;
  }
}

const notPages = /^\/(api|webhooks|health|files|assets)\b/;

function isPage({ url }: FastifyRequest): boolean {
  return !notPages.test(url);
}
