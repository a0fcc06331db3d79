import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { withoutCardNumbers } from '../../engine/cards.js';
import type { Clock } from '../../engine/clock.js';

/** One call of the API as the log shows it. Parameters are not kept: they may hold what nobody should read. */
export interface LoggedRequest {
  id: string;
  /** Milliseconds of the emulator's clock. */
  at: number;
  method: string;
  path: string;
  status: number;
  duration_ms: number;
  account: string | null;
  idempotencyKey: string | null;
  replayed: boolean;
  error: { code: string; message: string; param: string | null } | null;
}

const KEPT = 1000;
/** Characters of a sentence, which may repeat what was sent. */
const LONGEST = 1000;

/** The last calls of Stripe's API since the emulator was started, newest first. */
export class RequestLog {
  private readonly rows: LoggedRequest[] = [];

  constructor(
    app: FastifyInstance,
    private readonly clock: Clock,
  ) {
    app.addHook('onSend', async (request, reply, payload) => {
      if (/^\/v[12]\//.test(request.url)) this.note(request, reply, payload);
    });
  }

  /** @param after the id of the last call on the page before */
  slice(
    limit: number,
    after: string | undefined,
    filter: (row: LoggedRequest) => boolean,
  ): { rows: LoggedRequest[]; next: string | undefined } {
    const from = after === undefined ? 0 : this.rows.findIndex((row) => row.id === after) + 1;
    const found = this.rows.slice(from).filter(filter);
    const rows = found.slice(0, limit);
    return { rows, next: found.length > limit ? rows.at(-1)?.id : undefined };
  }

  private note(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
    this.rows.unshift({
      id: String(reply.getHeader('request-id') ?? ''),
      at: this.clock.now(),
      method: request.method,
      path: withoutCardNumbers(request.url.split('?')[0]!),
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime),
      account: headerOf(request, 'stripe-account') ?? headerOf(request, 'stripe-context'),
      idempotencyKey: request.method === 'GET' ? null : headerOf(request, 'idempotency-key'),
      replayed: reply.getHeader('idempotent-replayed') === 'true',
      error: reply.statusCode < 400 ? null : errorOf(payload),
    });
    if (this.rows.length > KEPT) this.rows.pop();
  }
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? withoutCardNumbers(value.slice(0, 255)) : null;
}

function errorOf(payload: unknown): LoggedRequest['error'] {
  if (typeof payload !== 'string') return null;
  const { error } = JSON.parse(payload) as {
    error?: { type: string; code?: string; message: string; param?: string };
  };
  return error
    ? {
        code: error.code ?? error.type,
        message: error.message.slice(0, LONGEST),
        param: error.param?.slice(0, LONGEST) ?? null,
      }
    : null;
}
