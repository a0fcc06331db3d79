import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { OrdersModule } from '#orders';
import { PayoutsModule } from '#payouts';
import { SellersModule } from '#sellers';
import { AccountMails } from './account.mails.js';
import { Mailer } from './mailer.service.js';
import { OrderMails } from './order.mails.js';
import { ShopMails } from './shop.mails.js';
import { ShopPeople } from './shop-people.js';

@Module({
  imports: [IdentityModule, SellersModule, OrdersModule, PayoutsModule],
  providers: [Mailer, ShopPeople, AccountMails, OrderMails, ShopMails],
  exports: [Mailer],
})
export class NotificationsModule {}
