import {
  Buyer,
  buyFrom,
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  pass,
  pay,
  sessionIn,
  type Shop,
  stockOf,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a payment page that runs out', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start();
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());

  it('gives the goods back, tells the buyer, and the last piece can be bought anew', async () => {
    const jug = await offer(world, shop, { price: 3900n, stock: 1 });
    const { buyer, purchaseId, orderId, session } = await buyFrom(world, [jug, 1]);
    const other = new Buyer(world.visitor());
    // Somebody else can't have it as long as Stripe has not said that the page is over.
    await expect(other.put([jug, 1])).rejects.toThrow('out_of_stock');

    await pass(world, { hours: 2 });
    const order = await orderOf(world, orderId);
    expect([order.status, order.cancelReason]).toEqual(['canceled', 'expired']);
    expect(await stockOf(world, jug)).toEqual({ on_hand: 1, held: 0 });
    const seen = await buyer.purchase(purchaseId);
    expect([seen.state, seen.orders[0]!.canceled]).toEqual([
      'canceled',
      'The time to pay ran out. Nothing was charged.',
    ]);
    await expect(pay(world, session)).rejects.toThrow('expired');

    // The cart is as it was.
    const again = await buyer.checkOut();
    expect(again.id).not.toBe(purchaseId);
    const next = await buyer.next(again.id);
    await pay(world, sessionIn(next.url));
    await world.settle();
    expect((await buyer.purchase(again.id)).state).toBe('paid');
    expect(await stockOf(world, jug)).toEqual({ on_hand: 0, held: 0 });
    await expectBooksToAgree(world);
  });

  it('is found by the buyer who comes back before the news does', async () => {
    const jug = await offer(world, shop, { price: 3900n, stock: 1 });
    const { buyer, purchaseId } = await buyFrom(world, [jug, 1]);
    await world.control('faults', { webhooks: { paused: true } });
    await pass(world, { hours: 2 });
    const next = await buyer.next(purchaseId);
    expect([next.outcome, next.changes.map(({ kind }) => kind)]).toEqual(['changed', ['expired']]);
    expect(await stockOf(world, jug)).toEqual({ on_hand: 1, held: 0 });
    await world.control('faults/clear', {});
    await expectBooksToAgree(world);
  });
});
