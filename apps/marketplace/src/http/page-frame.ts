import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Flash, type Frame, themeFromCookie } from '../ui/index.js';
import { type RequestViewer } from './request.js';

export const FLASH_COOKIE = 'flash';

/** What every shell needs to know about the request; the page adds its title. */
export type PageFrameData = Omit<Frame, 'title'>;

export function frameOf(request: FastifyRequest): PageFrameData {
  const { viewer, cartCount } = request;
  const user = viewer?.user;
  const flash = readFlash(request.cookies?.[FLASH_COOKIE]);
  const theme = themeFromCookie(request.cookies?.['theme']);
  return {
    ...(user && {
      viewer: { name: user.name, sellers: [...(viewer?.sellers ?? [])], isAdmin: user.isAdmin },
    }),
    ...(cartCount !== undefined && { cartCount }),
    ...(flash && { flash }),
    ...(theme && { theme }),
  };
}

/** `@PageFrame() frame: PageFrameData` */
export const PageFrame = createParamDecorator((_: unknown, context: ExecutionContext) =>
  frameOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** `@Viewer() viewer: RequestViewer` */
export const Viewer = createParamDecorator((_: unknown, context: ExecutionContext): RequestViewer => {
  const { viewer } = context.switchToHttp().getRequest<FastifyRequest>();
  return viewer ?? { actor: { kind: 'guest' }, user: null, sellers: [], cartToken: null };
});

export function writeFlash(flash: Flash): string {
  return Buffer.from(JSON.stringify(flash)).toString('base64url');
}

function readFlash(cookie: string | undefined): Flash | undefined {
  if (!cookie) return undefined;
  try {
    const { tone, text } = JSON.parse(Buffer.from(cookie, 'base64url').toString('utf8')) as Flash;
    const known = ['good', 'waiting', 'attention', 'bad', 'neutral'].includes(tone);
    return known && typeof text === 'string' ? { tone, text: text.slice(0, 300) } : undefined;
  } catch {
    return undefined; // A cookie that is not ours says nothing.
  }
}
