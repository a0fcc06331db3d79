/** What is done to the next deliveries. Retries and resends are left alone. */
export interface WebhookFaultPlan {
  /** Loses so many. */
  drop: number;
  /** Sends so many twice. */
  duplicate: number;
  /** Holds everything back until released. */
  paused: boolean;
  /** Collects so many and sends them last one first. */
  reorder: number;
}

const NONE: WebhookFaultPlan = { drop: 0, duplicate: 0, paused: false, reorder: 0 };

/** Faults between the emulator and the receiver of its events. */
export class WebhookFaults {
  plan: WebhookFaultPlan = { ...NONE };
  private held: string[] = [];

  set(plan: Partial<WebhookFaultPlan>): void {
    this.plan = { ...NONE, ...plan };
  }

  /** Which deliveries go out now that `id` has come; null when it is lost. */
  pass(id: string): string[] | null {
    const { plan } = this;
    if (plan.drop > 0) {
      plan.drop -= 1;
      return null;
    }
    if (plan.paused || plan.reorder > 0) {
      this.held.push(id);
      return !plan.paused && this.held.length >= plan.reorder ? this.release() : [];
    }
    if (plan.duplicate > 0) {
      plan.duplicate -= 1;
      return [id, id];
    }
    return [id];
  }

  /** Ends a pause or a reordering and gives back what was held, newest first when reordering. */
  release(): string[] {
    const held = this.plan.reorder > 0 ? this.held.reverse() : this.held;
    this.held = [];
    this.plan.paused = false;
    this.plan.reorder = 0;
    return held;
  }
}
