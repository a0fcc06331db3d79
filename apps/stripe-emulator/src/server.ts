import { createServer, type RequestListener } from 'node:http';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { serveControls } from './control/index.js';
import type { Engine } from './engine/engine.js';
import { invalid } from './engine/errors.js';
import { ApiFaults } from './http/api-faults.js';
import { serveFileContents } from './http/file-contents.js';
import { parseMultipart } from './http/multipart.js';
import { refusal, serveApi, stamp, type Exchange } from './http/api.js';
import { parseForm, parseJson } from './http/form.js';
import { refuseForeign } from './http/this-machine.js';
import { RequestLog } from './pages/dashboard/request-log.js';
import { serveWebsockets } from './http/websocket.js';
import { routes } from './resources/index.js';

/** Params are checked by our own specs. Fastify would spend half of the start-up on its schema compilers. */
const noSchemas = () => () => {
  throw new Error('No route of the emulator has a schema.');
};

/** What programs ask for; everything else is a page. */
const API = /^\/(v[12]|_emulator|links)\//;

/** Idle connections are kept so long; Node's five seconds would cut off clients that are about to call again. */
const PATIENCE = 72_000;

/** The HTTP server: Stripe's API, the control API, and people's pages, over one engine. */
export function buildServer(engine: Engine, observe?: (exchange: Exchange) => void): FastifyInstance {
  // Most tests never open a page, so that pages are loaded when the first one is asked for.
  let people: Promise<FastifyInstance> | undefined;
  const toPages: RequestListener = (request, response) => {
    people ??= buildPages(engine, faults, log);
    void people.then((app) => app.routing(request, response));
  };
  const app = base(engine, (toApi) =>
    createServer({ keepAliveTimeout: PATIENCE }, (request, response) =>
      (API.test(request.url!) ? toApi : toPages)(request, response),
    ),
  );
  const faults = new ApiFaults();
  const log = new RequestLog(app, engine.clock);
  serveApi(app, engine, routes, faults, observe);
  serveFileContents(app, engine);
  serveControls(app, engine, faults);
  const websockets = serveWebsockets(app.server, engine.live);
  app.addHook('preClose', async () => websockets.close());
  app.addHook('onClose', async () => (await people)?.close());
  return app;
}

async function buildPages(engine: Engine, faults: ApiFaults, log: RequestLog): Promise<FastifyInstance> {
  const { registerPages } = await import('./pages/index.js');
  const app = base(engine);
  await registerPages(app, engine, faults, log);
  await app.ready();
  return app;
}

/** How bodies are read and failures are answered, for programs and people. */
function base(
  engine: Engine,
  serverFactory?: (handler: RequestListener) => ReturnType<typeof createServer>,
): FastifyInstance {
  const app = Fastify({
    ...(serverFactory && { serverFactory }),
    // What is on its way when the emulator ends is cut off, as by a crash.
    forceCloseConnections: true,
    logger: { level: 'error' },
    bodyLimit: 20 * 1024 * 1024,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  app.addHook('onRequest', async (request) => refuseForeign(request));
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => parseForm(body),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) =>
      parseMultipart(body, request.headers['content-type'] ?? ''),
  );
  // The SDK sends a JSON content type with an empty body on POSTs without parameters.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => (body === '' ? {} : parseJson(body)),
  );
  // Whatever a page or a call did is on disk before anybody is told.
  app.addHook('onSend', async () => engine.durable());
  app.setErrorHandler((failure, request, reply) => {
    const requestId = stamp(engine, request, reply);
    const { status, body } = refusal(request, failure, requestId);
    return reply.code(status).type('application/json').send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    const requestId = stamp(engine, request, reply);
    const path = request.url.split('?')[0]!;
    const unknown = invalid(
      `Unrecognized request URL (${request.method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
      { status: 404, code: 'resource_missing' },
    );
    const { status, body } = refusal(request, unknown, requestId);
    return reply.code(status).type('application/json').send(body);
  });
  return app;
}
