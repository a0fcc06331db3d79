import {
  buyFrom,
  CARDS,
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  pass,
  pay,
  sessionIn,
  stockOf,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a purchase from three sellers of which two are paid', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());

  it('is two orders that stand and one that ends by itself; each seller gets exactly their own', async () => {
    const names = ['Redfern Pottery', 'Hive and Wick', 'Falz und Faden'];
    const shops = [];
    for (const name of names) shops.push(await openShop(world, name));
    const goods = [];
    for (const [i, shop] of shops.entries())
      goods.push(await offer(world, shop, { price: 2000n + BigInt(i) * 333n, shipping: 450n, stock: 3 }));
    const { buyer, purchaseId, session } = await buyFrom(world, ...goods.map((id) => [id, 2] as const));

    await pay(world, session);
    const second = await buyer.next(purchaseId);
    await pay(world, sessionIn(second.url), CARDS.declined);
    await pay(world, sessionIn(second.url));
    await world.settle();
    expect((await buyer.purchase(purchaseId)).state).toBe('part_paid');
    // The buyer looks at the third page and never pays it.
    const third = await buyer.next(purchaseId);
    expect(third.outcome).toBe('pay');
    await pass(world, { hours: 3 });

    const { orders, state } = await buyer.purchase(purchaseId);
    expect([state, ...orders.map(({ status }) => status)]).toEqual(['part_paid', 'paid', 'paid', 'canceled']);
    for (const [i, { id, status }] of orders.entries()) {
      const { split } = await orderOf(world, id);
      const balance = world.emulator.engine.ledger.total(shops[i]!.account, 'eur');
      expect(BigInt(balance)).toBe(status === 'paid' ? split.sellerNet.amount : 0n);
      expect(await stockOf(world, goods[i]!)).toEqual({ on_hand: status === 'paid' ? 1 : 3, held: 0 });
    }
    expect((await buyer.next(purchaseId)).outcome).toBe('settled');
    await expectBooksToAgree(world);
  });

  it('ends an order whose turn never came, once nobody can have a page of it any more', async () => {
    const shops = [await openShop(world, 'Asagiri Tea'), await openShop(world, 'Moss and Fern')];
    const goods = [];
    for (const shop of shops) goods.push(await offer(world, shop, { price: 2500n, stock: 1 }));
    const { buyer, purchaseId, session } = await buyFrom(world, ...goods.map((id) => [id, 1] as const));
    await pay(world, session);
    await world.settle();
    await world.rows(`update checkout.placed set placed_at = now() - interval '3 hours'`);
    await world.run('checkout.abandoned');
    await world.settle();
    const { orders } = await buyer.purchase(purchaseId);
    expect(orders.map(({ status }) => status)).toEqual(['paid', 'canceled']);
    expect(await stockOf(world, goods[1]!)).toEqual({ on_hand: 1, held: 0 });
    await expectBooksToAgree(world);
  });
});
