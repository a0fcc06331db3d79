import { buyFrom, expectBooksToAgree, offer, openShop, orderOf, pay, type Shop } from '../support/story.js';
import { World } from '../support/world.js';

describe('a clock that differs from Stripe’s', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start();
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());

  it('costs the buyer nothing: the page is asked for once more by Stripe’s own time', async () => {
    const jug = await offer(world, shop, { price: 3900n });
    // Nobody has called Stripe since its clock went on, so the first request carries a time that has passed there.
    await world.control('clock/advance', { seconds: 5 * 86_400 });
    const { orderId, session } = await buyFrom(world, [jug, 1]);
    const attempts = await world.rows<{ state: string }>(
      `select state from stripe.attempts where kind = 'checkout_session.create' order by number`,
    );
    expect(attempts.map(({ state }) => state)).toEqual(['refused', 'done']);
    await pay(world, session);
    await world.settle();
    expect((await orderOf(world, orderId)).status).toBe('paid');
    await expectBooksToAgree(world);
  });
});
