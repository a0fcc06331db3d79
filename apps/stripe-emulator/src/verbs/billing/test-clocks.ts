import type Stripe from 'stripe';
import { SECOND } from '../../engine/clock.js';
import type { Engine } from '../../engine/engine.js';
import { invalid, missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { DAY } from './periods.js';

type TestClock = Stripe.TestHelpers.TestClock;

/** Somebody who may live by a test clock. */
type OnClock = { test_clock?: string | { id: string } | null } | null | undefined;

/** Stripe throws test clocks away after 30 days. */
const LIFE = 30 * DAY;

/**
 * Test clocks: customers on one live by its time, and what is due to them is done when it is advanced. Only billing
 * lives by it. Money moves by the emulator's own clock, as banks know nothing of a test.
 */
export class TestClocks {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: Stripe.TestHelpers.TestClockCreateParams): TestClock {
    const { engine } = this;
    const now = engine.clock.seconds();
    const clock = engine.store.insert('test_clock', account, {
      id: engine.ids.next('clock'),
      object: 'test_helpers.test_clock',
      created: now,
      deletes_after: now + LIFE,
      frozen_time: params.frozen_time,
      livemode: engine.livemode,
      name: params.name ?? null,
      status: 'ready',
      status_details: {},
    });
    engine.events.emit(account, 'test_helpers.test_clock.created', clock);
    return clock;
  }

  need(account: string, id: string, param = 'id'): TestClock {
    const clock = this.engine.store.get('test_clock', account, id);
    if (!clock) throw missing('test clock', id, param);
    return clock;
  }

  /** The time, in Unix seconds, that a customer, or something of a customer's, lives in. */
  now(account: string, thing: OnClock): number {
    const id = idOf(thing?.test_clock);
    const clock = id ? this.engine.store.get('test_clock', account, id) : undefined;
    return clock?.frozen_time ?? this.engine.clock.seconds();
  }

  /** Work that is due to a customer at a moment of the customer's time. A timer of this id is put off to it. */
  schedule(account: string, thing: OnClock, due: number, verb: string, id: string): void {
    const { timers } = this.engine;
    const name = `${verb}:${id}`;
    timers.cancel(name);
    timers.set(due * SECOND, verb, [account, id], name, idOf(thing?.test_clock) ?? undefined);
  }

  unschedule(verb: string, id: string): void {
    this.engine.timers.cancel(`${verb}:${id}`);
  }

  /** At Stripe it takes a while, so the answer says `advancing`; here the work is done by the time it is read. */
  advance(account: string, id: string, target: number): TestClock {
    const { engine } = this;
    const before = this.need(account, id);
    if (target <= before.frozen_time)
      throw invalid('A test clock can only be advanced to a later time.', { param: 'frozen_time' });
    const advancing = engine.store.update('test_clock', account, id, {
      status: 'advancing',
      status_details: { advancing: { target_frozen_time: target } },
    });
    engine.events.emit(account, 'test_helpers.test_clock.advancing', advancing);
    const at = (due: number) =>
      engine.store.update('test_clock', account, id, { frozen_time: Math.floor(due / SECOND) });
    while (engine.timers.runNextOf(id, target * SECOND, at));
    const ready = engine.store.update('test_clock', account, id, {
      status: 'ready',
      status_details: {},
      frozen_time: target,
    });
    engine.events.emit(account, 'test_helpers.test_clock.ready', ready);
    return advancing;
  }

  /** The clock's customers go with it. */
  remove(account: string, id: string): Stripe.TestHelpers.DeletedTestClock {
    const { engine } = this;
    const clock = this.need(account, id);
    for (const customer of engine.store.by('customer', account, 'test_clock', id)) {
      for (const kind of ['subscription', 'invoice', 'invoice_item'] as const)
        for (const { id: row } of engine.store.by(kind, account, 'customer', customer.id))
          engine.store.remove(kind, account, row);
      engine.store.remove('customer', account, customer.id);
    }
    engine.timers.cancelAllOf(id);
    engine.store.remove('test_clock', account, id);
    engine.events.emit(account, 'test_helpers.test_clock.deleted', clock);
    return { id, object: 'test_helpers.test_clock', deleted: true };
  }
}
