import { Module } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { EventDoor } from '../event-door.js';

/** POST /webhooks/accounts: snapshot events of connected accounts; POST /webhooks/accounts/thin: v2 events about them. */
@Module({ providers: [EventDoor] })
export class AccountWebhooksModule {
  constructor(private readonly door: EventDoor) {}

  open(server: FastifyInstance): void {
    this.door.open(server, 'accounts');
    this.door.open(server, 'accounts_thin');
  }
}
