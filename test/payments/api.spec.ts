import { Catalog, Listings } from '#catalog';
import { Users } from '#identity';
import { type Actor, Money } from '#kernel';
import { SellerOnboarding, SellerSignUp } from '#sellers';
import { eventually } from '../support/eventually.js';
import { World } from '../support/world.js';
import { sessionIn } from './market.js';

const shipTo = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'London',
  postcode: 'SW1Y 4LB',
  country: 'gb',
};

interface Purchase {
  id: string;
  state: string;
  orders: { id: string; status: string; total: { amount: number; currency: string } }[];
}

describe('buying over the API', () => {
  let world: World;
  let variantId: string;

  beforeAll(async () => {
    world = await World.start();
    const { id } = await world.get(Users).create({
      email: 'mara@example.com',
      name: 'Mara',
      password: 'a long password 1',
    });
    const owner: Actor = { kind: 'user', userId: id, isAdmin: false };
    const seller = await world
      .get(SellerSignUp)
      .create(owner, { name: 'Redfern Pottery', country: 'DE', currency: 'eur', acceptTerms: true });
    await world.control(`accounts/${seller.stripeAccount}/complete_onboarding`, {});
    await world.get(SellerOnboarding).refresh(seller.id);
    const listing = await world.get(Listings).create(owner, seller.id, {
      title: 'Bowl',
      description: 'Made by hand.',
      category: 'ceramics',
      shipping: Money.of(490n, 'eur'),
      variants: [{ name: 'Blue', price: Money.of(2500n, 'eur'), stock: 20 }],
    });
    await world.get(Listings).move(owner, seller.id, listing.id, 'publish');
    variantId = (await world.get(Catalog).listing(listing.id)).variants[0]!.id;
  });
  afterAll(() => world.stop());

  it('a guest fills a cart, checks out, pays at Stripe, and the purchase turns to paid by the webhook', async () => {
    const guest = world.visitor();
    expect((await guest.api('POST', '/api/v1/cart/items', { variantId, quantity: 2 })).status).toBe(201);
    expect((await guest.open('/')).text).toContain('Cart, 2 items');
    const begun = await guest.api<Purchase>(
      'POST',
      '/api/v1/checkout',
      { email: 'ada@example.com', shipTo },
      { 'idempotency-key': 'one' },
    );
    expect([begun.status, begun.body.orders[0]?.total]).toEqual([201, { amount: 5490, currency: 'eur' }]);
    const again = await guest.api<Purchase>(
      'POST',
      '/api/v1/checkout',
      { email: 'ada@example.com', shipTo },
      { 'idempotency-key': 'one' },
    );
    expect(again.body.id).toBe(begun.body.id);
    const path = `/api/v1/purchases/${begun.body.id}`;
    const next = await guest.api<{ outcome: string; url: string }>('POST', `${path}/pay`);
    expect(next.body.outcome).toBe('pay');
    await world.control(`sessions/${sessionIn(next.body.url)}/pay`, {});
    await eventually(async () => expect((await guest.api<Purchase>('GET', path)).body.state).toBe('paid'));
    expect((await world.visitor().api('GET', path)).status).toBe(404);
  });

  it('bad input is told beside its field, and nothing is placed', async () => {
    const guest = world.visitor();
    await guest.api('POST', '/api/v1/cart/items', { variantId, quantity: 1 });
    const answer = await guest.api<{ code: string; errors: Record<string, string> }>(
      'POST',
      '/api/v1/checkout',
      {
        email: 'nobody',
        shipTo: { ...shipTo, country: 'Atlantis', city: '' },
        surprise: 1,
      },
    );
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors).sort()).toEqual([
      'email',
      'shipTo.city',
      'shipTo.country',
      'surprise',
    ]);
    for (const quantity of [0, -1, 1.5, 100, 'many'])
      expect((await guest.api('POST', '/api/v1/cart/items', { variantId, quantity })).status).toBe(422);
    expect((await guest.api('POST', '/api/v1/cart/items', { variantId: 'var_unknown' })).status).toBe(404);
    expect((await guest.api('PUT', '/api/v1/cart/promotion', { promotionCode: 'NO-SUCH' })).status).toBe(422);
  });
});
