import { Sellers } from '#sellers';
import {
  buyFrom,
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  pay,
  sessionIn,
  stockOf,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('an account that becomes restricted', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());

  it('closes the shop at once: the open page is expired, the order canceled, the buyer told, the goods free', async () => {
    const shop = await openShop(world, 'Redfern Pottery');
    const bowl = await offer(world, shop, { price: 2500n, stock: 2 });
    const { buyer, purchaseId, orderId, session } = await buyFrom(world, [bowl, 1]);

    await world.control(`accounts/${shop.account}/restrict`, {});
    await world.settle();
    expect((await world.get(Sellers).byId(shop.id)).canSell).toBe(false);
    expect((await world.stripe.checkout.sessions.retrieve(session)).status).toBe('expired');
    const order = await orderOf(world, orderId);
    expect([order.status, order.cancelReason]).toEqual(['canceled', 'seller_closed']);
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 2, held: 0 });
    expect((await buyer.purchase(purchaseId)).orders[0]!.canceled).toBe(
      'The shop stopped selling before the order was paid. Nothing was charged.',
    );
    await expect(buyer.checkOut()).rejects.toThrow(/cart_changed|seller_not_selling|not_found/);
    await expect(pay(world, session)).rejects.toThrow('expired');
    await expectBooksToAgree(world);

    // It is open again as soon as Stripe says so, and the same buyer can buy.
    await world.control(`accounts/${shop.account}/restore`, {});
    await world.settle();
    await buyer.put([bowl, 1]);
    const again = await buyer.checkOut();
    await pay(world, sessionIn((await buyer.next(again.id)).url));
    await world.settle();
    expect((await buyer.purchase(again.id)).state).toBe('paid');
    await expectBooksToAgree(world);
  });

  it('honours who paid in the same moment, whatever news comes first', async () => {
    for (const paidNewsFirst of [true, false]) {
      const shop = await openShop(world, `Hive and Wick ${paidNewsFirst}`);
      const candle = await offer(world, shop, { price: 1500n, stock: 1 });
      const { buyer, purchaseId, orderId, session } = await buyFrom(world, [candle, 1]);
      await world.control('faults', { webhooks: paidNewsFirst ? { paused: true } : { reorder: 10_000 } });
      await pay(world, session);
      await world.control(`accounts/${shop.account}/restrict`, {});
      await world.control('faults/clear', {});
      await world.settle();
      expect((await world.get(Sellers).byId(shop.id)).canSell).toBe(false);
      expect((await orderOf(world, orderId)).status).toBe('paid');
      expect((await buyer.purchase(purchaseId)).state).toBe('paid');
      expect(await stockOf(world, candle)).toEqual({ on_hand: 0, held: 0 });
      await expectBooksToAgree(world);
    }
  });

  it('ends in one of the two when both happen at once, and in no third', async () => {
    const shops = await Promise.all(
      Array.from({ length: 6 }, (_, i) => openShop(world, `Falz und Faden ${i}`)),
    );
    const visits = [];
    for (const shop of shops) {
      const book = await offer(world, shop, { price: 1500n, stock: 1 });
      visits.push({ shop, book, ...(await buyFrom(world, [book, 1])) });
    }
    await Promise.allSettled(
      visits.flatMap(({ shop, session }) => [
        world.control(`accounts/${shop.account}/restrict`, {}),
        pay(world, session),
      ]),
    );
    await world.settle();
    for (const { book, orderId, session } of visits) {
      const atStripe = await world.stripe.checkout.sessions.retrieve(session);
      const order = await orderOf(world, orderId);
      const stock = await stockOf(world, book);
      expect([order.status, stock]).toEqual(
        atStripe.payment_status === 'paid'
          ? ['paid', { on_hand: 0, held: 0 }]
          : ['canceled', { on_hand: 1, held: 0 }],
      );
    }
    await expectBooksToAgree(world);
  });

  it('which closes before the turn of a second order came: that order ends, the first stands', async () => {
    const [first, second] = [await openShop(world, 'Asagiri Tea'), await openShop(world, 'Moss and Fern')];
    const [tea, fern] = [
      await offer(world, first, { price: 1800n }),
      await offer(world, second, { price: 2200n }),
    ];
    const { buyer, purchaseId, session } = await buyFrom(world, [tea, 1], [fern, 1]);
    await pay(world, session);
    await world.settle();
    await world.control(`accounts/${second.account}/restrict`, {});
    await world.settle();
    const next = await buyer.next(purchaseId);
    expect(next.outcome).toBe('changed');
    const { orders } = await buyer.purchase(purchaseId);
    expect(orders.map(({ status }) => status)).toEqual(['paid', 'canceled']);
    expect((await stockOf(world, fern)).held).toBe(0);
    await expectBooksToAgree(world);
  });
});
