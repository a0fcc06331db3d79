import Stripe from 'stripe';
import { pictureOf, type Picture } from './picture.js';
import { basics } from './basics.js';
import { cards } from './cards.js';
import { connect } from './connect.js';
import { selling } from './selling.js';
import type { Stage } from './stage.js';

const scenarios = { ...basics, ...cards, ...selling, ...connect };
/** How often a scenario looks again for what comes later. */
const TRIES = 40;

export interface Performance {
  name: string;
  pictures: Map<string, Picture>;
  claims: number;
  /** What the documentation says and was not so, and where a scenario broke off. */
  broken: string[];
}

/** Plays every scenario against one server. @param pass lets some time pass there */
export async function play(stripe: Stripe, pass: () => Promise<unknown>): Promise<Performance[]> {
  const played: Performance[] = [];
  for (const [name, scenario] of Object.entries(scenarios)) {
    const performance: Performance = { name, pictures: new Map(), claims: 0, broken: [] };
    await scenario(stageOf(stripe, performance, pass)).catch((failure: unknown) => {
      performance.broken.push(`broke off: ${(failure as Error).message}`);
    });
    played.push(performance);
  }
  return played;
}

function stageOf(stripe: Stripe, performance: Performance, pass: () => Promise<unknown>): Stage {
  const { pictures, broken } = performance;
  const show = <T>(label: string, answer: T): T => {
    pictures.set(label, pictureOf(JSON.parse(JSON.stringify(answer))));
    return answer;
  };
  const claim = (what: string, seen: unknown, documented: unknown) => {
    performance.claims += 1;
    const [one, other] = [JSON.stringify(seen), JSON.stringify(documented)];
    if (one !== other) broken.push(`${what}: ${one} instead of ${other}`);
  };
  return {
    stripe,
    show,
    refused: async (label, call, documented) => {
      const failure: unknown = await call.then(
        () => null,
        (error: unknown) => error,
      );
      if (!(failure instanceof Stripe.errors.StripeError)) {
        broken.push(`${label}: was not refused`);
        return;
      }
      const { type, statusCode, code, decline_code, param } = failure;
      const seen = { type, statusCode, code, decline_code, param };
      show(label, seen);
      for (const [name, wanted] of Object.entries(documented ?? {}))
        claim(`${label}: ${name}`, seen[name as keyof typeof seen], wanted);
    },
    claim,
    later: async (ask) => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const found = await ask();
        if (found) return found;
        await pass();
      }
      return null;
    },
  };
}
