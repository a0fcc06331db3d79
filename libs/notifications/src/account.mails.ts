import { Injectable } from '@nestjs/common';
import {
  ApiKeys,
  type Letter,
  MailLinkRequested,
  MailLinks,
  PasswordChanged,
  Users,
  type UserView,
} from '#identity';
import { Config, Subscribe, Transactions } from '#platform';
import type { MailWords } from './letter.js';
import { Mailer } from './mailer.service.js';

/** Mails about accounts. */
@Injectable()
export class AccountMails {
  constructor(
    private readonly transactions: Transactions,
    private readonly mailer: Mailer,
    private readonly links: MailLinks,
    private readonly users: Users,
    private readonly apiKeys: ApiKeys,
    private readonly config: Config,
  ) {}

  @Subscribe(MailLinkRequested, 'notifications')
  async onLink({ linkId }: { linkId: string }): Promise<void> {
    // The letter's token exists only in the mail, so both are made at once.
    await this.transactions.run(async () => {
      const letter = await this.links.letter(linkId);
      if (!letter) return;
      await this.mailer.write(`link ${linkId}`, letter.email, this.wordsOf(letter));
      if (letter.kind === 'email_change')
        await this.mailer.write(`link ${linkId} asked`, letter.owner.email, this.warningOf(letter.owner));
    });
  }

  @Subscribe(PasswordChanged, 'notifications')
  async onPasswordChanged({ userId, changeId }: { userId: string; changeId: string }): Promise<void> {
    const user = await this.users.byId(userId);
    if (!user || user.closedAt) return;
    const keys = await this.apiKeys.list({ kind: 'user', userId, isAdmin: false });
    await this.transactions.run(() =>
      this.mailer.write(`password_changed ${changeId}`, user.email, {
        subject: 'Your password was changed',
        greeting: `Hello ${user.name},`,
        paragraphs: [
          'Your password for Guildhall was changed a moment ago, and every device was signed out.',
          'If that was you, there is nothing to do. If it was not, set a new password now.',
          ...(keys.length > 0
            ? ['The API keys of your account go on working. Revoke those that you do not know.']
            : []),
        ],
        action: { label: 'Set a new password', url: `${this.config.publicUrl}/forgot` },
      }),
    );
  }

  /** To the address that counts until now: whoever took over an account would change it unnoticed. */
  private warningOf(owner: UserView): MailWords {
    return {
      subject: 'Your e-mail is about to change',
      greeting: `Hello ${owner.name},`,
      paragraphs: [
        'Somebody, probably you, asked to use another e-mail address for your account, with your password. It counts once the link that we sent there is opened.',
        'If that was you, there is nothing to do. If it was not, set a new password now: it ends this request and signs out every device.',
      ],
      action: { label: 'Set a new password', url: `${this.config.publicUrl}/forgot` },
    };
  }

  private wordsOf(letter: Letter): MailWords {
    // Who reads it at a new address may be a stranger to who asked: no words of theirs go there, such as a name.
    const known = letter.kind === 'known_account' || letter.kind === 'password_reset';
    const greeting = known ? `Hello ${letter.owner.name},` : 'Hello,';
    if (letter.kind === 'known_account')
      return {
        subject: 'You have an account already',
        greeting,
        paragraphs: [
          'Somebody, probably you, wanted to use this e-mail address for an account with us. You have one already: just sign in.',
        ],
        action: { label: 'Sign in', url: `${this.config.publicUrl}/sign-in` },
        note: `Forgot your password? Choose a new one at ${this.config.publicUrl}/forgot. If it was not you, you can ignore this mail.`,
      };
    const page = letter.kind === 'password_reset' ? 'reset' : 'confirm';
    const { subject, sentence, label, ignore } = linkWords[letter.kind];
    return {
      subject,
      greeting,
      paragraphs: [sentence],
      action: { label, url: `${this.config.publicUrl}/${page}/${letter.token}` },
      note: `The link works once, and for ${letter.hours === 1 ? 'one hour' : `${letter.hours} hours`}. ${ignore}`,
    };
  }
}

const linkWords = {
  sign_up: {
    subject: 'Confirm your e-mail',
    sentence: 'Welcome to Guildhall. One click, and your account is ready.',
    label: 'Confirm my e-mail',
    ignore: 'If you did not sign up, ignore this mail: no account is made.',
  },
  password_reset: {
    subject: 'Choose a new password',
    sentence: 'You asked for a new password. Choose it on the page behind this link.',
    label: 'Choose a new password',
    ignore: 'If you did not ask for it, ignore this mail: your password stays as it is.',
  },
  email_change: {
    subject: 'Confirm your new e-mail',
    sentence: 'You asked to use this address for your account. It counts from the moment you confirm it.',
    label: 'Use this address',
    ignore: 'If you did not ask for it, ignore this mail.',
  },
} as const;
