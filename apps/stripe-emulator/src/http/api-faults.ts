import { Chance } from '../engine/chance.js';

/** A failure of an API call that was asked for. */
export interface ApiFault {
  /** e.g. `POST /v1/transfers` or `POST /v1/transfers/:id/reversals`; `*` is any call. */
  route: string;
  /** Before the call does anything, or after its effect is on disk. */
  when: 'before' | 'after';
  /** Answer with this status, close the connection without an answer, or never answer. */
  status: number | 'close' | 'timeout';
  /** Lets so many calls pass first. */
  skip: number;
  /** Fails so many. */
  times: number;
  /** How probably a call is struck, 0 to 1. */
  rate: number;
}

/** Faults between the caller and the emulator. */
export class ApiFaults {
  private faults: ApiFault[] = [];
  private chance = new Chance(1);

  /** @param seed of the dice for faults with a rate */
  set(faults: ApiFault[], seed = 1): void {
    this.faults = faults;
    this.chance = new Chance(seed);
  }

  add(fault: ApiFault): void {
    this.faults = [...this.faults, fault];
  }

  get planned(): readonly ApiFault[] {
    return this.faults;
  }

  /** The fault that strikes this call, if one does; counts it. */
  strike(method: string, route: string): ApiFault | null {
    const fault = this.faults.find((one) => one.route === '*' || one.route === `${method} ${route}`);
    if (!fault) return null;
    if (fault.skip > 0) {
      fault.skip -= 1;
      return null;
    }
    if (!this.chance.strikes(fault.rate)) return null;
    fault.times -= 1;
    if (fault.times <= 0) this.faults = this.faults.filter((one) => one !== fault);
    return { ...fault };
  }
}
