import { Refunds } from '#refunds';
import { BooksCheck } from '#books';
import {
  buyFrom,
  CARDS,
  expectBooksToAgree,
  offer,
  openShop,
  orderOf,
  paidOrder,
  pass,
  pay,
  person,
  standStill,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a currency without minor units', () => {
  let world: World;
  beforeAll(async () => {
    // Stripe pays a shop in Japan from a platform in Japan only.
    world = await World.start(({ engine }) => {
      engine.transact(() =>
        engine.store.update('account', '', engine.platform, { country: 'JP', currency: 'jpy' }),
      );
      return Promise.resolve();
    });
    await standStill(world);
  });
  afterAll(() => world?.stop());

  it('is charged, split, refunded and paid out in whole yen', async () => {
    const shop = await openShop(world, 'Asagiri Tea', { currency: 'jpy', country: 'JP' });
    const sencha = await offer(world, shop, { price: 1_235n, shipping: 300n });
    const { buyer, purchaseId, orderId, session } = await buyFrom(world, [sencha, 3]);
    const page = await world.stripe.checkout.sessions.retrieve(session);
    expect([page.amount_total, page.currency]).toEqual([4005, 'jpy']);
    await pay(world, session, CARDS.paysIntoAvailable);
    await world.settle();
    expect((await buyer.purchase(purchaseId)).orders[0]).toMatchObject({
      total: { amount: 4005, currency: 'jpy' },
    });

    const { split } = await orderOf(world, orderId);
    expect(split.applicationFee.plus(split.sellerNet).amount).toBe(4005n);
    const fees = await world.stripe.applicationFees.list({});
    expect(fees.data.map(({ amount }) => BigInt(amount))).toEqual([split.applicationFee.amount]);
    const { ledger } = world.emulator.engine;
    expect(BigInt(ledger.total(shop.account, 'jpy'))).toBe(split.sellerNet.amount);
    await expectBooksToAgree(world);

    const other = await paidOrder(world, sencha, CARDS.paysIntoAvailable);
    const wish = { orderId: other.id, reason: 'Changed their mind', amount: null };
    await world.get(Refunds).request(await person(world, { admin: true }), null, wish);
    await world.settle();
    expect((await orderOf(world, other.id)).status).toBe('refunded');
    expect(BigInt(ledger.total(shop.account, 'jpy'))).toBe(split.sellerNet.amount);
    await expectBooksToAgree(world);

    await pass(world, { days: 5 });
    expect(ledger.total(shop.account, 'jpy')).toBe(0);
    const paid = await world.stripe.payouts.list({}, { stripeAccount: shop.account });
    expect(paid.data.map(({ status, amount }) => [status, BigInt(amount)])).toEqual([
      ['paid', split.sellerNet.amount],
    ]);
    await expectBooksToAgree(world);
    const { lines } = await world.get(BooksCheck).run({ graceMinutes: 0 });
    expect(lines.map(({ currency }) => currency)).toContain('jpy');
  });
});
