import { Users } from '#identity';
import type { Actor } from '#kernel';
import { Shipping } from '#orders';
import { Outbox, Transactions } from '#platform';
import { SellerSellingChanged } from '#sellers';
import { seedDemo } from '../../apps/worker/src/demo-seed.js';
import { mailsTo } from '../security/people.js';
import { World } from '../support/world.js';

const SELLER = 'june@redfern.example';
const shipTo = {
  name: 'Bo Buyer',
  line1: '1 High Street',
  city: 'Portland',
  region: 'OR',
  postcode: '97201',
  country: 'US',
};

describe('people hear by mail', () => {
  let world: World;
  let ownerId: string;
  let shop: { id: string; variant: string };

  beforeAll(async () => {
    world = await World.start();
    await seedDemo(world.worker);
    await world.settle();
    ownerId = (await world.get(Users).byEmail(SELLER))!.id;
    [shop] = (await world.rows<{ id: string; variant: string }>(
      `select m.seller_id as id, v.id as variant from sellers.members m
       join catalog.listings l on l.seller_id = m.seller_id and l.status = 'published'
       join catalog.variants v on v.listing_id = l.id where m.user_id = $1 limit 1`,
      [ownerId],
    )) as [{ id: string; variant: string }];
  }, 120_000);
  afterAll(() => world?.stop());

  const newestTo = async (recipient: string) => (await mailsTo(world, recipient)).at(-1)!;

  it('when a guest’s order is paid and shipped, with a link that opens the purchase', async () => {
    const guest = world.visitor();
    await guest.api('POST', '/api/v1/cart/items', { variantId: shop.variant, quantity: 1 });
    const begun = await guest.api<{ id: string; orders: { id: string }[] }>('POST', '/api/v1/checkout', {
      email: 'bo@example.com',
      shipTo,
    });
    await guest.api('POST', `/api/v1/purchases/${begun.body.id}/pay`);
    const orderId = begun.body.orders[0]!.id;
    const [session] = await world.rows<{ id: string }>(
      `select stripe_session as id from payments.checkout_sessions where order_id = $1`,
      [orderId],
    );
    await world.control(`sessions/${session!.id}/pay`, { card: '4242424242424242' });
    const paid = await newestTo('bo@example.com');
    expect(paid.subject).toMatch(/^Your order from /);
    expect(paid.text).toMatch(/Hello Bo Buyer,[^]+\$\d+\.\d\d is paid/);
    const [, path] = /https?:\/\/[^/\s]+(\/purchases\/\S+)/.exec(paid.text)!;
    expect((await world.visitor().api('GET', `/api/v1${path}`)).body).toMatchObject({ id: begun.body.id });
    expect((await world.visitor().api('GET', `/api/v1/purchases/${begun.body.id}`)).status).toBe(404);
    const sold = await newestTo(SELLER);
    expect(sold.subject).toBe('You sold something');
    expect(sold.text).toContain(`/seller/${shop.id}/orders/${orderId}`);
    const owner: Actor = { kind: 'user', userId: ownerId, isAdmin: false };
    await world.get(Shipping).ship(owner, shop.id, orderId, { carrier: 'UPS', trackingNumber: '1Z999' });
    const shipped = await newestTo('bo@example.com');
    expect(shipped.subject).toMatch(/is on its way$/);
    expect(shipped.text).toContain('Tracking number: 1Z999');
  });

  it('when their shop closes, once, with what to do', async () => {
    await world.rows(`update sellers.sellers set can_sell = false where id = $1`, [shop.id]);
    const publish = () =>
      world
        .get(Transactions)
        .run(() =>
          world.get(Outbox).publish(new SellerSellingChanged({ sellerId: shop.id, canSell: false })),
        );
    await publish();
    await publish();
    const mails = (await mailsTo(world, SELLER)).filter((mail) =>
      mail.subject.endsWith('needs your attention'),
    );
    expect(mails).toHaveLength(1);
    expect(mails[0]!.text).toContain(`/seller/${shop.id}`);
  });
});
