import { Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { DomainError, newId } from '#kernel';
import {
  Config,
  Cron,
  decodeCursor,
  JobHandler,
  Jobs,
  keyset,
  Log,
  type Page,
  pageOf,
  Transactions,
} from '#platform';
import { asHtml, asText, type MailWords } from './letter.js';

export interface MailView {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly createdAt: Date;
}

/** With growing pauses this is about two days. */
const MOST_TRIES = 17;

/** Writes mails in the transaction of what they tell, and sends them afterwards. */
@Injectable()
export class Mailer {
  private readonly smtp: Transporter | null;

  constructor(
    private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
    private readonly log: Log,
  ) {
    this.smtp = config.smtpUrl ? createTransport(config.smtpUrl) : null;
  }

  /** In a transaction. `about` names the occasion, such as `order_paid ord_…`: one mail each, however often it is told. */
  async write(about: string, recipient: string, words: MailWords): Promise<void> {
    const [mail] = await this.transactions.write<{ id: string }>(
      `insert into notifications.mails (id, about, recipient, subject, text, html, status)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (about) do nothing returning id`,
      [
        newId('mail'),
        about,
        recipient,
        words.subject,
        asText(words),
        asHtml(words),
        this.smtp ? 'waiting' : 'kept',
      ],
    );
    if (mail && this.smtp)
      await this.jobs.add('notifications.send', { mailId: mail.id }, { maxAttempts: MOST_TRIES });
  }

  /** A mail may arrive twice when the process dies between the server's answer and our note of it; none is lost. */
  @JobHandler('notifications.send')
  async send({ mailId }: { mailId: string }): Promise<void> {
    const [mail] = await this.transactions.query<{
      recipient: string;
      subject: string;
      text: string;
      html: string;
    }>(
      `select recipient, subject, text, html from notifications.mails where id = $1 and status = 'waiting'`,
      [mailId],
    );
    if (!mail || !this.smtp) return;
    try {
      const { recipient, subject, text, html } = mail;
      // As an object it is one mailbox, whatever else the text could be read as.
      const to = { name: '', address: recipient };
      await this.smtp.sendMail({ from: this.config.mailFrom, to, subject, text, html });
    } catch (error) {
      await this.noteFailure(mailId, error as Error & { responseCode?: number });
      return;
    }
    await this.transactions.query(
      `update notifications.mails set status = 'sent', sent_at = now(), text = null, html = null, last_error = null
       where id = $1`,
      [mailId],
    );
  }

  /** The demo's mails, newest first. */
  async kept(filter: { cursor?: string | undefined }): Promise<Page<MailView>> {
    const limit = 30;
    const cursor = decodeCursor(filter.cursor, ['text']);
    const set = keyset(['id'], cursor, 2);
    const rows = await this.transactions.query<MailView>(
      `select id, recipient, subject, text, created_at as "createdAt" from notifications.mails
       where status = 'kept' and ${set.where} order by ${set.orderBy} limit $1`,
      [limit + 1, ...set.parameters],
    );
    return pageOf(rows, limit, cursor, (mail) => [mail.id]);
  }

  async keptById(id: string): Promise<MailView> {
    const [mail] = await this.transactions.query<MailView>(
      `select id, recipient, subject, text, created_at as "createdAt" from notifications.mails
       where status = 'kept' and id = $1`,
      [id],
    );
    if (!mail) throw DomainError.notFound('mail');
    return mail;
  }

  /** Addresses are personal: they are not kept for longer than it takes to answer "I got no mail". */
  @Cron('notifications.forget', '47 3 * * *')
  async forget(): Promise<void> {
    await this.transactions.query(
      `delete from notifications.mails where created_at < now() - interval '30 days'`,
    );
  }

  /** RFC 5321: a reply of 5yz is final. Everything else is tried again by the job. */
  private async noteFailure(mailId: string, error: Error & { responseCode?: number }): Promise<void> {
    const final = error.responseCode !== undefined && error.responseCode >= 500;
    const reason = error.responseCode
      ? `the mail server answered ${error.responseCode}`
      : 'the mail server did not answer';
    await this.transactions.query(
      `update notifications.mails set last_error = $2, status = $3,
         text = case when $3 = 'failed' then null else text end, html = case when $3 = 'failed' then null else html end
       where id = $1`,
      [mailId, reason, final ? 'failed' : 'waiting'],
    );
    this.log.warn('a mail was not sent', { mailId, reason, final });
    if (!final) throw new Error(reason);
  }
}
