import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import type { Actor } from '#kernel';
import { Transactions } from '#platform';
import { assertGoodPassword } from './password.rules.js';
import { Passwords } from './passwords.js';
import { requireUser, Users } from './users.service.js';

/** What people change about themselves; what matters asks for the password again. */
@Injectable()
export class Profiles {
  constructor(
    private readonly transactions: Transactions,
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly audit: Audit,
  ) {}

  async rename(actor: Actor, name: string): Promise<void> {
    await this.transactions.query(`update identity.users set name = $2 where id = $1 and closed_at is null`, [
      requireUser(actor),
      name.trim(),
    ]);
  }

  /** Ends every session of the person, the current one too: the caller begins a new one. */
  async changePassword(actor: Actor, current: string, next: string): Promise<void> {
    const user = await this.users.proven(actor, current, 'current');
    assertGoodPassword(next, user);
    const passwordHash = await this.passwords.hash(next);
    await this.transactions.run(() => this.users.setPassword(actor, passwordHash));
  }

  /**
   * Closes the account and erases the person: orders, ledger and audit log keep the id, which names nobody any more.
   * The caller has checked that no shop depends on the person.
   */
  async close(actor: Actor, password: string): Promise<void> {
    const user = await this.users.proven(actor, password);
    await this.transactions.run(async () => {
      await this.transactions.write(
        `update identity.users set name = 'Closed account', email = $2, password_hash = null, is_admin = false,
           closed_at = now() where id = $1`,
        // RFC 2606 keeps .invalid free: no mail can ever go there.
        [user.id, `${user.id}@closed.invalid`],
      );
      for (const table of ['sessions', 'api_keys', 'mail_links'])
        await this.transactions.write(`delete from identity.${table} where user_id = $1`, [user.id]);
      await this.transactions.write(`delete from identity.mail_links where email = $1`, [user.email]);
      await this.audit.write({ actor, action: 'user.closed', subject: user.id });
    });
  }
}
