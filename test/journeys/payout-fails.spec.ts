import { Payouts } from '#payouts';
import { mailsTo } from '../security/people.js';
import {
  CARDS,
  expectBooksToAgree,
  offer,
  openShop,
  paidOrder,
  pass,
  type Shop,
  standStill,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a payout that fails after it was paid', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await standStill(world);
  });
  afterAll(() => world?.stop());

  const payoutsOf = async (shop: Shop) => (await world.get(Payouts).pageForSeller(shop.owner, shop.id)).items;

  it('is first shown as paid, then as failed with its reason; the money is back and goes out again', async () => {
    // The test number of an account that the bank finds closed a day after Stripe took the payout for paid.
    const shop = await openShop(world, 'Redfern Pottery', { bank: '000111111113' });
    const bowl = await offer(world, shop, { price: 12_000n });
    const { sellerNet } = (await paidOrder(world, bowl, CARDS.paysIntoAvailable)).split;

    for (let tries = 0; tries < 14 && (await payoutsOf(shop))[0]?.status !== 'paid'; tries++)
      await pass(world, { hours: 12 });
    const [paid] = await payoutsOf(shop);
    expect([paid!.status, paid!.amount]).toEqual(['paid', sellerNet]);
    await expectBooksToAgree(world);

    await pass(world, { days: 2 });
    const [failed, ...others] = await payoutsOf(shop);
    expect(others).toEqual([]);
    expect([failed!.id, failed!.status]).toEqual([paid!.id, 'failed']);
    expect(failed!.failure).toMatch(/closed/);
    const [owner] = await world.rows<{ email: string }>(`select email from identity.users where id = $1`, [
      shop.owner.userId,
    ]);
    const letters = (await mailsTo(world, owner!.email)).map(({ subject }) => subject);
    expect(letters.filter((subject) => subject === 'A payout did not arrive')).toHaveLength(1);
    await expectBooksToAgree(world);

    // A bank account that works takes the same money.
    await world.control(`accounts/${shop.account}/bank`, { account_number: '000123456789', currency: 'eur' });
    await pass(world, { days: 5 });
    const second = (await payoutsOf(shop)).find(({ id }) => id !== paid!.id)!;
    expect([second.status, second.amount]).toEqual(['paid', sellerNet]);
    const { lines } = await world.get(Payouts).story(second.id);
    const stripes = await world.stripe.balanceTransactions
      .list({ payout: second.id, limit: 100 }, { stripeAccount: shop.account })
      .autoPagingToArray({ limit: 1000 });
    const own = stripes.filter(({ source }) => source !== second.id);
    expect(
      lines
        .filter(({ type }) => type !== 'payout')
        .map(({ id, net }) => [id, Number(net.amount)])
        .sort(),
    ).toEqual(own.map(({ id, net }) => [id, net]).sort());
    expect(own.reduce((sum, { net }) => sum + net, 0)).toBe(Number(second.amount.amount));
    await expectBooksToAgree(world);
  });

  it('stays failed, whichever of the two news comes last', async () => {
    const shop = await openShop(world, 'Hive and Wick');
    await paidOrder(world, await offer(world, shop, { price: 5_000n }), CARDS.paysIntoAvailable);
    for (let tries = 0; tries < 14 && (await payoutsOf(shop)).length === 0; tries++)
      await pass(world, { hours: 12 });
    await world.control('faults', { webhooks: { reorder: 10_000 } });
    await pass(world, { days: 4 });
    const [payout] = await payoutsOf(shop);
    await world.control(`accounts/${shop.account}/payouts/${payout!.id}/fail`, { code: 'no_account' });
    await world.control('faults/clear', {});
    await world.settle();
    expect((await payoutsOf(shop))[0]!.status).toBe('failed');
    await expectBooksToAgree(world);
  });
});
