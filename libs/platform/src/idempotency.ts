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
  readonly answer: unknown;
}

/** `Idempotency-Key` of our own API: the first answer is kept for 24 hours and given again to who asked for it. */
@Injectable()
export class IdempotencyKeys {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Does the work in one transaction with storing its answer, so that a crash leaves both or neither; asked again, the
   * answer is what it was. What can't be in a transaction, such as a call to Stripe, is `finish`: it is given the work's
   * answer, stored or new, so it must be harmless to repeat. A refusal of the work is not stored: mended input may use the
   * same key again. Throws `idempotency_key_invalid`, `idempotency_key_reused` (another body) and
   * `idempotency_in_progress` (the first is still being worked on).
   */
  async once<T>(request: Request, work: () => Promise<T>): Promise<T>;
  async once<B, T>(request: Request, work: () => Promise<B>, finish: (begun: B) => Promise<T>): Promise<T>;
  async once<B>(
    request: Request,
    work: () => Promise<B>,
    finish: (begun: B) => Promise<unknown> = (begun) => Promise.resolve(begun),
  ): Promise<unknown> {
    if (request.key !== undefined) requireUsable(request.key);
    return finish(await this.transactions.run(() => this.begin(request, work)));
  }

  @Cron('platform.idempotency.forget', '17 * * * *')
  async forget(): Promise<void> {
    await this.transactions.query(
      `delete from platform.idempotency_keys where created_at < now() - interval '24 hours'`,
    );
  }

  private async begin<B>({ actor, route, key, body }: Request, work: () => Promise<B>): Promise<B> {
    if (key === undefined) return work();
    const scope = `${actorLabel(actor)} ${route}`;
    await this.lock(`idempotency ${scope} ${key}`);
    const fingerprint = createHash('sha256')
      .update(JSON.stringify(body ?? null))
      .digest('hex');
    const [stored] = await this.transactions.write<Stored>(
      `select fingerprint, body as answer from platform.idempotency_keys where scope = $1 and key = $2`,
      [scope, key],
    );
    if (stored && stored.fingerprint !== fingerprint)
      throw new DomainError(
        'idempotency_key_reused',
        'conflict',
        'This Idempotency-Key was used with another request. Use a new key.',
      );
    if (stored) return stored.answer as B;
    const answer = await work();
    await this.transactions.write(
      `insert into platform.idempotency_keys (scope, key, fingerprint, body) values ($1, $2, $3, $4)`,
      [scope, key, fingerprint, JSON.stringify(answer)],
    );
    return answer;
  }

  /** Held until the transaction ends, however it ends. */
  private async lock(name: string): Promise<void> {
    const [row] = await this.transactions.write<{ free: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free`,
      [name],
    );
    if (!row!.free)
      throw new DomainError(
        'idempotency_in_progress',
        'conflict',
        'A request with this Idempotency-Key is being worked on. Ask again in a moment.',
      );
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
