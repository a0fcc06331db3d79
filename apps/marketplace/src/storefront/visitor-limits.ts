import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimits } from '#identity';
import { Config } from '#platform';
import { networkOf } from '../auth/index.js';
import type { RequestViewer } from '../http/index.js';

/** What a stranger may do only so often. Throws `too_many_attempts`. */
@Injectable()
export class VisitorLimits {
  constructor(
    private readonly limits: RateLimits,
    private readonly config: Config,
  ) {}

  /** Promotion codes are short words, so whoever may try any number of them finds those meant for others. */
  async guessCode(request: FastifyRequest): Promise<void> {
    const key = `promotion:address:${networkOf(request.ip)}`;
    await this.limits.take([{ key, most: 60, windowSeconds: 900 }]);
  }

  /**
   * A checkout holds stock until its payment page ends. A person has one cart and so one checkout; guests have as many as
   * they have cookies, and a script of theirs could keep a shop empty.
   */
  async beginCheckout(request: FastifyRequest, viewer: RequestViewer): Promise<void> {
    if (viewer.user) return;
    const key = `checkout:address:${networkOf(request.ip)}`;
    await this.limits.take([{ key, most: this.config.guestCheckouts, windowSeconds: 1800 }]);
  }
}
