import {
  buyFrom,
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  pass,
  type Shop,
  stockOf,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a bank debit that takes days', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start();
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());

  async function debit(account_number?: string) {
    const vase = await offer(world, shop, { price: 4400n, stock: 2 });
    const visit = await buyFrom(world, [vase, 2]);
    await world.control(`sessions/${visit.session}/bank_debit`, account_number ? { account_number } : {});
    await world.settle();
    expect((await orderOf(world, visit.orderId)).status).toBe('processing');
    // Placed while unpaid: the goods are held, and nothing is booked.
    expect(await stockOf(world, vase)).toEqual({ on_hand: 2, held: 2 });
    expect((await visit.buyer.purchase(visit.purchaseId)).state).toBe('processing');
    expect((await visit.buyer.next(visit.purchaseId)).outcome).toBe('settled');
    await expectBooksToAgree(world);
    return { vase, ...visit };
  }

  it('makes the order paid when it comes through', async () => {
    const { vase, orderId } = await debit();
    await pass(world, { days: 5 });
    expect((await orderOf(world, orderId)).status).toBe('paid');
    expect(await stockOf(world, vase)).toEqual({ on_hand: 0, held: 0 });
    await expectBooksToAgree(world);
  });

  it('gives the goods back when it fails, to the shelf and to the buyer’s cart', async () => {
    const { vase, buyer, purchaseId, orderId } = await debit('000222222227');
    await pass(world, { days: 5 });
    const order = await orderOf(world, orderId);
    expect([order.status, order.cancelReason]).toEqual(['canceled', 'payment_failed']);
    expect(await stockOf(world, vase)).toEqual({ on_hand: 2, held: 0 });
    expect((await buyer.purchase(purchaseId)).orders[0]!.canceled).toContain('Nothing was charged');
    const again = await buyer.checkOut();
    expect(again.id).not.toBe(purchaseId);
    await expectBooksToAgree(world);
  });

  it('of which one shop was closed meanwhile is still honoured', async () => {
    const other = await openShop(world, 'Hive and Wick');
    const candle = await offer(world, other, { price: 3000n, stock: 1 });
    const { orderId, session } = await buyFrom(world, [candle, 1]);
    await world.control(`sessions/${session}/bank_debit`, {});
    await world.settle();
    await world.control(`accounts/${other.account}/restrict`, {});
    await world.settle();
    expect((await orderOf(world, orderId)).status).toBe('processing');
    await pass(world, { days: 5 });
    expect((await orderOf(world, orderId)).status).toBe('paid');
    await expectBooksToAgree(world);
  });
});
