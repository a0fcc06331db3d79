import { Engine } from '../../../apps/stripe-emulator/src/engine/engine.js';
import { NOON } from '../support.js';
import { BANKING } from './banking.js';
import { BILLING } from './billing.js';
import { checkBalances } from '../balances.js';
import { GIVING_BACK } from './giving-back.js';
import { Life, type Verb } from './life.js';
import { SELLING } from './selling.js';

/** Many more, and shorter ones, are tried with e.g. INVARIANT_RUNS=3000 INVARIANT_STEPS=60, from INVARIANT_FIRST on. */
const RUNS = Number(process.env['INVARIANT_RUNS'] ?? 12);
const STEPS = Number(process.env['INVARIANT_STEPS'] ?? 250);
const FIRST = Number(process.env['INVARIANT_FIRST'] ?? 1);

const DAY = 86_400_000;
const VERBS: Record<string, Verb> = { ...SELLING, ...GIVING_BACK, ...BANKING, ...BILLING };
const NAMES = Object.keys(VERBS);
/** Done seldom, or nobody would stay long enough to see their payments disputed. */
const SELDOM = ['close', 'closeMerchant', 'forgetCustomer', 'settings', 'settle'];
const LOTS = NAMES.flatMap((name) => (SELDOM.includes(name) ? [name] : [name, name, name, name]));

/** How often each verb went through, in all lives together. */
const done = new Map<string, number>();
let owed = 0;
let collected = 0;

describe('money is neither made nor lost', () => {
  const seeds = Array.from({ length: RUNS }, (_, run) => FIRST + run);

  it.each(seeds)('in a random life, seed %i', async (seed) => {
    const engine = await Engine.open({ seed, now: NOON });
    const life = new Life(engine, seed);
    for (let step = 0; step < STEPS; step += 1) {
      // What can't be done now is left, and something else is tried.
      const name = Array.from({ length: 4 }, () => life.dice.pick(LOTS)).find((one) => life.try(VERBS[one]!));
      if (name) done.set(name, (done.get(name) ?? 0) + 1);
      life.wait();
    }
    checkBalances(engine);
    engine.moveClock(engine.clock.now() + 40 * DAY);
    checkBalances(engine);
    const payouts = [...engine.store.all('account', '')].flatMap(({ id }) => [
      ...engine.store.all('payout', id),
    ]);
    expect(payouts.length).toBeGreaterThan(0);
    collected += payouts.filter(({ amount, automatic }) => amount < 0 && automatic).length;
    owed += engine.store.by('balance_transaction', engine.platform, 'type', 'reserved_funds').length;
    await engine.close();
  });

  it('and in these lives everything happened, down to debts that were held back and collected', () => {
    expect(NAMES.filter((name) => !done.has(name))).toEqual([]);
    expect(owed).toBeGreaterThan(0);
    expect(collected).toBeGreaterThan(0);
  });

  afterAll(() => {
    const counts = [...done].sort(([, a], [, b]) => a - b).map(([name, count]) => `${name} ${count}`);
    process.stderr.write(`invariant: ${RUNS} lives of ${STEPS} steps: ${counts.join(', ')}\n`);
  });
});
