/** A failure of an API call that was asked for. */
export interface ApiFault {
  /** e.g. `POST /v1/transfers` or `POST /v1/transfers/:id/reversals`; `*` is any call. */
  route: string;
  /** Before the call does anything, or after its effect is on disk. */
  when: 'before' | 'after';
  /** Answer with this status, or close the connection without an answer. */
  status: number | 'close';
  /** Lets so many calls pass first. */
  skip: number;
  /** Fails so many. */
  times: number;
}

/** Faults between the caller and the emulator. */
export class ApiFaults {
  private faults: ApiFault[] = [];

  set(faults: ApiFault[]): void {
    this.faults = faults;
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
    fault.times -= 1;
    if (fault.times <= 0) this.faults = this.faults.filter((one) => one !== fault);
    return { ...fault };
  }
}
