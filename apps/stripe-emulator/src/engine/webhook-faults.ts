import { Chance } from './chance.js';

/** What is done to the next deliveries. Retries and resends are left alone. */
export interface WebhookFaultPlan {
  /** Loses so many. */
  drop: number;
  /** Sends so many twice. */
  duplicate: number;
  /** Sends so many late. */
  delay: number;
  /** By how much, by the emulator's clock or by wall time, whichever is sooner. */
  delay_seconds: number;
  /** Cuts so many off in the middle. */
  truncate: number;
  /** Signs so many with a secret that is not the receiver's. */
  wrong_signature: number;
  /** Collects so many and sends them last one first. */
  reorder: number;
  /** Holds everything back until released. */
  paused: boolean;
  /** How probably a delivery is struck while there is something to strike it with. */
  rate: number;
}

const NONE: WebhookFaultPlan = {
  drop: 0,
  duplicate: 0,
  delay: 0,
  delay_seconds: 5,
  truncate: 0,
  wrong_signature: 0,
  reorder: 0,
  paused: false,
  rate: 1,
};

/** The kinds of fault that are counted down. */
export const COUNTED = ['drop', 'duplicate', 'delay', 'truncate', 'wrong_signature', 'reorder'] as const;

/** What is done to the body of a delivery, or to its signature. */
export type Harm = 'truncate' | 'wrong_signature';

/** A delivery that goes out. */
interface Passage {
  id: string;
  harm?: Harm;
  delaySeconds?: number;
}

/** Faults between the emulator and the receiver of its events. */
export class WebhookFaults {
  plan: WebhookFaultPlan = { ...NONE };
  private held: string[] = [];
  private chance = new Chance(1);

  set(plan: Partial<WebhookFaultPlan>, seed = 1): void {
    this.plan = { ...NONE, ...plan };
    this.chance = new Chance(seed);
  }

  get active(): boolean {
    return this.plan.paused || COUNTED.some((kind) => this.plan[kind] > 0);
  }

  /** Which deliveries go out now that `id` has come; null when it is lost. */
  pass(id: string): Passage[] | null {
    const { plan } = this;
    if (this.takes('drop')) return null;
    if (plan.paused || plan.reorder > 0) {
      this.held.push(id);
      const due = !plan.paused && this.held.length >= plan.reorder;
      return due ? this.release().map((held) => ({ id: held })) : [];
    }
    if (this.takes('duplicate')) return [{ id }, { id }];
    if (this.takes('delay')) return [{ id, delaySeconds: plan.delay_seconds }];
    if (this.takes('truncate')) return [{ id, harm: 'truncate' }];
    if (this.takes('wrong_signature')) return [{ id, harm: 'wrong_signature' }];
    return [{ id }];
  }

  /** Ends a pause or a reordering and gives back what was held, newest first when reordering. */
  release(): string[] {
    const held = this.plan.reorder > 0 ? this.held.reverse() : this.held;
    this.held = [];
    this.plan.paused = false;
    this.plan.reorder = 0;
    return held;
  }

  private takes(kind: Exclude<(typeof COUNTED)[number], 'reorder'>): boolean {
    if (this.plan[kind] === 0 || !this.chance.strikes(this.plan.rate)) return false;
    this.plan[kind] -= 1;
    return true;
  }
}
