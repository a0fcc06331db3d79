import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { AccountMails } from './account.mails.js';
import { Mailer } from './mailer.service.js';

@Module({ imports: [IdentityModule], providers: [Mailer, AccountMails], exports: [Mailer] })
export class NotificationsModule {}
