import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, actorLabel, DomainError } from '#kernel';
import { Cron } from './jobs.js';
import { Transactions } from './transactions.js';

const MAX_LENGTH = 255;

interface Request {
  readonly actor: Actor;
  /** Method and path, with the ids in it: one key may be used once for each. */
  readonly route: string;
  /** The header as it was sent; without one the work is simply done. */
  readonly key: string | undefined;
  readonly body: unknown;
}

interface Stored {
  readonly fingerprint: string;
  readonly done: boolean;
  readonly answer: unknown;
}

/** `Idempotency-Key` of our own API: the first answer is kept for 24 hours and given again to who asked for it. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Does the work, or answers what it answered the first time. Throws `idempotency_key_invalid`,
   * `idempotency_key_reused` (another body) and `idempotency_in_progress` (the first is still being worked on).
   */
  async once<T>({ actor, route, key, body }: Request, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work();
    requireUsable(key);
    const scope = `${actorLabel(actor)} ${route}`;
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
        `update platform.idempotency_keys set status = 201, body = $3 where scope = $1 and key = $2`,
        [scope, key, JSON.stringify(answer)],
      );
      return answer;
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

  private async replay<T>(scope: string, key: string, fingerprint: string): Promise<T> {
    const [stored] = await this.transactions.query<Stored>(
      `select fingerprint, status is not null as done, body as answer
       from platform.idempotency_keys where scope = $1 and key = $2`,
      [scope, key],
    );
    if (stored && stored.fingerprint !== fingerprint)
      throw new DomainError(
        'idempotency_key_reused',
        'conflict',
        'This Idempotency-Key was used with another request. Use a new key.',
      );
    if (!stored?.done)
      throw new DomainError(
        'idempotency_in_progress',
        'conflict',
        'A request with this Idempotency-Key is being worked on. Ask again in a moment.',
      );
    return stored.answer as T;
  }
}

/** Throws `idempotency_key_invalid`. */
export function requireUsable(key: string): void {
  if (key.length >= 1 && key.length <= MAX_LENGTH) return;
  throw new DomainError(
    'idempotency_key_invalid',
    'invalid',
    `Use an Idempotency-Key of 1 to ${MAX_LENGTH} characters.`,
  );
}
