import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { Clock, type ClockState } from './clock.js';
import { Deliveries } from './deliveries.js';
import { Events, type Cause } from './events.js';
import { Ids } from './ids.js';
import { Journal } from './journal.js';
import { Ledger } from './ledger.js';
import type { IdempotencyRecord } from './records.js';
import { Settlement } from './settlement.js';
import { Store } from './store.js';
import { Timers } from './timers.js';
import { FOREVER } from './wall-alarms.js';

export interface EngineOptions {
  /** Where the journal is kept; without it, state ends with the process. */
  dataDir?: string;
  /** Makes ids and secrets repeatable. */
  seed?: string | number;
  /** Starts with the clock frozen at this moment. */
  now?: Date;
  livemode?: boolean;
  /** The currencies that the platform holds; others are exchanged into US dollars. Left out: all of them. */
  settle?: string[];
  /** What sellers and buyers see as the platform's name. */
  name?: string;
}

/**
 * What every verb stands on: state, time, money and events, and how changes are kept. Verbs are synchronous and
 * all-or-nothing; `durable()` resolves when what they did is on disk, and nothing is answered or sent before that.
 */
export class Core {
  readonly store = new Store();
  readonly clock = new Clock();
  readonly livemode: boolean;
  /** The folder of the journal, if there is one. */
  readonly dataDir: string | null;
  /** Where people's pages are; known once the server listens. */
  baseUrl = '';
  readonly ids: Ids;
  readonly timers: Timers;
  readonly events: Events;
  readonly settlement: Settlement;
  readonly ledger: Ledger;
  readonly deliveries: Deliveries;
  private journal = Journal.none();
  private alarm: NodeJS.Timeout | null = null;
  private closed = false;
  /** Deliveries that begin once they are on disk: those that events caused, and those that somebody asked for. */
  private unstarted: string[] = [];
  private asked: string[] = [];

  protected constructor(options: EngineOptions) {
    const { seed = randomBytes(8).toString('hex'), livemode = false, dataDir } = options;
    const { store, clock } = this;
    this.dataDir = dataDir === undefined ? null : resolve(dataDir);
    const platform = () => this.platform;
    this.livemode = livemode;
    this.ids = new Ids(String(seed));
    this.timers = new Timers(store, clock, this.ids);
    this.events = new Events(store, clock, this.ids, livemode, platform);
    this.settlement = new Settlement(store, clock);
    this.ledger = new Ledger(store, clock, this.ids, this.timers, this.events, this.settlement);
    this.deliveries = new Deliveries(store, clock, this.ids, this.timers, this.events, platform, (verb) =>
      this.transact(verb),
    );
  }

  /** Goes on where the journal stopped, or begins; from here on changes are kept in `dataDir`. */
  protected async restore(now?: Date): Promise<void> {
    const { dataDir } = this;
    if (dataDir)
      for await (const line of Journal.read(dataDir)) {
        this.ids.seed = line.seed ?? this.ids.seed;
        this.ids.issued = line.issued;
        for (const change of line.changes) this.store.replay(change);
      }
    const clock = this.store.get('setting', '', 'clock');
    if (clock) this.clock.restore(clock.value as ClockState);
    else if (now) this.clock.freeze(now.getTime());
    this.timers.rebuild();
    forgetOldKeys(this.store, this.clock.now());
    if (dataDir)
      this.journal = await Journal.compact(dataDir, this.ids.seed, this.ids.issued, this.store.everything());
  }

  /** The platform's account id. */
  get platform(): string {
    return (this.store.get('setting', '', 'platform')?.value as string | undefined) ?? '';
  }

  /** Runs a verb: all of its changes are kept, or none. */
  transact<T>(verb: () => T, cause: Cause | null = null): T {
    // A call may still be on its way in when its connection is cut; the journal would not take it.
    if (this.closed) throw new Error('The emulator has been closed.');
    this.events.cause = cause;
    try {
      const result = this.store.atomically(verb);
      this.unstarted.push(...this.deliveries.plan());
      return result;
    } finally {
      this.events.cause = null;
      this.keepChanges();
    }
  }

  /** Resolves when everything done so far is on disk; deliveries start then. */
  async durable(): Promise<void> {
    await this.journal.flushed();
    if (this.closed) return;
    this.deliveries.start(this.unstarted.splice(0));
    this.deliveries.send(this.asked.splice(0));
  }

  get live() {
    return this.deliveries.live;
  }

  /** Sends an event again, once that is kept. Part of a verb. @returns the ids of the deliveries */
  resend(eventId: string, endpoint?: string): string[] {
    const ids = this.deliveries.planAgain(eventId, endpoint);
    this.asked.push(...ids);
    return ids;
  }

  /** Events on their way to their receivers; those that wait for a later retry don't count. */
  get pendingDeliveries(): number {
    return this.unstarted.length + this.asked.length + this.deliveries.pending;
  }

  /** Begins to work off timers and deliveries, e.g. those left over by a crash. */
  start(baseUrl: string): void {
    this.baseUrl = baseUrl;
    this.deliveries.resume();
    this.runDueUnasked();
  }

  /** Runs everything that is due, in order. @throws what failed first, once all the rest is done */
  private runDue(): void {
    const until = this.clock.now();
    const failures: unknown[] = [];
    for (let more = true; more;) {
      try {
        more = this.transact(() => this.timers.runNext(until));
      } catch (failure) {
        failures.push(failure);
      }
    }
    this.setAlarm();
    if (failures.length > 0) throw failures[0];
  }

  /** The same where no caller waits who could be told of a failure. */
  private runDueUnasked(): void {
    try {
      this.runDue();
    } catch (failure) {
      process.stderr.write(`${failure instanceof Error ? failure.stack : String(failure)}\n`);
    }
  }

  /** Moves the clock on to `time` (milliseconds) and runs what was due on the way. @throws as `runDue` */
  moveClock(time: number): void {
    this.transact(() => {
      this.clock.moveTo(time);
      this.keepClock();
    });
    this.runDue();
  }

  freezeClock(time?: number): void {
    this.transact(() => {
      this.clock.freeze(time);
      this.keepClock();
    });
    this.runDue();
  }

  resumeClock(): void {
    this.transact(() => {
      this.clock.resume();
      this.keepClock();
    });
    this.setAlarm();
  }

  /** What was done by then is on disk; nothing can be done any more. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.alarm) clearTimeout(this.alarm);
    await this.deliveries.close();
    await this.journal.close();
  }

  private keepClock(): void {
    const row = { id: 'clock', value: this.clock.snapshot() };
    this.store.insert('setting', '', row);
  }

  private keepChanges(): void {
    const changes = this.store.takeChanges();
    if (changes.length === 0) return;
    this.journal.append({ issued: this.ids.issued, changes });
    // Whoever did this may not wait for the disk (a timer, a delivery's outcome); deliveries must start all the same.
    void this.durable();
    this.setAlarm();
  }

  private setAlarm(): void {
    if (this.alarm) clearTimeout(this.alarm);
    this.alarm = null;
    const due = this.timers.nextDue;
    if (due === null || this.clock.frozen || this.closed) return;
    const wait = Math.min(Math.max(due - this.clock.now(), 0), FOREVER);
    this.alarm = setTimeout(() => this.runDueUnasked(), wait);
    this.alarm.unref();
  }
}

/** Takes away the results of keys whose time has passed. @returns how many are left */
export function forgetOldKeys(store: Store, now: number): number {
  let left = 0;
  for (const [kind, account, id, row] of [...store.everything('idempotency')]) {
    if ((row as IdempotencyRecord).until > now) left += 1;
    else store.remove(kind, account, id);
  }
  return left;
}
