import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { type Actor, DomainError, newId, newToken } from '#kernel';
import { Cron, Outbox, Transactions } from '#platform';
import { MailLinkRequested } from './identity.events.js';
import { assertGoodPassword } from './password.rules.js';
import { Passwords } from './passwords.js';
import { digest, normalEmail } from './secrets.js';
import { Users, type UserView } from './users.service.js';

type Purpose = 'sign_up' | 'password_reset' | 'email_change';

const hoursValid: Record<Purpose, number> = { sign_up: 24, password_reset: 1, email_change: 24 };

interface LinkRow {
  readonly id: string;
  readonly purpose: Purpose;
  readonly email: string;
  readonly userId: string | null;
  readonly name: string | null;
  readonly passwordHash: string | null;
  readonly browserHash: Buffer | null;
  readonly nextPath: string | null;
}

const columns = `id, purpose, email, user_id as "userId", name, password_hash as "passwordHash",
  browser_hash as "browserHash", next_path as "nextPath"`;

/**
 * What a mail must say. `owner` has the account; nobody has one yet at a sign-up, and the name typed there is a
 * stranger's words, which we carry to nobody. `known_account`: somebody asked for an address that has an account; its
 * owner hears so.
 */
export type Letter =
  | { readonly kind: 'sign_up'; readonly email: string; readonly token: string; readonly hours: number }
  | {
      readonly kind: 'password_reset' | 'email_change';
      readonly email: string;
      readonly owner: UserView;
      readonly token: string;
      readonly hours: number;
    }
  | { readonly kind: 'known_account'; readonly email: string; readonly owner: UserView };

export interface PendingSignUp {
  /** For a cookie of this browser: only together with it does the link in the mail also sign in. */
  readonly browserToken: string;
}

export type Confirmed =
  | {
      readonly kind: 'sign_up';
      readonly userId: string;
      readonly sameBrowser: boolean;
      readonly nextPath: string | null;
    }
  | { readonly kind: 'email_change'; readonly userId: string };

/**
 * Everything that is confirmed by a link in a mail. A request writes the same row and the same event whether or not the
 * address is known; only the worker, which nobody can time, looks who it belongs to. A link works once.
 */
