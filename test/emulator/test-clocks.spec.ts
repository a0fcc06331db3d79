import { Shop } from './billing-support.js';
import { at, Bench } from './support.js';

describe('test clocks', () => {
  it('let one customer live a year while the emulator’s own day goes on', async () => {
    const bench = await Bench.start();
    const { stripe } = bench;
    const shop = new Shop(bench);
    const start = Date.parse('2020-01-31T00:00:00Z') / 1000;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
    const customer = await shop.customer('visa', { test_clock: clock.id });
    const { id } = await shop.subscription({ customer });
    const target = Date.parse('2020-12-31T12:00:00Z') / 1000;
    expect(await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: target })).toMatchObject({
      status: 'advancing',
    });
    expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
      status: 'ready',
      frozen_time: target,
    });
    const invoices = await stripe.invoices.list({ subscription: id, limit: 100 });
    expect(invoices.data).toHaveLength(12);
    expect(invoices.data.every((one) => one.status === 'paid')).toBe(true);
    expect((await stripe.charges.list({ limit: 100 })).data.every((one) => one.created === at(0))).toBe(true);
    expect((await stripe.customers.list()).data).toEqual([]);
    expect((await stripe.customers.list({ test_clock: clock.id })).data).toHaveLength(1);
    await stripe.testHelpers.testClocks.del(clock.id);
    await expect(stripe.subscriptions.retrieve(id)).rejects.toMatchObject({ code: 'resource_missing' });
    await bench.stop();
  });
});
