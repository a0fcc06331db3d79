import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../engine/engine.js';
import { invalid, Refusal } from '../engine/errors.js';
import type { ApiFault, ApiFaults } from './api-faults.js';
import { authorize, header, isPublishable } from './auth.js';
import { errorBody } from './error-body.js';
import { checkBuyersPaths, expand } from './expand.js';
import { parseForm, type Raw } from './form.js';
import { fingerprintOf, Idempotency } from './idempotency.js';
import { readParams } from './params.js';
import type { Call, Route } from './route.js';
import { Router } from './router.js';
import { ACCOUNT_VERSION, versionOf } from './versions.js';

interface Answer {
  status: number;
  body: string;
  replayed?: boolean;
}

/** One answered call of the API. */
export interface Exchange {
  /** e.g. `POST /v1/transfers/:id/reversals` */
  operation: string;
  status: number;
  body: string;
}

/** Serves a table of routes as Stripe's API: keys, parameters, idempotency, expansion, errors. */
export function serveApi(
  app: FastifyInstance,
  engine: Engine,
  routes: Route[],
  faults: ApiFaults,
  observe?: (exchange: Exchange) => void,
): void {
  const idempotency = new Idempotency(engine);
  const router = new Router(routes);
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const found = router.find(request.method, request.url.split('?')[0]!);
    if (!found) return reply.callNotFound();
    const { route, ids } = found;
    request.params = ids;
    const answer = await serve(engine, idempotency, faults, route, request, reply);
    if (!answer) return reply.hijack();
    observe?.({ operation: `${route.method} ${route.path}`, status: answer.status, body: answer.body });
    if (answer.replayed) reply.header('idempotent-replayed', 'true');
    return reply.code(answer.status).type('application/json').send(answer.body);
  };
  for (const url of ['/v1/*', '/v2/*']) app.route({ method: ['GET', 'POST', 'DELETE'], url, handler });
}

/** The answer to a call; null where a fault closed the connection instead. */
async function serve(
  engine: Engine,
  idempotency: Idempotency,
  faults: ApiFaults,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Answer | null> {
  const requestId = stamp(engine, request, reply);
  try {
    const account = authorize(engine, request, route);
    const version = versionOf(request);
    const raw = rawParams(request);
    const [path = '', query = ''] = request.url.split('?');
    const key = takesKey(route) ? header(request, 'idempotency-key') : null;
    const call: Call = {
      engine,
      account,
      ids: request.params as Record<string, string>,
      requestId,
      publishable: isPublishable(engine, request),
      version,
      idempotencyKey: key,
      path,
      query,
    };
    const answer = await once(engine, idempotency, route, call, raw, faults.strike(route.method, route.path));
    if (key) reply.header('idempotency-key', key);
    return answer;
  } catch (failure) {
    if (failure instanceof Unanswered) {
      if (failure.how === 'close') request.raw.socket.destroy();
      return null;
    }
    return refusal(request, failure, requestId);
  }
}

const isV2 = ({ path }: { path: string }) => path.startsWith('/v2/');

/** Elsewhere keys have no effect: https://docs.stripe.com/api/idempotent_requests */
function takesKey(route: Route): boolean {
  return route.method === 'POST' || (isV2(route) && route.method === 'DELETE');
}

/** A fault that was asked for: the caller gets no answer, and the connection is closed or left open. */
class Unanswered extends Error {
  constructor(readonly how: 'close' | 'timeout') {
    super(how);
  }
}

async function once(
  engine: Engine,
  idempotency: Idempotency,
  route: Route,
  call: Call,
  raw: Record<string, Raw>,
  fault: ApiFault | null,
): Promise<Answer> {
  const { account, idempotencyKey: key } = call;
  const fingerprint = fingerprintOf(route.method, call.path, raw);
  const earlier = key && idempotency.replay(account, key, fingerprint);
  if (earlier) {
    // Nothing is done, but the answer can get lost on its way as any other.
    if (fault) return brokenBy(fault, call);
    return { status: earlier.status, body: earlier.body, replayed: true };
  }
  if (key) idempotency.begin(account, key);
  try {
    const answer = execute(engine, idempotency, route, call, raw, fingerprint, fault);
    await engine.durable();
    if (fault && typeof fault.status !== 'number') throw new Unanswered(fault.status);
    return answer;
  } finally {
    if (key) idempotency.end(account, key);
  }
}

/** Does the call and keeps its result under its key, both or neither. */
function execute(
  engine: Engine,
  idempotency: Idempotency,
  route: Route,
  call: Call,
  raw: Record<string, Raw>,
  fingerprint: string,
  fault: ApiFault | null,
): Answer {
  const { account, idempotencyKey: key, requestId } = call;
  const v2 = isV2(route);
  const cause = { requestId, idempotencyKey: key };
  const keep = (answer: Answer) => {
    if (key && (!v2 || answer.status < 400))
      idempotency.keep(account, key, { fingerprint, status: answer.status, body: answer.body }, v2);
    return answer;
  };
  if (fault?.when === 'before') {
    const broken = brokenBy(fault, call);
    // What Stripe refuses before starting on it (429, 409) leaves no result behind.
    return broken.status >= 500 ? engine.transact(() => keep(broken), cause) : broken;
  }
  // Failed validation is never kept, whatever its code.
  const { expand: paths = [], ...params } = readParams(route.params, raw, v2, call.version) as {
    expand?: string[];
  };
  if (call.publishable) checkBuyersPaths(paths);
  try {
    return engine.transact(() => {
      const outcome = route.run(call, params as never);
      // A refusal that is returned, not thrown, leaves what was done: a declined card is an attempt that happened.
      if (outcome instanceof Refusal && !fault) return keep(answerTo(outcome, requestId, v2));
      const result = outcome instanceof Refusal ? outcome.error : expand(engine, outcome, paths);
      if (fault && typeof fault.status === 'number') return keep(failed(fault.status, requestId, v2));
      return keep({ status: 200, body: JSON.stringify(result, null, v2 ? 0 : 2) });
    }, cause);
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.isValidation) throw failure;
    return engine.transact(() => keep(answerTo(failure, requestId, v2)), cause);
  }
}

