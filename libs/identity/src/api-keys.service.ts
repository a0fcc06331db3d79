import { Injectable } from '@nestjs/common';
import { type Actor, DomainError, newId, newToken } from '#kernel';
import { Audit } from '#audit';
import { Transactions } from '#platform';
import { digest } from './secrets.js';
import { requireUser, Users } from './users.service.js';

export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The key's last four characters. */
  readonly hint: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** More would be a mistake of a script, and each is a secret to look after. */
const MOST_KEYS = 25;

const columns = `id, name, hint, created_at as "createdAt", last_used_at as "lastUsedAt"`;

/** Keys for programs: `Authorization: Bearer gh_…` acts as the person who made it. Shown once, kept as a hash. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly transactions: Transactions,
    private readonly users: Users,
    private readonly audit: Audit,
  ) {}

  /** `secret` is the key itself; nobody can read it again. It outlives every session, so a session alone makes none. */
  async create(actor: Actor, name: string, password: string): Promise<{ key: ApiKeyView; secret: string }> {
    const { id: userId } = await this.users.proven(actor, password);
    const secret = `gh_${newToken()}`;
    return this.transactions.run(async () => {
      // The user's row is the lock that makes the count true.
      await this.transactions.write(`select id from identity.users where id = $1 for update`, [userId]);
      const [{ count } = { count: 0 }] = await this.transactions.write<{ count: number }>(
        `select count(*)::int as count from identity.api_keys where user_id = $1`,
        [userId],
      );
      if (count >= MOST_KEYS)
        throw new DomainError(
          'too_many_api_keys',
          'conflict',
          `You have ${MOST_KEYS} API keys. Revoke one you no longer use first.`,
        );
      const [key] = await this.transactions.write<ApiKeyView>(
        `insert into identity.api_keys (id, user_id, name, key_hash, hint) values ($1, $2, $3, $4, $5) returning ${columns}`,
        [newId('key'), userId, name, digest(secret), secret.slice(-4)],
      );
      await this.audit.write({ actor, action: 'api_key.created', subject: key!.id });
      return { key: key!, secret };
    });
  }

  async list(actor: Actor): Promise<ApiKeyView[]> {
    return this.transactions.query<ApiKeyView>(
      `select ${columns} from identity.api_keys where user_id = $1 order by id desc`,
      [requireUser(actor)],
    );
  }

  /** Works no longer from the next request on. */
  async revoke(actor: Actor, keyId: string): Promise<void> {
    await this.transactions.run(async () => {
      const rows = await this.transactions.write<{ id: string }>(
        `delete from identity.api_keys where id = $1 and user_id = $2 returning id`,
        [keyId, requireUser(actor)],
      );
      if (rows.length === 0) throw DomainError.notFound('API key');
      await this.audit.write({ actor, action: 'api_key.revoked', subject: keyId });
    });
  }

  /** Whose key it is, or null. */
  async verify(secret: string): Promise<string | null> {
    if (!secret.startsWith('gh_')) return null;
    const [row] = await this.transactions.query<{ userId: string; stale: boolean }>(
      `select user_id as "userId", coalesce(last_used_at < now() - interval '10 minutes', true) as stale
       from identity.api_keys where key_hash = $1`,
      [digest(secret)],
    );
    if (row?.stale)
      await this.transactions.query(`update identity.api_keys set last_used_at = now() where key_hash = $1`, [
        digest(secret),
      ]);
    return row?.userId ?? null;
  }
}
