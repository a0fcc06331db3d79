import { Module, type OnModuleInit } from '@nestjs/common';
import { EventDoor } from '../event-door.js';

/** POST /webhooks/accounts: snapshot events of connected accounts; POST /webhooks/accounts/thin: v2 events about them. */
@Module({ providers: [EventDoor] })
export class AccountWebhooksModule implements OnModuleInit {
  constructor(private readonly door: EventDoor) {}

  async onModuleInit(): Promise<void> {
    await this.door.open('accounts');
    await this.door.open('accounts_thin');
  }
}