function rawParams(request: FastifyRequest): Record<string, Raw> {
  const query = parseForm(request.url.split('?')[1] ?? '');
  const body = request.body as Record<string, Raw> | null | undefined;
  return request.method === 'POST' ? { ...query, ...body } : query;
}

/** Headers on every answer, errors included. */
export function stamp(engine: Engine, request: FastifyRequest, reply: FastifyReply): string {
  const requestId = engine.ids.next('req');
  reply.header('request-id', requestId);
  reply.header('stripe-version', header(request, 'stripe-version') ?? ACCOUNT_VERSION);
  reply.header('date', new Date(engine.clock.now()).toUTCString());
  const account = header(request, 'stripe-account');
  if (account) reply.header('stripe-account', account);
  return requestId;
}

function answerTo({ status, error }: Refusal, requestId: string, v2: boolean): Answer {
  return { status, body: errorBody(error, status, requestId, v2) };
}

/** @throws Unanswered where the fault is that there is no answer */
function brokenBy({ status }: ApiFault, call: Call): Answer {
  if (typeof status !== 'number') throw new Unanswered(status);
  return failed(status, call.requestId, isV2(call));
}

function failed(status: number, requestId: string, v2: boolean): Answer {
  const type = status === 429 ? 'rate_limit_error' : status < 500 ? 'invalid_request_error' : 'api_error';
  const message = 'An unknown error occurred (a fault that this emulator was asked for).';
  const code = status === 429 && { code: 'rate_limit' };
  return answerTo(new Refusal(status, { type, message, ...code }), requestId, v2);
}

/** 404 is about the address; an unknown id among the parameters is a bad request. */
function statusOf({ status, unknownId }: Refusal, request: FastifyRequest): number {
  const inPath = Object.values(request.params as Record<string, string>);
  return unknownId !== undefined && !inPath.includes(unknownId) ? 400 : status;
}

/** Turns whatever was thrown into an answer; a bug of the emulator is a 500 with its message. */
export function refusal(request: FastifyRequest, failure: unknown, requestId: string): Answer {
  const v2 = isV2({ path: request.url });
  if (failure instanceof Refusal)
    return answerTo(new Refusal(statusOf(failure, request), failure.error), requestId, v2);
  const { statusCode, message: unread } = failure as { statusCode?: number; message?: string };
  // The server could not read the request: too large, or of a type that nobody speaks.
  if (statusCode && statusCode < 500)
    return answerTo(
      invalid(unread ?? 'The request could not be read.', { status: statusCode }),
      requestId,
      v2,
    );
  request.log.error(failure);
  const message = `The emulator failed: ${failure instanceof Error ? failure.message : String(failure)}`;
  return answerTo(new Refusal(500, { type: 'api_error', message }), requestId, v2);
}
