import { Module, type OnModuleInit } from '@nestjs/common';
import { EventDoor } from '../event-door.js';

/** POST /webhooks/payments: snapshot events of the platform's own account. */
@Module({ providers: [EventDoor] })
export class PaymentWebhooksModule implements OnModuleInit {
  constructor(private readonly door: EventDoor) {}

  async onModuleInit(): Promise<void> {
    await this.door.open('payments');
  }
}
