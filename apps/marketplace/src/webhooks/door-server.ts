import type { INestApplicationContext } from '@nestjs/common';
import Fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify';
import { WebServer } from '../http/index.js';
import { AccountWebhooksModule } from './account-webhooks/account-webhooks.module.js';
import { PaymentWebhooksModule } from './payment-webhooks/payment-webhooks.module.js';

const MAX_EVENT_BYTES = 1_048_576;
const PREFIX = '/webhooks/';

/**
 * A Fastify of its own for Stripe's events, behind the same port as the application: sessions, cookies and headers for
 * browsers would cost an event more than storing it does, and a hook of the application reaches each of its routes.
 */
export class DoorServer {
  private readonly doors: FastifyInstance = Fastify({ bodyLimit: MAX_EVENT_BYTES });

  constructor() {
    this.doors.removeAllContentTypeParsers();
    // The text as it came is what is signed.
    this.doors.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, body),
    );
  }

  /** For the application's Fastify: one port, and what comes to a door does not reach the application. */
  readonly serverFactory: FastifyServerFactory = (application) =>
    new WebServer((request, response) =>
      request.url?.startsWith(PREFIX)
        ? this.doors.routing(request, response)
        : application(request, response),
    );

  async open(app: INestApplicationContext): Promise<void> {
    app.get(PaymentWebhooksModule).open(this.doors);
    app.get(AccountWebhooksModule).open(this.doors);
    await this.doors.ready();
  }
}
