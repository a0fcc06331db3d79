import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RateLimits } from '#identity';
import { networkOf } from '../auth/index.js';

/** Promotion codes are short words, so whoever may try any number of them finds those meant for others. */
@Injectable()
export class PromotionGuesses {
  constructor(private readonly limits: RateLimits) {}

  /** Throws `too_many_attempts`. */
  async take(request: FastifyRequest): Promise<void> {
    const key = `promotion:address:${networkOf(request.ip)}`;
    await this.limits.take([{ key, most: 60, windowSeconds: 900 }]);
  }
}
