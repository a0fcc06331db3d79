import { Listings } from '#catalog';
import { Shipping } from '#orders';
import type { ShopOverviewBody } from '../../apps/marketplace/src/seller/shop-overview.js';
import { newPerson } from '../security/people.js';
import { offer, openShop, paidOrder, pass, type Shop, standStill } from '../support/story.js';
import { World } from '../support/world.js';

interface Amount {
  readonly amount: number | string;
}

describe('an open shop’s overview', () => {
  let world: World;
  let shop: Shop;
  beforeAll(async () => {
    world = await World.start();
    await standStill(world);
    shop = await openShop(world, 'Redfern Pottery');
  });
  afterAll(() => world?.stop());

  it('says what was sold, what to send, what comes next, and what runs out, on the page and to programs', async () => {
    const { browser, signIn, id } = await newPerson(world);
    await signIn();
    await world.rows(`insert into sellers.members (seller_id, user_id, role) values ($1, $2, 'owner')`, [
      shop.id,
      id,
    ]);
    const desk = `/seller/${shop.id}`;
    const asked = async () =>
      (await browser.api<ShopOverviewBody>('GET', `/api/v1/sellers/${shop.id}/overview`)).body;
    expect(await asked()).toEqual({ sales: [], toSend: 0, waitingSince: null, nextPayouts: [], runsLow: [] });
    const empty = (await browser.open(desk)).text;
    for (const words of ['Nothing was sold in the last 30 days', 'Nothing waits for you', 'Nothing is ready'])
      expect(empty).toContain(words);

    const [bowl, jug] = [
      await offer(world, shop, { price: 2500n, stock: 4 }),
      await offer(world, shop, { price: 1000n, stock: 50 }),
    ];
    const first = await paidOrder(world, bowl);
    await pass(world, { days: 1 });
    await paidOrder(world, bowl);
    await paidOrder(world, jug);
    await world.get(Shipping).ship(shop.owner, shop.id, first.id, { carrier: null, trackingNumber: null });
    await world.mirrorEverything();

    const now = await asked();
    const figures = (amount: unknown) => String((amount as Amount).amount);
    const [sales] = now.sales;
    expect([now.sales.length, sales!.currency, figures(sales!.sold), figures(sales!.refunded)]).toEqual([
      1,
      'eur',
      '6000',
      '0',
    ]);
    expect(sales!.days).toHaveLength(30);
    expect(sales!.days.slice(-2).map(({ sold }) => figures(sold))).toEqual(['2500', '3500']);
    expect([now.toSend, now.runsLow.map(({ left }) => left)]).toEqual([2, [2]]);
    expect(now.nextPayouts).toHaveLength(1);
    const page = (await browser.open(desk)).text;
    for (const words of [
      '€60.00',
      `${desk}/orders?status=paid`,
      'Stock that runs low',
      'Should leave Stripe on',
    ])
      expect(page).toContain(words);

    // What is not for sale does not run out.
    const [row] = await world.rows<{ id: string }>(
      `select listing_id as id from catalog.variants where id = $1`,
      [bowl],
    );
    await world.get(Listings).move(shop.owner, shop.id, row!.id, 'unpublish');
    expect((await asked()).runsLow).toEqual([]);
  });

  it('is shown to nobody else', async () => {
    const { browser, signIn } = await newPerson(world);
    await signIn();
    expect((await browser.api('GET', `/api/v1/sellers/${shop.id}/overview`)).status).toBe(404);
  });
});
