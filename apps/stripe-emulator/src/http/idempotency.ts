import { createHash } from 'node:crypto';
import { DAY } from '../engine/clock.js';
import { forgetOldKeys } from '../engine/core.js';
import type { Engine } from '../engine/engine.js';
import { Refusal } from '../engine/errors.js';
import type { IdempotencyRecord } from '../engine/records.js';

/** How long Stripe keeps what came of a call: at least, for v1. https://docs.stripe.com/api-v2-overview */
const KEPT = { v1: DAY, v2: 30 * DAY };

/** What is old is looked for when so many have come, and as many as were left: each pays for one look. */
const SWEEP = 1000;

/**
 * Idempotency keys by Stripe's rules. v1: the first result is repeated, refusals and 500s included; v2: what failed is
 * tried again. Never kept: failed validation, and conflicts with a call under way.
 */
export class Idempotency {
  private readonly underWay = new Set<string>();
  private untilSweep = SWEEP;

  constructor(private readonly engine: Engine) {}

  /** The earlier result of this key, or null when the call must be done. @throws Refusal on misuse */
  replay(account: string, key: string, fingerprint: string): IdempotencyRecord | null {
    if (key.length > 255) {
      throw new Refusal(400, {
        type: 'idempotency_error',
        message: 'Idempotency keys can be at most 255 characters long.',
      });
    }
    if (this.underWay.has(`${account}|${key}`)) throw conflict(key);
    const record = this.engine.store.get('idempotency', account, key);
    if (!record || record.until <= this.engine.clock.now()) return null;
    if (record.fingerprint !== fingerprint) throw mismatch(key);
    return record;
  }

  begin(account: string, key: string): void {
    this.underWay.add(`${account}|${key}`);
  }

  end(account: string, key: string): void {
    this.underWay.delete(`${account}|${key}`);
  }

  /** Keeps a result; call it inside the transaction that made the result. */
  keep(account: string, id: string, result: Omit<IdempotencyRecord, 'id' | 'until'>, v2: boolean): void {
    const until = this.engine.clock.now() + (v2 ? KEPT.v2 : KEPT.v1);
    this.engine.store.insert('idempotency', account, { id, ...result, until });
    this.untilSweep -= 1;
    if (this.untilSweep === 0)
      this.untilSweep = Math.max(SWEEP, forgetOldKeys(this.engine.store, this.engine.clock.now()));
  }
}

export function fingerprintOf(method: string, path: string, params: unknown): string {
  return createHash('sha256')
    .update(`${method} ${path} ${JSON.stringify(params, inOrder)}`)
    .digest('base64');
}

/** The order in which parameters were sent makes no difference. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function mismatch(key: string): Refusal {
  return new Refusal(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function conflict(key: string): Refusal {
  return new Refusal(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
}
