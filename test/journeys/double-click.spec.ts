import { Refunds } from '#refunds';
import {
  Buyer,
  buyFrom,
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  paidOrder,
  pay,
  person,
  sessionIn,
  type Shop,
  stockOf,
} from '../support/story.js';
import { World } from '../support/world.js';

const TEN = Array.from({ length: 10 }, (_, i) => i);

describe('everything clicked ten times at once happens once', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start();
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());

  it('check out, and pay', async () => {
    const bowl = await offer(world, shop, { price: 2500n, stock: 3 });
    const buyer = new Buyer(world.visitor());
    await buyer.put([bowl, 1]);
    const purchases = await Promise.all(TEN.map((i) => buyer.checkOut(i % 2 ? 'form' : `form ${i}`)));
    expect(new Set(purchases.map(({ id }) => id)).size).toBe(1);
    const pages = await Promise.all(TEN.map(() => buyer.next(purchases[0]!.id)));
    expect(new Set(pages.map(({ url }) => url)).size).toBe(1);
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 3, held: 1 });

    const session = sessionIn(pages[0]!.url);
    const paid = await Promise.allSettled(TEN.map(() => pay(world, session)));
    expect(paid.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all(TEN.map(() => buyer.next(purchases[0]!.id)));
    await world.settle();
    const sessions = await world.stripe.checkout.sessions.list({ limit: 100 });
    expect(sessions.data).toHaveLength(1);
    expect((await world.stripe.charges.list({ limit: 100 })).data).toHaveLength(1);
    expect(await stockOf(world, bowl)).toEqual({ on_hand: 2, held: 0 });
    await expectBooksToAgree(world);
  });

  it('refund, by seller and admin together', async () => {
    const order = await paidOrder(world, await offer(world, shop, { price: 2500n }));
    const admin = await person(world, { admin: true });
    const wish = { orderId: order.id, reason: 'Broke in the kiln', amount: null };
    await Promise.allSettled(
      TEN.map((i) => world.get(Refunds).request(i % 2 ? admin : shop.owner, i % 2 ? null : shop.id, wish)),
    );
    await world.settle();
    expect((await orderOf(world, order.id)).status).toBe('refunded');
    const { data } = await world.stripe.refunds.list({ charge: order.chargeId! });
    expect(data.map(({ amount }) => BigInt(amount))).toEqual([order.split.charged.amount]);
    expect((await world.stripe.transfers.listReversals(order.transferId!)).data).toHaveLength(1);
    expect((await world.stripe.applicationFees.listRefunds(order.applicationFeeId!)).data).toHaveLength(1);
    await expectBooksToAgree(world);
  });

  it('pay in one window, change the cart and check out in the other: what was paid stands, and nothing is paid twice', async () => {
    const bowl = await offer(world, shop, { price: 2500n, stock: 10 });
    const { buyer, purchaseId, orderId, session } = await buyFrom(world, [bowl, 1]);
    await buyer.put([bowl, 2]);
    const [paid, begun] = await Promise.allSettled([pay(world, session), buyer.checkOut()]);
    await world.settle();
    const first = await buyer.purchase(purchaseId);
    expect(first.state).toBe(paid.status === 'fulfilled' ? 'paid' : 'canceled');
    if (begun.status === 'fulfilled') expect(begun.value.id).not.toBe(purchaseId);
    const charged = await world.stripe.charges.list({ limit: 100 });
    expect(charged.data.filter(({ metadata }) => metadata['order_id'] === orderId).length).toBe(
      paid.status === 'fulfilled' ? 1 : 0,
    );
    await expectBooksToAgree(world);
  });
});
