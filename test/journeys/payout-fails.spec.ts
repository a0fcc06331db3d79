import { Payouts } from '#payouts';
import { mailsTo } from '../security/people.js';
import {
  CARDS,
  expectBooksToAgree,
  offer,
  openShop,
  paidOrder,
  pass,
  person,
  type Person,
} from '../support/story.js';
import { World } from '../support/world.js';

describe('a payout that fails after it was paid', () => {
  let world: World;
  let admin: Person;
  beforeAll(async () => {
    world = await World.start();
    admin = await person(world, { admin: true });
  });
  afterAll(() => world?.stop());

  it('is first shown as paid, then as failed with its reason; the money is back and goes out again', async () => {
    // The test number of an account that the bank finds closed, days later.
    const shop = await openShop(world, 'Redfern Pottery', { bank: '000111111113' });
    const bowl = await offer(world, shop, { price: 12_000n });
    const order = await paidOrder(world, bowl, CARDS.paysIntoAvailable);
    const payouts = async () => (await world.get(Payouts).page(admin, { sellerId: shop.id })).items;

    for (let day = 0; day < 7 && (await payouts())[0]?.status !== 'paid'; day++) await pass(world, { hours: 12 });
    const [paid] = await payouts();
    expect([paid!.status, paid!.amount]).toEqual(['paid', order.split.sellerNet]);
    await expectBooksToAgree(world);

    await pass(world, { days: 2 });
    const [failed, ...more] = await payouts();
    expect(more).toEqual([]);
    expect([failed!.id, failed!.status]).toEqual([paid!.id, 'failed']);
    expect(failed!.failure).toMatch(/closed/);
    const [{ email }] = (await world.rows<{ email: string }>(`select email from identity.users where id = $1`, [
      shop.owner.userId,
    ])) as [{ email: string }];
    const letters = (await mailsTo(world, email)).map(({ subject }) => subject);
    expect(letters.filter((subject) => subject === 'A payout did not arrive')).toHaveLength(1);
    await expectBooksToAgree(world);

    // A bank account that works takes the same money.
    await world.control(`accounts/${shop.account}/bank`, { account_number: '000123456789', currency: 'eur' });
    await pass(world, { days: 5 });
    const [second] = await payouts();
    expect([second!.status, second!.amount]).toEqual(['paid', order.split.sellerNet]);
    const lines = await world.stripe.balanceTransactions.list(
      { payout: second!.id, limit: 100 },
      { stripeAccount: shop.account },
    );
    const shown = (await world.get(Payouts).lines(second!.id)).items.map(({ id, net }) => [id, Number(net.amount)]);
    expect(shown.sort()).toEqual(lines.data.filter(({ id }) => shown.some(([one]) => one === id)).map(({ id, net }) => [id, net]).sort());
    expect(shown.reduce((sum, [, net]) => sum + (net as number), 0)).toBe(Number(second!.amount.amount));
    await expectBooksToAgree(world);
  });

  it('an automatic payout, a failure announced before its arrival: the failure wins', async () => {
    const shop = await openShop(world, 'Hive and Wick');
    await paidOrder(world, await offer(world, shop, { price: 5_000n }), CARDS.paysIntoAvailable);
    await pass(world, { days: 4 });
    const [payout] = (await world.get(Payouts).page(admin, { sellerId: shop.id })).items;
    await world.control(`accounts/${shop.account}/payouts/${payout!.id}/fail`, { code: 'no_account' });
    await world.settle();
    expect((await world.get(Payouts).page(admin, { sellerId: shop.id })).items[0]!.status).toBe('failed');
    await expectBooksToAgree(world);
  });
});
