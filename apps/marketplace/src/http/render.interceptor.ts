import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isValidElement, type VNode } from 'preact';
import { map, type Observable } from 'rxjs';
import { Config } from '#platform';
import { renderFragment, renderPage } from '../ui/index.js';
import { Fragment, Redrawn, SeeOther } from './answers.js';
import { FLASH_COOKIE, writeFlash } from './page-frame.js';

/** Makes HTTP of what page methods return: a page, a page with a status, a fragment, or a redirect. */
@Injectable()
export class RenderInterceptor implements NestInterceptor {
  constructor(private readonly config: Config) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer: unknown) => this.render(answer, reply)));
  }

  private render(answer: unknown, reply: FastifyReply): unknown {
    if (answer instanceof SeeOther) {
      if (answer.flash) {
        const secure = this.config.publicUrl.startsWith('https:');
        reply.setCookie(FLASH_COOKIE, writeFlash(answer.flash), {
          path: '/',
          httpOnly: true,
          sameSite: 'lax',
          secure,
          maxAge: 60,
        });
      }
      reply.status(303).header('location', answer.location);
      return '';
    }
    if (answer instanceof Fragment) return html(reply, renderFragment(answer.part));
    if (answer instanceof Redrawn) {
      reply.status(answer.status);
      return page(reply, answer.page);
    }
    return isValidElement(answer) ? page(reply, answer) : answer;
  }
}

/** A drawn page has shown its flash, so the cookie goes. */
export function page(reply: FastifyReply, vnode: VNode): string {
  if (reply.request.cookies?.[FLASH_COOKIE]) reply.clearCookie(FLASH_COOKIE, { path: '/' });
  return html(reply, renderPage(vnode));
}

function html(reply: FastifyReply, text: string): string {
  reply.type('text/html; charset=utf-8');
  return text;
}
