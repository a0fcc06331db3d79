import { Orders } from '#orders';
import type { BuyerPurchase } from '../../apps/marketplace/src/storefront/purchase.view.js';
import { newPerson } from './people.js';
import { Buyer, offer, openShop } from '../support/story.js';
import { World } from '../support/world.js';

/** Links in mails live for good, as receipts do; whoever finds an old one must not learn where somebody lives. */
describe('an old link to a purchase', () => {
  let world: World;
  let bowl: string;
  beforeAll(async () => {
    world = await World.start();
    bowl = await offer(world, await openShop(world, 'Redfern Pottery'), { price: 2500n });
  });
  afterAll(() => world?.stop());

  const age = (id: string, days: number) =>
    world.rows(`update orders.purchases set created_at = now() - make_interval(days => $2) where id = $1`, [
      id,
      days,
    ]);
  const personal = ['Ada Byron', 'St James Square', 'ada@example.com'];
  const shown = (text: string) => personal.filter((words) => text.includes(words));

  it('shows what was bought, and after 90 days no name, address or e-mail, by link, cookie or API', async () => {
    const buyer = new Buyer(world.visitor());
    await buyer.put([bowl, 1]);
    const { id } = await buyer.checkOut();
    const token = await world.get(Orders).issueLinkToken(id);
    const ways = async () => {
      const stranger = world.visitor();
      const pages = [
        await stranger.open(`/purchases/${id}?token=${token}`),
        await buyer.browser.open(`/purchases/${id}`),
        await buyer.browser.open(`/purchases/${id}/receipt`),
      ];
      expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(pages[0]!.text).toContain('Redfern Pottery');
      const answers = [
        await stranger.api('GET', `/api/v1/purchases/by-token/${token}`),
        await stranger.api('GET', `/api/v1/purchases/${id}?token=${token}`),
      ];
      return [...pages.map(({ text }) => text), ...answers.map(({ body }) => JSON.stringify(body))];
    };
    await age(id, 89);
    expect((await ways()).map((text) => shown(text).length > 0)).toEqual([true, true, true, true, true]);
    await age(id, 91);
    const old = await ways();
    expect(old.flatMap(shown)).toEqual([]);
    expect(old[0]).toContain('The address is hidden');
    expect(old[3]).toContain('"addressHidden":true');
  });

  it('shows all of it to its buyer who signs in, and to an admin', async () => {
    const { browser, signIn } = await newPerson(world);
    await signIn();
    const buyer = new Buyer(browser);
    await buyer.put([bowl, 1]);
    const { id } = await buyer.checkOut();
    await age(id, 400);
    expect((await browser.open(`/purchases/${id}`)).text).toContain('St James Square');
    const admin = await newPerson(world, { admin: true });
    await admin.signIn();
    const { body } = await admin.browser.api<BuyerPurchase>('GET', `/api/v1/purchases/${id}`);
    expect([body.addressHidden, body.orders[0]!.shipTo.name]).toEqual([false, 'Ada Byron']);
  });
});
