import { Module } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { EventDoor } from '../event-door.js';

/** POST /webhooks/payments: snapshot events of the platform's own account. */
@Module({ providers: [EventDoor] })
export class PaymentWebhooksModule {
  constructor(private readonly door: EventDoor) {}

  open(server: FastifyInstance): void {
    this.door.open(server, 'payments');
  }
}
