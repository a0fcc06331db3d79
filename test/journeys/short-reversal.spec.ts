import { Debts } from '#debts';
import { Refunds } from '#refunds';
import {
  CARDS,
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  paidOrder,
  pass,
  person,
  type Person,
  standStill,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a refund for which the seller has too little', () => {
  let world: World;
  let admin: Person;
  beforeAll(async () => {
    world = await World.start();
    await standStill(world);
    admin = await person(world, { admin: true });
  });
  afterAll(() => world?.stop());

  it('reaches the buyer at once, becomes a debt, and the next sale pays it; the books hold all the way', async () => {
    const shop = await openShop(world, 'Redfern Pottery');
    const bowl = await offer(world, shop, { price: 9_000n });
    const { ledger } = world.emulator.engine;
    const order = await paidOrder(world, bowl, CARDS.paysIntoAvailable);
    await pass(world, { days: 5 });
    expect(ledger.total(shop.account, 'eur')).toBe(0);

    const wish = { orderId: order.id, reason: 'Broke in the kiln', amount: null };
    const { id } = await world.get(Refunds).request(admin, null, wish);
    await world.settle();
    expect((await orderOf(world, order.id)).status).toBe('refunded');
    expect(await world.get(Refunds).byId(admin, id)).toMatchObject({
      status: 'succeeded',
      reversalStep: 'owed',
    });
    const [debt] = await world.get(Debts).owedBy(shop.id);
    expect([debt!.orderId, debt!.status]).toEqual([order.id, 'pending']);
    // The fee has gone back to the seller, and waits there for the whole to be taken.
    expect(BigInt(ledger.total(shop.account, 'eur'))).toBe(order.split.applicationFee.amount);
    await expectBooksToAgree(world);

    const vase = await offer(world, shop, { price: 15_000n });
    const next = await paidOrder(world, vase, CARDS.paysIntoAvailable);
    await world.settle();
    expect((await world.get(Debts).byId(debt!.id))!.status).toBe('recovered');
    expect(await world.get(Refunds).byId(admin, id)).toMatchObject({ reversalStep: 'done' });
    expect(BigInt(ledger.total(shop.account, 'eur'))).toBe(
      next.split.sellerNet.minus(order.split.sellerNet).amount,
    );
    await expectBooksToAgree(world);
  });

  it('of a shop that was closed since goes to the buyer all the same', async () => {
    const shop = await openShop(world, 'Hive and Wick');
    const order = await paidOrder(world, await offer(world, shop, { price: 9_000n }));
    await world.control(`accounts/${shop.account}/restrict`, {});
    await world.settle();
    await world
      .get(Refunds)
      .request(admin, null, { orderId: order.id, reason: 'The shop is closed', amount: null });
    await world.settle();
    expect((await orderOf(world, order.id)).status).toBe('refunded');
    await expectBooksToAgree(world);
  });
});
