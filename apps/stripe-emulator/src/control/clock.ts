import { SECOND } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { bool, int, required, str } from '../http/params.js';
import { control } from './index.js';

function view(engine: Engine) {
  return { now: engine.clock.iso(), frozen: engine.clock.frozen, next_due: dueIso(engine.timers.nextDue) };
}

function dueIso(due: number | null): string | null {
  return due === null ? null : new Date(due).toISOString();
}

/** In seconds. */
const YEAR = 366 * 24 * 3600;

/** Moves on, and waits for the deliveries that it caused unless told not to. */
async function move(engine: Engine, to: number, wait = true) {
  if (to < engine.clock.now()) throw invalid('The clock only moves forward.', { param: 'now' });
  // The work of every day on the way is done before anybody is answered.
  if (to > engine.clock.now() + YEAR * SECOND)
    throw invalid('The clock moves by a year at most at a time.', { param: 'now' });
  engine.moveClock(to);
  await engine.durable();
  if (wait) await engine.deliveries.idle();
  return view(engine);
}

export const clockControls = [
  control('GET', '/clock', {}, ({ engine }) => view(engine)),
  control<{ seconds: number; wait?: boolean }>(
    'POST',
    '/clock/advance',
    { seconds: required(int(0, YEAR)), wait: bool },
    ({ engine }, { seconds, wait }) => move(engine, engine.clock.now() + seconds * SECOND, wait),
  ),
  control<{ now: string; wait?: boolean }>(
    'POST',
    '/clock/set',
    { now: required(str), wait: bool },
    ({ engine }, { now, wait }) => {
      const time = Date.parse(now);
      if (Number.isNaN(time))
        throw invalid('Give the time as ISO 8601, e.g. 2026-11-23T12:00:00Z.', { param: 'now' });
      return move(engine, time, wait);
    },
  ),
  control('POST', '/clock/freeze', {}, ({ engine }) => {
    engine.freezeClock();
    return view(engine);
  }),
  control('POST', '/clock/resume', {}, ({ engine }) => {
    engine.resumeClock();
    return view(engine);
  }),
];
