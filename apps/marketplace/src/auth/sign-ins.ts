import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Carts } from '#checkout';
import { type Actor, actorLabel } from '#kernel';
import { type Confirmed, normalEmail, type PendingSignUp, RateLimits, type UserView } from '#identity';
import { Authenticator } from './authenticator.js';
import { deviceOf } from './device.js';
import { networkOf } from './network.js';
import { SessionCookie } from './session-cookie.js';

const QUARTER_HOUR = 900;
const HOUR = 3600;

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
      { key: `sign_in:address:${networkOf(request.ip)}`, most: 100, windowSeconds: QUARTER_HOUR },
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
    await this.carts.mergeInto(userId, request.cookies[this.cookie.named('cart')] ?? null);
  }

  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await request.session.destroy();
    reply.clearCookie(this.cookie.name, { path: '/', secure: this.cookie.secure });
  }

  /** A cookie that says, for as long as the link is good, that the sign-up was made in this browser. */
  rememberSignUp(reply: FastifyReply, { browserToken }: PendingSignUp): void {
    reply.setCookie(this.cookie.named('sign-up'), browserToken, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.cookie.secure,
      maxAge: 24 * HOUR,
    });
  }

  signUpToken(request: FastifyRequest): string | null {
    return request.cookies[this.cookie.named('sign-up')] ?? null;
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
    reply.clearCookie(this.cookie.named('sign-up'), { path: '/', secure: this.cookie.secure });
    if (confirmed.kind !== 'sign_up' || !confirmed.sameBrowser) return false;
    await this.begin(request, confirmed.userId);
    return true;
  }

  /** For everything that sends a mail to an address somebody typed. */
  async limitMails(request: FastifyRequest, email: string): Promise<void> {
    await this.limits.take([
      { key: `mail:address:${networkOf(request.ip)}`, most: 30, windowSeconds: HOUR },
      { key: `mail:email:${normalEmail(email)}`, most: 5, windowSeconds: HOUR },
    ]);
  }

  /** For forms of a signed-in person that ask for the password again. */
  async limitPassword(actor: Actor): Promise<void> {
    await this.limits.take([{ key: `password:${actorLabel(actor)}`, most: 10, windowSeconds: QUARTER_HOUR }]);
  }
}
