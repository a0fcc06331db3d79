import type { FastifyReply } from 'fastify';
import type { CartKey } from '#checkout';
import type { Seeker } from '#orders';
import { hostCookie } from '../auth/index.js';
import type { RequestViewer } from '../http/index.js';

const YEAR_S = 365 * 24 * 60 * 60;
/** Opens the one purchase whose path the cookie belongs to. */
export const PURCHASE_COOKIE = 'purchase';
const QUARTER_S = 90 * 24 * 60 * 60;

export function cartKeyOf({ actor, cartToken }: RequestViewer): CartKey {
  return { actor, cartToken };
}

/** A purchase opens for its buyer, in the browser it was made in, and by the token of a mail's link. */
export function seekerOf({ actor, cartToken }: RequestViewer, linkToken?: string): Seeker {
  return { actor, tokens: [cartToken, linkToken].filter((token) => token != null) };
}

/** A guest's first item made a cart: the browser keeps its token. */
export function keepCart(reply: FastifyReply, token: string | null, secure: boolean): void {
  if (token === null) return;
  reply.setCookie(hostCookie('cart', secure), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: YEAR_S,
  });
}

/** The key of a mail's link, for the pages of this purchase and no others. */
export function keepPurchaseKey(reply: FastifyReply, purchaseId: string, key: string, secure: boolean): void {
  reply.setCookie(PURCHASE_COOKIE, key, {
    path: `/purchases/${purchaseId}`,
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: QUARTER_S,
  });
}
