import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '#kernel';
import { Cron } from './jobs.js';
import { Transactions } from './transactions.js';

interface Stored {
  readonly fingerprint: string;
  readonly status: number | null;
  readonly body: unknown;
}

/** `Idempotency-Key` of our own API: the first answer is kept for 24 hours and given again. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly transactions: Transactions) {}

  /**
   * `scope` is who asks and what route; `body` is compared, so that one key can't mean two things.
   * Throws `idempotency_key_reused` (another body) and `idempotency_in_progress` (the first is still being worked on).
   */
  async once<T>(
    scope: string,
    key: string,
    body: unknown,
    work: () => Promise<{ status: number; body: T }>,
  ): Promise<{ status: number; body: T; replayed: boolean }> {
    const fingerprint = createHash('sha256')
      .update(JSON.stringify(body ?? null))
      .digest('hex');
    const [fresh] = await this.transactions.query<{ key: string }>(
      `insert into platform.idempotency_keys (scope, key, fingerprint) values ($1, $2, $3)
       on conflict (scope, key) do update set fingerprint = excluded.fingerprint, created_at = now()
         where idempotency_keys.status is null and idempotency_keys.created_at < now() - interval '2 minutes'
       returning key`,
      [scope, key, fingerprint],
    );
    if (!fresh) return this.replay<T>(scope, key, fingerprint);
    try {
      const answer = await work();
      await this.transactions.query(
        `update platform.idempotency_keys set status = $3, body = $4 where scope = $1 and key = $2`,
        [scope, key, answer.status, JSON.stringify(answer.body)],
      );
      return { ...answer, replayed: false };
    } catch (error) {
      // A refusal is not stored: mended input may use the same key again.
      await this.transactions.query(`delete from platform.idempotency_keys where scope = $1 and key = $2`, [
        scope,
        key,
      ]);
      throw error;
    }
  }

  @Cron('platform.idempotency.forget', '17 * * * *')
  async forget(): Promise<void> {
    await this.transactions.query(
      `delete from platform.idempotency_keys where created_at < now() - interval '24 hours'`,
    );
  }

  private async replay<T>(
    scope: string,
    key: string,
    fingerprint: string,
  ): Promise<{ status: number; body: T; replayed: boolean }> {
    const [stored] = await this.transactions.query<Stored>(
      `select fingerprint, status, body from platform.idempotency_keys where scope = $1 and key = $2`,
      [scope, key],
    );
    if (stored && stored.fingerprint !== fingerprint) {
      throw new DomainError(
        'idempotency_key_reused',
        'conflict',
        'This Idempotency-Key was used with another request. Use a new key.',
      );
    }
    if (!stored || stored.status === null) {
      throw new DomainError(
        'idempotency_in_progress',
        'conflict',
        'A request with this Idempotency-Key is being worked on. Ask again in a moment.',
      );
    }
    return { status: stored.status, body: stored.body as T, replayed: true };
  }
}
