import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertReachable, Config, Log } from '#platform';
import { assertMayRun } from '#stripe';
import { AppModule } from './app.module.js';
import { ApiDocument } from './docs/api-document.js';
import { ErrorFilter } from './http/index.js';
import { registerAssets } from './ui/index.js';
import { DoorServer } from './webhooks/index.js';

const MAX_BODY_BYTES = 1_048_576;
/** One byte more than a picture may have: what is cut off there is refused as too large, not kept. */
const MAX_FILE_BYTES = 5_242_881;
/** Every form with a picture has one, and words beside it; without limits a form's fields fill the memory. */
const MULTIPART = { fileSize: MAX_FILE_BYTES, files: 1, fields: 8, fieldSize: 10_000, parts: 9 };

/**
 * Fastify gives a route the error handler that is there when the route is added, and Nest sets its own later, which
 * would leave what is refused before a handler runs to Fastify's own words.
 */
class Adapter extends FastifyAdapter {
  override setErrorHandler() {
    return this.getInstance();
  }
}

/** The web application, ready to listen. Throws a StartupError with one sentence where it must not start. */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  await assertReachable(config.databaseUrl);
  const doors = new DoorServer();
  const adapter = new Adapter({
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      errors.answer(error, request, reply),
    serverFactory: doors.serverFactory,
    trustProxy: config.trustProxy ?? false,
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: 200 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  const errors = new ErrorFilter(app.get(Log));
  app.useLogger(app.get(Log));
  await assertMayRun(app);
  const server = adapter.getInstance();
  server.setErrorHandler((error, request, reply) => errors.answer(error, request, reply));
  await doors.open(app);
  await server.register(cookie);
  await server.register(multipart, { limits: MULTIPART });
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity(config) },
  });
  // What is personal must not stay in a cache, an answer of the API or a file as little as a page; what may says so.
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  registerAssets(server);
  await app.init();
  app.get(ApiDocument, { strict: false }).attach(app);
  await server.ready();
  return app;
}

/** No inline script or style anywhere. A form may lead on to Stripe's pages. */
function contentSecurity(config: Config): Record<string, string[]> {
  const stripe = config.stripeApiBase ? [config.stripeApiBase.origin] : [];
  return {
    'default-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'form-action': ["'self'", 'https://*.stripe.com', ...stripe],
  };
}
