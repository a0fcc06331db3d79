import { SECOND } from './clock.js';
import type { Outcome } from './live-listeners.js';

const PATIENCE = 10 * SECOND;
/** Bytes of an answer that are waited for. */
const LONGEST = 100_000;

/** Sends an event to an endpoint, and says what came of it. */
export async function post(
  url: string,
  body: string,
  signature: string,
  closing: AbortSignal,
): Promise<Outcome> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signature,
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      // A redirect is a failure at Stripe, not a place to go to.
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), closing]),
    });
    await skip(answer);
    return { status: answer.status, error: answer.ok ? null : `HTTP ${answer.status}` };
  } catch (failure) {
    const cause = (failure as Error).cause as Error | undefined;
    return { status: null, error: cause?.message || (failure as Error).message };
  }
}

/** An answer that is read to its end leaves its connection to the next event; one without end is cut off. */
async function skip({ body }: Response): Promise<void> {
  let left = LONGEST;
  for await (const chunk of body ?? []) {
    left -= chunk.byteLength;
    if (left < 0) break;
  }
}