@Injectable()
export class MailLinks {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly passwords: Passwords,
    private readonly users: Users,
    private readonly audit: Audit,
  ) {}

  /** No account exists before the link is followed, so nobody can take an address that is not theirs. */
  async signUp(person: {
    email: string;
    name: string;
    password: string;
    nextPath?: string | null;
  }): Promise<PendingSignUp> {
    assertGoodPassword(person.password, person);
    const browserToken = newToken();
    await this.request({
      purpose: 'sign_up',
      email: person.email,
      userId: null,
      name: person.name.trim(),
      passwordHash: await this.passwords.hash(person.password),
      browserHash: digest(browserToken),
      nextPath: person.nextPath ?? null,
    });
    return { browserToken };
  }

  async requestPasswordReset(email: string): Promise<void> {
    await this.request({ ...blank, purpose: 'password_reset', email });
  }

  /** The new address counts from the moment its link is followed. Throws `password_wrong`. */
  async requestEmailChange(actor: Actor, password: string, email: string): Promise<void> {
    const { id: userId } = await this.users.proven(actor, password);
    await this.request({ ...blank, purpose: 'email_change', email, userId });
  }

  /**
   * What to write for a requested link, made once: the second time, for links that have run out and for addresses that
   * nobody has, the answer is null. In the transaction that stores the mail.
   */
  async letter(linkId: string): Promise<Letter | null> {
    const [link] = await this.transactions.write<LinkRow>(
      `select ${columns} from identity.mail_links
       where id = $1 and token_hash is null and expires_at > now() for update`,
      [linkId],
    );
    if (!link) return null;
    const { purpose, email } = link;
    const owner = await this.users.byEmail(email);
    const reachesSomebody = purpose === 'password_reset' ? owner !== null : owner === null;
    if (!reachesSomebody) {
      await this.transactions.write(`delete from identity.mail_links where id = $1`, [linkId]);
      return owner && { kind: 'known_account', email, owner };
    }
    const token = newToken();
    await this.transactions.write(
      `update identity.mail_links set token_hash = $2, user_id = $3 where id = $1`,
      [linkId, digest(token), owner?.id ?? link.userId],
    );
    const hours = hoursValid[purpose];
    if (purpose === 'sign_up') return { kind: purpose, email, token, hours };
    const changer = link.userId === null ? null : await this.users.byId(link.userId);
    return { kind: purpose, email, owner: (owner ?? changer)!, token, hours };
  }

  /** What a link is for, without using it: mail programs open links by themselves. */
  async peek(token: string): Promise<{ purpose: Purpose; email: string } | null> {
    const [link] = await this.transactions.query<{ purpose: Purpose; email: string }>(
      `select purpose, email from identity.mail_links where token_hash = $1 and expires_at > now()`,
      [digest(token)],
    );
    return link ?? null;
  }

  /** Follows the link of a sign-up or of a new address. Throws `link_invalid`. */
  async confirm(token: string, browserToken: string | null): Promise<Confirmed> {
    try {
      return await this.transactions.run(() => this.follow(token, browserToken));
    } catch (error) {
      // Somebody else confirmed this address since the mail was written: the unique index knows first.
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw linkInvalid();
      throw error;
    }
  }

  /** Ends every session of the person. Throws `link_invalid` and `password_weak`. */
  async resetPassword(token: string, password: string): Promise<void> {
    const link = await this.peek(token);
    const owner = link?.purpose === 'password_reset' ? await this.users.byEmail(link.email) : null;
    if (!owner) throw linkInvalid();
    assertGoodPassword(password, owner);
    const passwordHash = await this.passwords.hash(password);
    await this.transactions.run(async () => {
      const { userId } = await this.take(token, ['password_reset']);
      await this.users.setPassword({ kind: 'user', userId: userId!, isAdmin: owner.isAdmin }, passwordHash);
    });
  }

  @Cron('identity.mail_links.forget', '37 * * * *')
  async forgetExpired(): Promise<void> {
    await this.transactions.query(`delete from identity.mail_links where expires_at < now()`);
  }

  private async request(link: Omit<LinkRow, 'id'>): Promise<void> {
    const linkId = newId('lnk');
    await this.transactions.run(async () => {
      await this.transactions.write(
        `insert into identity.mail_links
           (id, purpose, email, user_id, name, password_hash, browser_hash, next_path, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(hours => $9))`,
        [
          linkId,
          link.purpose,
          normalEmail(link.email),
          link.userId,
          link.name,
          link.passwordHash,
          link.browserHash,
          link.nextPath,
          hoursValid[link.purpose],
        ],
      );
      await this.outbox.publish(new MailLinkRequested({ linkId }));
    });
  }

  private async follow(token: string, browserToken: string | null): Promise<Confirmed> {
    const link = await this.take(token, ['sign_up', 'email_change']);
    if (link.purpose === 'email_change') return this.changeEmail(link.userId!, link.email);
    const user = await this.users.insert({
      email: link.email,
      name: link.name!,
      passwordHash: link.passwordHash!,
    });
    if (!user) throw linkInvalid();
    // Other sign-ups with this address were not by its owner, or are of no use any more.
    await this.transactions.write(
      `delete from identity.mail_links where purpose = 'sign_up' and email = $1`,
      [link.email],
    );
    const sameBrowser = browserToken !== null && digest(browserToken).equals(link.browserHash!);
    return { kind: 'sign_up', userId: user.id, sameBrowser, nextPath: link.nextPath };
  }

  private async take(token: string, purposes: Purpose[]): Promise<LinkRow> {
    const [link] = await this.transactions.write<LinkRow>(
      `delete from identity.mail_links
       where token_hash = $1 and purpose = any($2) and expires_at > now() returning ${columns}`,
      [digest(token), purposes],
    );
    if (!link) throw linkInvalid();
    return link;
  }

  private async changeEmail(userId: string, email: string): Promise<Confirmed> {
    await this.transactions.write(
      `update identity.users set email = $2, email_confirmed_at = now() where id = $1 and closed_at is null`,
      [userId, email],
    );
    await this.audit.write({
      actor: { kind: 'user', userId, isAdmin: false },
      action: 'user.email_changed',
      subject: userId,
    });
    return { kind: 'email_change', userId };
  }
}

/** PostgreSQL's error code. */
const UNIQUE_VIOLATION = '23505';
const blank = { userId: null, name: null, passwordHash: null, browserHash: null, nextPath: null };

function linkInvalid(): DomainError {
  return new DomainError(
    'link_invalid',
    'conflict',
    'This link was used before or has run out. Ask for a new one.',
  );
}
