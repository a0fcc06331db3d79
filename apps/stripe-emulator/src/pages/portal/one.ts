import type { FastifyReply } from 'fastify';
import type Stripe from 'stripe';
import { attempt, seeOther } from '../requests.js';
import type { Values } from '../ui/forms.js';
import type { Visit } from './visit.js';

/** Somebody at one of their subscriptions. */
export interface AtOne {
  visit: Visit;
  subscription: Stripe.Subscription;
  reply: FastifyReply;
  values: Values;
}

export type ForOne = (at: AtOne) => FastifyReply;

/** Does it and goes back to the account, which says what was done; what is refused is said there too. */
export function carryOut({ visit, reply }: AtOne, done: string, verb: () => unknown): FastifyReply {
  const tried = attempt(visit.engine, verb);
  return seeOther(reply, `${visit.base}?done=${tried.done ? done : 'refused'}`);
}
