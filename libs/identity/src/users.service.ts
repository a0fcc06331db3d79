import { Injectable } from '@nestjs/common';
import { type Actor, DomainError, newId } from '#kernel';
import { Audit } from '#audit';
import { Outbox, Transactions } from '#platform';
import { PasswordChanged } from './identity.events.js';
import { assertGoodPassword } from './password.rules.js';
import { Passwords } from './passwords.js';
import { normalEmail } from './secrets.js';

export interface UserView {
  readonly id: string;
  readonly name: string;
  /** Of a closed account an address that no mail can reach. */
  readonly email: string;
  readonly isAdmin: boolean;
  readonly emailConfirmedAt: Date;
  readonly closedAt: Date | null;
}

const columns = `id, name, email, is_admin as "isAdmin", email_confirmed_at as "emailConfirmedAt", closed_at as "closedAt"`;

/** The acting user's id, or `unauthenticated`. */
export function requireUser(actor: Actor): string {
  if (actor.kind === 'user') return actor.userId;
  throw new DomainError('sign_in_required', 'unauthenticated', 'Please sign in first.');
}

/** People with a confirmed e-mail address; who has merely asked for an account is in MailLinks. */
@Injectable()
export class Users {
  constructor(
    private readonly transactions: Transactions,
    private readonly passwords: Passwords,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  /** Reads many people at once; unknown ids are missing from the map. */
  async byIds(ids: readonly string[]): Promise<Map<string, UserView>> {
    if (ids.length === 0) return new Map();
    const rows = await this.transactions.query<UserView>(
      `select ${columns} from identity.users where id = any($1)`,
      [[...new Set(ids)]],
    );
    return new Map(rows.map((user) => [user.id, user]));
  }

  async byId(id: string): Promise<UserView | null> {
    return (await this.byIds([id])).get(id) ?? null;
  }

  async byEmail(email: string): Promise<UserView | null> {
    const [user] = await this.transactions.query<UserView>(
      `select ${columns} from identity.users where email = $1`,
      [normalEmail(email)],
    );
    return user ?? null;
  }

  /** The person, or null; takes the same time for known and unknown addresses. */
  async verifyPassword(email: string, password: string): Promise<UserView | null> {
    const [row] = await this.transactions.query<UserView & { passwordHash: string | null }>(
      `select ${columns}, password_hash as "passwordHash" from identity.users where email = $1`,
      [normalEmail(email)],
    );
    const right = await this.passwords.verify(row?.passwordHash, password);
    if (!row || !right) return null;
    const { passwordHash: _, ...user } = row;
    return user;
  }

  /** The acting person, who has typed their password again: a session alone may be stolen. Throws `password_wrong`. */
  async proven(actor: Actor, password: string, field = 'password'): Promise<UserView> {
    const user = await this.byId(requireUser(actor));
    if (user && (await this.verifyPassword(user.email, password))) return user;
    throw DomainError.field(field, 'password_wrong', 'This is not your current password.');
  }

  /**
   * A person whose address is known to be theirs: for the operator's command lines, the demo's seed and tests.
   * Throws `email_taken`.
   */
  async create(person: { email: string; name: string; password: string }): Promise<UserView> {
    assertGoodPassword(person.password, person);
    const passwordHash = await this.passwords.hash(person.password);
    return this.transactions.run(async () => {
      const user = await this.insert({ ...person, passwordHash });
      if (!user)
        throw DomainError.field('email', 'email_taken', 'There is an account with this e-mail already.');
      return user;
    });
  }

  /** In a transaction; null when the address has an account already. */
  async insert(person: { email: string; name: string; passwordHash: string }): Promise<UserView | null> {
    const [user] = await this.transactions.write<UserView>(
      `insert into identity.users (id, name, email, password_hash, email_confirmed_at)
       values ($1, $2, $3, $4, now()) on conflict (email) do nothing returning ${columns}`,
      [newId('usr'), person.name.trim(), normalEmail(person.email), person.passwordHash],
    );
    return user ?? null;
  }

  /** In a transaction. Every session and every link of the person ends, whoever holds it. */
  async setPassword(actor: Actor, passwordHash: string): Promise<void> {
    const userId = requireUser(actor);
    await this.transactions.write(`update identity.users set password_hash = $2 where id = $1`, [
      userId,
      passwordHash,
    ]);
    await this.transactions.write(`delete from identity.sessions where user_id = $1`, [userId]);
    await this.transactions.write(`delete from identity.mail_links where user_id = $1`, [userId]);
    await this.audit.write({ actor, action: 'user.password_changed', subject: userId });
    await this.outbox.publish(new PasswordChanged({ userId, changeId: newId('chg') }));
  }

  /** By another admin, or by the operator's command line. */
  async grantAdmin(actor: Actor, userId: string, reason: string): Promise<void> {
    if (actor.kind !== 'system' && !(actor.kind === 'user' && actor.isAdmin))
      throw new DomainError('admin_only', 'forbidden', 'Only an admin can do this.');
    await this.transactions.run(async () => {
      const changed = await this.transactions.write(
        `update identity.users set is_admin = true
         where id = $1 and not is_admin and closed_at is null returning id`,
        [userId],
      );
      if (changed.length > 0)
        await this.audit.write({ actor, action: 'user.admin_granted', subject: userId, reason });
    });
  }
}
