/** What the clock needs to be the same after a restart. */
export interface ClockState {
  frozenAt: number | null;
  offset: number;
}

/**
 * The emulator's one clock, in milliseconds. It runs with the wall clock until it is moved or frozen. Only signatures
 * use wall time, because the receiver checks them against its own.
 */
export class Clock {
  private state: ClockState = { frozenAt: null, offset: 0 };
  private held: number | null = null;

  now(): number {
    return this.held ?? this.state.frozenAt ?? Date.now() + this.state.offset;
  }

  /** Unix seconds, as v1 objects carry them. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** RFC 3339, as v2 objects carry them. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }

  get frozen(): boolean {
    return this.state.frozenAt !== null;
  }

  snapshot(): ClockState {
    return { ...this.state };
  }

  restore(state: ClockState): void {
    this.state = { ...state };
  }

  moveTo(time: number): void {
    if (this.frozen) this.state.frozenAt = time;
    else this.state.offset = time - Date.now();
  }

  freeze(time = this.now()): void {
    this.state.frozenAt = time;
  }

  /** Runs again from the moment it shows. */
  resume(): void {
    const now = this.now();
    this.state = { frozenAt: null, offset: now - Date.now() };
  }

  /** Runs work that was due at `time` as if it were that moment. */
  at<T>(time: number, work: () => T): T {
    const outer = this.held;
    this.held = time;
    try {
      return work();
    } finally {
      this.held = outer;
    }
  }
}

export const SECOND = 1000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

/** Midnight UTC of the day that `time` falls in. */
export function startOfDay(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/** Midnight UTC of the next day on which banks work. */
export function nextBusinessDay(time: number): number {
  let day = startOfDay(time) + DAY;
  while ([0, 6].includes(new Date(day).getUTCDay())) day += DAY;
  return day;
}
