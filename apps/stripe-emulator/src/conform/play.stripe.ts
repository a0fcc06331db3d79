import Stripe from 'stripe';
import { pictureOf, type Picture } from './picture.js';
import { scenarios } from './scenarios.js';

/** What a scenario has to work with. */
export interface Stage {
  stripe: Stripe;
  /** Keeps an answer for the comparison. */
  show<T>(label: string, answer: T): T;
  /** Keeps the refusal that a call must end in. */
  refused(label: string, call: Promise<unknown>): Promise<void>;
  /** What Stripe's documentation says must be so, wherever this runs. */
  claim(what: string, seen: unknown, documented: unknown): void;
}

export interface Performance {
  name: string;
  pictures: Map<string, Picture>;
  claims: number;
  /** What the documentation says and was not so, and where a scenario broke off. */
  broken: string[];
}

/** Plays every scenario against one server. */
export async function play(stripe: Stripe): Promise<Performance[]> {
  const played: Performance[] = [];
  for (const [name, scenario] of Object.entries(scenarios)) {
    const performance: Performance = { name, pictures: new Map(), claims: 0, broken: [] };
    await scenario(stageOf(stripe, performance)).catch((failure: unknown) => {
      performance.broken.push(`broke off: ${(failure as Error).message}`);
    });
    played.push(performance);
  }
  return played;
}

function stageOf(stripe: Stripe, performance: Performance): Stage {
  const { pictures, broken } = performance;
  const show = <T>(label: string, answer: T): T => {
    pictures.set(label, pictureOf(JSON.parse(JSON.stringify(answer))));
    return answer;
  };
  return {
    stripe,
    show,
    refused: async (label, call) => {
      const failure: unknown = await call.then(
        () => null,
        (error: unknown) => error,
      );
      if (!(failure instanceof Stripe.errors.StripeError)) {
        broken.push(`${label}: was not refused`);
        return;
      }
      const { type, statusCode, code, decline_code, param } = failure;
      show(label, { type, statusCode, code, decline_code, param });
    },
    claim: (what, seen, documented) => {
      performance.claims += 1;
      const [one, other] = [JSON.stringify(seen), JSON.stringify(documented)];
      if (one !== other) broken.push(`${what}: ${one} instead of ${other}`);
    },
  };
}
