import { Module } from '@nestjs/common';
import { NotificationsModule } from '#notifications';
import { DemoMailsPages } from './demo-mails.pages.js';

/** Pages that only the demo has. */
@Module({ imports: [NotificationsModule], controllers: [DemoMailsPages] })
export class DemoDoorModule {}
