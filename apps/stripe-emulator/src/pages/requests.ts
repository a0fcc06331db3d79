import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../engine/engine.js';
import { Refusal } from '../engine/errors.js';
import type { Raw } from '../http/form.js';
import { isThisMachine } from '../http/this-machine.js';
import type { Values } from './ui/forms.js';

/** The plain fields of a form, without the blanks around what was typed. */
export function valuesOf(request: FastifyRequest): Values {
  const body = (request.body ?? {}) as Record<string, Raw>;
  const fields = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(fields.map(([name, value]) => [name, value.trim().slice(0, 1000)]));
}

/** One value of the address, e.g. a cursor; absent or repeated ones count as none. */
export function queryOf(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The languages that the browser asks for, best first. */
export const languagesOf = (request: FastifyRequest): string | undefined =>
  request.headers['accept-language'];

export const paramOf = (request: FastifyRequest, name: string): string =>
  (request.params as Record<string, string>)[name]!;

/**
 * After a form: the browser shows another page, and reloading it sends nothing again. A header holds ASCII only, and
 * callers name addresses in any script.
 */
export const seeOther = (reply: FastifyReply, url: string): FastifyReply =>
  reply.redirect(url.toWellFormed().replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent), 303);

/** The platform's dashboard needs no password, so it is for this machine only. */
export function refuseOtherMachines(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (isThisMachine(request)) return;
    throw new Refusal(403, {
      type: 'invalid_request_error',
      message: 'The dashboard can only be opened on the machine that runs the emulator.',
    });
  });
}

/** Runs a verb for a page; a refusal comes back as its sentence instead of being thrown. */
export function attempt<T>(
  engine: Engine,
  verb: () => T,
): { done: true; result: T } | { done: false; message: string } {
  try {
    return { done: true, result: engine.transact(verb) };
  } catch (failure) {
    if (!(failure instanceof Refusal)) throw failure;
    return { done: false, message: failure.error.message };
  }
}
