import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Carts } from '#checkout';
import { type Actor, actorLabel } from '#kernel';
import { type Confirmed, normalEmail, type PendingSignUp, RateLimits, type UserView } from '#identity';
import { CART_COOKIE } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { deviceOf } from './device.js';
import { SessionCookie } from './session-cookie.js';

const QUARTER_HOUR = 900;
const HOUR = 3600;
/** Says that a sign-up was made in this browser, for as long as its link is good. */
export const SIGN_UP_COOKIE = 'sign-up';

/** Signing in and out, with the limits on guessing that pages and API share. */
@Injectable()
export class SignIns {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limits: RateLimits,
    private readonly cookie: SessionCookie,
    private readonly carts: Carts,
  ) {}

  /** By the e-mail and password in the request's body. Null when they don't match; throws `too_many_attempts`. */
  async byPassword(request: FastifyRequest, reply: FastifyReply, email: string): Promise<UserView | null> {
    const byEmail = `sign_in:email:${normalEmail(email)}`;
    await this.limits.take([
      { key: `sign_in:address:${network(request.ip)}`, most: 100, windowSeconds: QUARTER_HOUR },
      { key: byEmail, most: 10, windowSeconds: QUARTER_HOUR },
    ]);
    const user = await this.authenticator.authenticate('local', request, reply);
    if (!user) return null;
    await this.limits.forget(byEmail);
    await this.begin(request, user.id);
    return user;
  }

  /** A new session under a new id: one that was planted in the browser before is worth nothing afterwards. */
  async begin(request: FastifyRequest, userId: string): Promise<void> {
    await request.session.regenerate();
    request.session.userId = userId;
    request.session.device = deviceOf(request.headers['user-agent']);
    await request.session.save();
    // The cookie stays: it goes on opening what was bought as a guest in this browser.
    await this.carts.mergeInto(userId, request.cookies[CART_COOKIE] ?? null);
  }

  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await request.session.destroy();
    reply.clearCookie(this.cookie.name, { path: '/' });
  }

  rememberSignUp(reply: FastifyReply, { browserToken }: PendingSignUp): void {
    reply.setCookie(SIGN_UP_COOKIE, browserToken, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.cookie.secure,
      maxAge: 24 * HOUR,
    });
  }

  /**
   * Signs in where the sign-up was made. Elsewhere the link alone is not enough: whoever follows a stranger's link must
   * not end up in an account whose password the stranger knows.
   */
  async afterConfirming(
    request: FastifyRequest,
    reply: FastifyReply,
    confirmed: Confirmed,
  ): Promise<boolean> {
    reply.clearCookie(SIGN_UP_COOKIE, { path: '/' });
    if (confirmed.kind !== 'sign_up' || !confirmed.sameBrowser) return false;
    await this.begin(request, confirmed.userId);
    return true;
  }

  /** For everything that sends a mail to an address somebody typed. */
  async limitMails(request: FastifyRequest, email: string): Promise<void> {
    await this.limits.take([
      { key: `mail:address:${network(request.ip)}`, most: 30, windowSeconds: HOUR },
      { key: `mail:email:${normalEmail(email)}`, most: 5, windowSeconds: HOUR },
    ]);
  }

  /** For forms of a signed-in person that ask for the password again. */
  async limitPassword(actor: Actor): Promise<void> {
    await this.limits.take([{ key: `password:${actorLabel(actor)}`, most: 10, windowSeconds: QUARTER_HOUR }]);
  }
}

/** Whoever has one IPv6 address has 2^64 of them: the first half is what counts. */
function network(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return groups.slice(0, 4).join(':');
}
