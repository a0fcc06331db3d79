import { Engine } from '../../apps/stripe-emulator/src/engine/engine.js';
import { Bench, NOON } from './support.js';

const HOUR = 3_600_000;

describe('what becomes due', () => {
  it('is done in order, and what it makes due on the way in its place', async () => {
    const engine = await Engine.open({ now: NOON });
    const done: [string, number][] = [];
    const hours = () => (engine.clock.now() - NOON.getTime()) / HOUR;
    engine.timers.on('note', (name) => done.push([name!, hours()]));
    engine.timers.on('chain', (name) => {
      done.push([name!, hours()]);
      engine.timers.set(engine.clock.now() + HOUR, 'note', [`after ${name}`]);
    });
    engine.transact(() => {
      engine.timers.set(NOON.getTime() + 4 * HOUR, 'note', ['last']);
      engine.timers.set(NOON.getTime() + 2 * HOUR, 'chain', ['first']);
      engine.timers.set(NOON.getTime() + 2 * HOUR, 'note', ['second']);
    });
    engine.moveClock(NOON.getTime() + 5 * HOUR);
    expect(done).toEqual([
      ['first', 2],
      ['second', 2],
      ['after first', 3],
      ['last', 4],
    ]);
    await engine.close();
  });

  it('is told when it fails, is undone, and keeps nothing else from being done', async () => {
    const engine = await Engine.open({ now: NOON });
    const done: string[] = [];
    engine.timers.on('note', (name) => done.push(name!));
    engine.timers.on('fail', () => {
      engine.store.insert('setting', '', { id: 'half', value: 'done' });
      throw new Error('a bug');
    });
    engine.transact(() => {
      engine.timers.set(NOON.getTime() + HOUR, 'fail', ['x']);
      engine.timers.set(NOON.getTime() + 2 * HOUR, 'note', ['later']);
    });
    expect(() => engine.moveClock(NOON.getTime() + 3 * HOUR)).toThrow('fail (x) failed: a bug');
    expect(done).toEqual(['later']);
    expect(engine.store.get('setting', '', 'half')).toBeUndefined();
    engine.moveClock(NOON.getTime() + 4 * HOUR);
    await engine.close();
  });

  it('pays out everybody else when the payout of one account fails, and that one when it can be paid', async () => {
    const bench = await Bench.start();
    const { engine } = bench.emulator;
    const [unlucky, lucky] = [await bench.seller(), await bench.seller()];
    for (const seller of [unlucky, lucky]) await bench.sale({ amount: 1000, fee: 100, seller });
    const { make } = engine.payouts;
    engine.payouts.make = (...args) => {
      if (args[0].id === unlucky) throw new Error('a bug');
      return make.apply(engine.payouts, args);
    };
    expect(() => engine.moveClock(NOON.getTime() + 72 * HOUR)).toThrow('a bug');
    const payouts = async (seller: string) =>
      (await bench.stripe.payouts.list({}, { stripeAccount: seller })).data;
    expect([await payouts(unlucky), await payouts(lucky)]).toMatchObject([[], [{ amount: 900 }]]);
    engine.payouts.make = make;
    await bench.advance(3);
    expect(await payouts(unlucky)).toMatchObject([{ amount: 900 }]);
    await bench.stop();
  });

  it('is never done after the emulator was closed', async () => {
    const engine = await Engine.open();
    let done = 0;
    engine.timers.on('note', () => (done += 1));
    engine.transact(() => engine.timers.set(Date.now() + 30, 'note'));
    await engine.close();
    expect(() => engine.transact(() => engine.timers.set(Date.now(), 'note'))).toThrow('closed');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(done).toBe(0);
  });
});
