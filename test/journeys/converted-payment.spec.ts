import { PaymentAttention } from '#payments';
import { Refunds } from '#refunds';
import { buyFrom, CARDS, offer, openShop, orderOf, pay, person } from '../support/story.js';
import { World } from '../support/world.js';

describe('a payment that Stripe converted, because the platform holds no money of its currency', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());

  it('is told to an admin, and no transfer is reversed by figures of another currency', async () => {
    const shop = await openShop(world, 'Brass & Bell', { currency: 'eur', country: 'DE' });
    const bell = await offer(world, shop, { price: 10_000n });
    const { orderId, session } = await buyFrom(world, [bell, 1]);
    await pay(world, session, CARDS.pays);
    convert(world);
    await world.settle();
    const order = await orderOf(world, orderId);
    expect(order.status).toBe('paid');
    const { items } = await world.get(PaymentAttention).open();
    expect(items.map(({ orderId: about, kind }) => [about, kind])).toEqual([[orderId, 'amount_differs']]);

    const admin = await person(world, { admin: true });
    const { blocked } = await world.get(Refunds).preview(admin, null, orderId);
    expect(blocked).toMatchObject({ code: 'refund_converted' });
    const wish = { orderId, reason: 'Broken', amount: null };
    await expect(world.get(Refunds).request(admin, null, wish)).rejects.toMatchObject({
      code: 'refund_converted',
    });
  });
});

/** What the one charge's balance transaction shows on a platform that settles in dollars only. */
function convert({ emulator: { engine } }: World): void {
  engine.transact(() => {
    const [charge] = engine.store.page('charge', engine.platform, { limit: 1 }).data;
    const id = charge!.balance_transaction as string;
    engine.store.update('balance_transaction', engine.platform, id, {
      currency: 'usd',
      amount: 10_800,
      exchange_rate: 1.08,
    });
  });
}
