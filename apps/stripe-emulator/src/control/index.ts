import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../engine/engine.js';
import { Refusal } from '../engine/errors.js';
import type { Raw } from '../http/form.js';
import { readParams, type Param } from '../http/params.js';
import { isThisMachine } from '../http/this-machine.js';
import type { ApiFaults } from '../http/api-faults.js';
import { accountControls } from './accounts.js';
import { billingControls } from './billing.js';
import { clockControls } from './clock.js';
import { disputeControls } from './disputes.js';
import { eventControls } from './events.js';
import { faultControls } from './faults.js';
import { keyControls } from './keys.js';
import { refundControls } from './refunds.js';
import { sessionControls } from './sessions.js';
import { stateControls } from './state.js';

export interface ControlCall {
  engine: Engine;
  faults: ApiFaults;
  ids: Record<string, string>;
}

/** One thing that the control API can do. Bodies and answers are JSON. */
export interface Control {
  method: 'GET' | 'POST';
  /** Below `/_emulator`. */
  path: string;
  params: Record<string, Param>;
  run: (call: ControlCall, params: never) => unknown;
}

export function control<P = Record<string, never>>(
  method: Control['method'],
  path: string,
  params: Record<string, Param>,
  run: (call: ControlCall, params: P) => unknown,
): Control {
  return { method, path, params, run: run as Control['run'] };
}

/** What Stripe does not have: buttons for time, sellers' troubles, buyers and faults. For this machine only. */
export function serveControls(app: FastifyInstance, engine: Engine, faults: ApiFaults): void {
  const controls = [
    ...accountControls,
    ...billingControls,
    ...clockControls,
    ...disputeControls,
    ...eventControls,
    ...faultControls,
    ...keyControls,
    ...refundControls,
    ...sessionControls,
    ...stateControls,
  ];
  for (const one of controls) {
    app.route({
      method: one.method,
      url: `/_emulator${one.path}`,
      handler: (request, reply) =>
        answer({ engine, faults, ids: request.params as Record<string, string> }, one, request, reply),
    });
  }
}

async function answer(call: ControlCall, one: Control, request: FastifyRequest, reply: FastifyReply) {
  if (!isThisMachine(request))
    return reply.code(403).send({ error: { message: 'Only this machine may control the emulator.' } });
  try {
    const raw = (request.method === 'GET' ? request.query : (request.body ?? {})) as Record<string, Raw>;
    const params = readParams(one.params, raw, true);
    const result: unknown = await one.run(call, params as never);
    await call.engine.durable();
    return await reply.send(result);
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return reply.code(failure.status).send({ error: failure.error });
  }
}
