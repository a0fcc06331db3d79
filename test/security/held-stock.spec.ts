import type { Answer } from '../support/browser-like.js';
import { Buyer, buyFrom, offer, openShop, pass, type Shop, stockOf } from '../support/story.js';
import { World } from '../support/world.js';
import { newPerson } from './people.js';

const address = {
  email: 'ada@example.com',
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'London',
  country: 'GB',
};

/** Who checks out holds goods before anything is paid, so how many and for how long is bounded. */
describe('stock that is held for a checkout', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start(undefined, { GUEST_CHECKOUTS_PER_HALF_HOUR: '3' });
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());
  beforeEach(() => world.rows(`delete from identity.rate_limits`));

  it('is not taken by a script of guests: from one network only so many check out, by pages or API', async () => {
    const bowl = await offer(world, shop, { price: 2500n, stock: 10 });
    for (let n = 0; n < 3; n++) await buyFrom(world, [bowl, 1]);
    const another = new Buyer(world.visitor());
    await another.put([bowl, 1]);
    await expect(another.checkOut()).rejects.toThrow('429');
    const page: Answer = await another.browser.submit('/checkout', { ...address, token: 'form' });
    expect([page.status, page.text.includes('That was too often.')]).toEqual([429, true]);
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 10, held: 3 });

    // Who has signed in has one cart, and can't hold more than is in it.
    const { browser, signIn } = await newPerson(world);
    await signIn();
    const known = new Buyer(browser);
    await known.put([bowl, 1]);
    for (let n = 0; n < 5; n++) await known.checkOut(`form ${n}`);
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 10, held: 4 });
  });

  it('is free again 40 minutes after a page to pay on was opened', async () => {
    const jug = await offer(world, shop, { price: 3900n, stock: 1 });
    await buyFrom(world, [jug, 1]);
    await pass(world, { hours: 0.5 });
    expect((await stockOf(world, jug)).held).toBe(1);
    await pass(world, { hours: 1 / 6 });
    expect(await stockOf(world, jug)).toEqual({ on_hand: 1, held: 0 });
  });

  it('is free again 45 minutes after a checkout that was never taken to a page', async () => {
    const vase = await offer(world, shop, { price: 3900n, stock: 1 });
    const guest = new Buyer(world.visitor());
    await guest.put([vase, 1]);
    await guest.checkOut();
    const after = async (minutes: number) => {
      await world.rows(`update checkout.placed set placed_at = now() - make_interval(mins => $1)`, [minutes]);
      await world.run('checkout.abandoned');
      return (await stockOf(world, vase)).held;
    };
    expect(await after(44)).toBe(1);
    expect(await after(46)).toBe(0);
  });

  it('is told: the page says for how long', async () => {
    const guest = new Buyer(world.visitor());
    await guest.put([await offer(world, shop, { price: 3900n }), 1]);
    expect((await guest.browser.open('/checkout')).text).toContain('for half an hour');
  });
});
