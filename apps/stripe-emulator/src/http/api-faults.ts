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

/** Every fault has dice of its own, so that what strikes the calls of one route does not hang on those of others. */
interface Planned {
  fault: ApiFault;
  chance: Chance;
}

/** Faults between the caller and the emulator. */
export class ApiFaults {
  private faults: Planned[] = [];

  /** @param seed of the dice for faults with a rate */
  set(faults: ApiFault[], seed = 1): void {
    this.faults = faults.map((fault, index) => ({ fault, chance: new Chance(seed + index) }));
  }

  add(fault: ApiFault): void {
    this.faults = [...this.faults, { fault, chance: new Chance(1) }];
  }

  get planned(): readonly ApiFault[] {
    return this.faults.map(({ fault }) => fault);
  }

  /** The first fault that strikes this call, if one does; counts it. */
  strike(method: string, route: string): ApiFault | null {
    const found = this.faults.find(
      ({ fault, chance }) =>
        (fault.route === '*' || fault.route === `${method} ${route}`) &&
        isDue(fault) &&
        chance.strikes(fault.rate),
    );
    if (!found) return null;
    found.fault.times -= 1;
    if (found.fault.times <= 0) this.faults = this.faults.filter((one) => one !== found);
    return { ...found.fault };
  }
}

/** Whether it has let pass as many calls as it was told to. */
function isDue(fault: ApiFault): boolean {
  if (fault.skip === 0) return true;
  fault.skip -= 1;
  return false;
}
