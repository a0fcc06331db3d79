import { lacking, Refusal } from '../engine/errors.js';
import type { Call } from '../http/route.js';

/** A buyer's browser proves by the secret that the object is about its buyer; a server may leave it out. */
export function checkSecret(
  call: Call,
  object: { id: string; client_secret: string | null },
  given: string | undefined,
): void {
  if (given === undefined && !call.publishable) return;
  if (given === undefined) {
    throw lacking('client_secret');
  }
  if (given === object.client_secret) return;
  throw new Refusal(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_invalid_parameter',
    message: `The client_secret provided does not match any associated object of this account: ${object.id}.`,
    param: 'client_secret',
  });
}
