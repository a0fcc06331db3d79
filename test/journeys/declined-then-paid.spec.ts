import {
  buyFrom,
  CARDS,
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  pay,
  type Shop,
  stockOf,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a card that is declined', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start();
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());

  it.each([
    ['generic_decline', CARDS.declined],
    ['insufficient_funds', CARDS.tooLittleMoney],
  ])('(%s) releases nothing, is told, and the same page is then paid once', async (code, card) => {
    const bowl = await offer(world, shop, { price: 2500n, shipping: 490n, stock: 1 });
    const { buyer, purchaseId, orderId, session } = await buyFrom(world, [bowl, 1]);
    for (const _ of [1, 2]) {
      expect(await pay(world, session, card)).toBe('declined');
      await world.settle();
      expect((await orderOf(world, orderId)).status).toBe('awaiting_payment');
      expect(await buyer.lastDecline(purchaseId)).toBe(code);
      expect(await stockOf(world, bowl)).toEqual({ on_hand: 1, held: 1 });
    }
    expect((await buyer.next(purchaseId)).url).toContain(session);

    expect(await pay(world, session)).toBe('succeeded');
    await world.settle();
    expect((await buyer.purchase(purchaseId)).state).toBe('paid');
    expect(await buyer.lastDecline(purchaseId)).toBeUndefined();
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 0, held: 0 });
    const charges = await world.stripe.charges.list({
      payment_intent: (await orderOf(world, orderId)).paymentIntentId!,
    });
    expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'failed']);
    await expectBooksToAgree(world);
  });

  it('a number that is no card is no attempt to pay', async () => {
    const bowl = await offer(world, shop, { price: 2500n });
    const { orderId, session } = await buyFrom(world, [bowl, 1]);
    await expect(pay(world, session, '4242424242424241')).rejects.toThrow('incorrect');
    await world.settle();
    expect((await orderOf(world, orderId)).status).toBe('awaiting_payment');
    await pay(world, session);
    await world.settle();
    expect((await orderOf(world, orderId)).status).toBe('paid');
    await expectBooksToAgree(world);
  });
});
