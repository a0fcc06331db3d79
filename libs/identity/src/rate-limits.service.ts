import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { Cron, Transactions } from '#platform';
import { digest } from './secrets.js';

export interface Limit {
  /** What is counted, such as `sign_in:address:203.0.113.7`; stored as a hash. */
  readonly key: string;
  readonly most: number;
  readonly windowSeconds: number;
}

/** Counters in the database, so that several web processes share them. Fixed windows that begin at the first try. */
@Injectable()
export class RateLimits {
  constructor(private readonly transactions: Transactions) {}

  /** Counts one try against each limit; throws `too_many_attempts` where one is used up. Never inside a transaction. */
  async take(limits: readonly Limit[]): Promise<void> {
    let waitSeconds = 0;
    for (const { key, most, windowSeconds } of limits) {
      const [row] = await this.transactions.query<{ count: number; left: number }>(
        `insert into identity.rate_limits as r (key, count, window_ends) values ($1, 1, now() + make_interval(secs => $2))
         on conflict (key) do update set
           count = case when r.window_ends <= now() then 1 else r.count + 1 end,
           window_ends = case when r.window_ends <= now() then excluded.window_ends else r.window_ends end
         returning count, ceil(extract(epoch from window_ends - now()))::int as left`,
        [digest(key), windowSeconds],
      );
      if (row!.count > most) waitSeconds = Math.max(waitSeconds, row!.left);
    }
    if (waitSeconds > 0) {
      const minutes = Math.ceil(waitSeconds / 60);
      throw new DomainError(
        'too_many_attempts',
        'too_many',
        `That was too often. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
      );
    }
  }

  /** Forgets the tries of somebody who has shown who they are. */
  async forget(key: string): Promise<void> {
    await this.transactions.query(`delete from identity.rate_limits where key = $1`, [digest(key)]);
  }

  @Cron('identity.rate_limits.forget', '41 * * * *')
  async forgetOld(): Promise<void> {
    await this.transactions.query(`delete from identity.rate_limits where window_ends < now()`);
  }
}
