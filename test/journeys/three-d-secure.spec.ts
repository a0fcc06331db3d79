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

describe('a card that asks for 3-D Secure', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start();
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());

  const answer = async (session: string, passed: boolean) =>
    (await world.control<{ outcome: string }>(`sessions/${session}/authenticate`, { passed })).outcome;

  async function challenged(card: string) {
    const bowl = await offer(world, shop, { price: 2500n, stock: 1 });
    const visit = await buyFrom(world, [bowl, 1]);
    expect(await pay(world, visit.session, card)).toBe('requires_action');
    await world.settle();
    // Nothing is decided while the bank's question stands.
    expect((await orderOf(world, visit.orderId)).status).toBe('awaiting_payment');
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 1, held: 1 });
    return { bowl, ...visit };
  }

  it('is paid once the buyer passes', async () => {
    const { bowl, orderId, session } = await challenged(CARDS.asksForAuthentication);
    expect(await answer(session, true)).toBe('succeeded');
    await world.settle();
    expect((await orderOf(world, orderId)).status).toBe('paid');
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 0, held: 0 });
    await expectBooksToAgree(world);
  });

  it.each([
    ['fails', CARDS.asksForAuthentication, false, 'payment_intent_authentication_failure'],
    ['passes, and the bank declines after it', CARDS.declinedAfterAuthentication, true, 'generic_decline'],
  ] as const)('can still be paid with another card where the buyer %s', async (_, card, passed, code) => {
    const { bowl, buyer, purchaseId, orderId, session } = await challenged(card);
    expect(await answer(session, passed)).toBe('declined');
    await world.settle();
    expect((await orderOf(world, orderId)).status).toBe('awaiting_payment');
    expect(await buyer.lastDecline(purchaseId)).toBe(code);
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 1, held: 1 });

    expect(await pay(world, session)).toBe('succeeded');
    await world.settle();
    expect((await orderOf(world, orderId)).status).toBe('paid');
    await expectBooksToAgree(world);
  });
});
