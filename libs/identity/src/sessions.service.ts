import { Injectable } from '@nestjs/common';
import { newId } from '#kernel';
import { Cron, Transactions } from '#platform';
import { digest } from './secrets.js';

/** How long a session lasts from signing in. */
export const SESSION_DAYS = 30;

export interface SignedInDevice {
  readonly id: string;
  /** Browser and system in words, such as "Firefox on Linux". */
  readonly device: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly current: boolean;
}

/** Sign-ins, in the database, so that they end everywhere at once. The cookie's value is known by its hash only. */
@Injectable()
export class Sessions {
  constructor(private readonly transactions: Transactions) {}

  async begin(cookie: string, userId: string, device: string): Promise<void> {
    await this.transactions.query(
      `insert into identity.sessions (id, cookie_hash, user_id, device, expires_at)
       values ($1, $2, $3, $4, now() + make_interval(days => $5)) on conflict (cookie_hash) do nothing`,
      [newId('ses'), digest(cookie), userId, device, SESSION_DAYS],
    );
  }

  /** Whose session the cookie is; null for unknown and expired ones. */
  async find(cookie: string): Promise<{ userId: string; expiresAt: Date } | null> {
    const [row] = await this.transactions.query<{ userId: string; expiresAt: Date; stale: boolean }>(
      `select user_id as "userId", expires_at as "expiresAt", last_seen_at < now() - interval '10 minutes' as stale
       from identity.sessions where cookie_hash = $1 and expires_at > now()`,
      [digest(cookie)],
    );
    if (!row) return null;
    // A write per request would cost more than knowing the minute is worth.
    if (row.stale)
      await this.transactions.query(
        `update identity.sessions set last_seen_at = now() where cookie_hash = $1`,
        [digest(cookie)],
      );
    return { userId: row.userId, expiresAt: row.expiresAt };
  }

  async list(userId: string, currentCookie: string | null): Promise<SignedInDevice[]> {
    return this.transactions.query<SignedInDevice>(
      `select id, device, created_at as "createdAt", last_seen_at as "lastSeenAt",
              coalesce(cookie_hash = $2, false) as current
       from identity.sessions where user_id = $1 and expires_at > now() order by last_seen_at desc limit 100`,
      [userId, currentCookie === null ? null : digest(currentCookie)],
    );
  }

  async end(cookie: string): Promise<void> {
    await this.transactions.query(`delete from identity.sessions where cookie_hash = $1`, [digest(cookie)]);
  }

  /** One of the person's own sessions; another's id ends nothing. */
  async endById(userId: string, sessionId: string): Promise<void> {
    await this.transactions.query(`delete from identity.sessions where user_id = $1 and id = $2`, [
      userId,
      sessionId,
    ]);
  }

  async endAll(userId: string, options: { except?: string } = {}): Promise<void> {
    await this.transactions.query(
      `delete from identity.sessions where user_id = $1 and ($2::bytea is null or cookie_hash <> $2)`,
      [userId, options.except === undefined ? null : digest(options.except)],
    );
  }

  @Cron('identity.sessions.forget', '29 * * * *')
  async forgetExpired(): Promise<void> {
    await this.transactions.query(`delete from identity.sessions where expires_at < now()`);
  }
}
