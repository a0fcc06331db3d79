import { Listings } from '#catalog';
import { BeginCheckout, Carts, PayNext, Promotions } from '#checkout';
import { Money } from '#kernel';
import { Orders } from '#orders';
import { Payments } from '#payments';
import { Market, sessionIn, shipTo } from './market.js';

describe('from a cart to the page to pay on', () => {
  let market: Market;
  let shop: Awaited<ReturnType<Market['shop']>>;

  beforeAll(async () => {
    market = await Market.open();
    shop = await market.shop('Redfern Pottery');
  });
  afterAll(() => market.close());

  const orderOf = async (id: string) => (await market.get(Orders).byId(id))!;
  const sessionsAtStripe = () =>
    market.emulator.engine.store.page('checkout_session', market.emulator.engine.platform, { limit: 1000 });

  const reprice = async (variantId: string, price: bigint) => {
    const [row] = await market.rows<{ listing_id: string; on_hand: number }>(
      `select listing_id, on_hand from catalog.variants where id = $1`,
      [variantId],
    );
    const listings = market.get(Listings);
    const listing = await listings.one(shop.owner, shop.id, row!.listing_id);
    await listings.edit(shop.owner, shop.id, listing.id, {
      title: listing.title,
      description: listing.description,
      category: 'ceramics',
      shipping: Money.of(0n, 'eur'),
      variants: [{ id: variantId, name: 'Blue', price: Money.of(price, 'eur'), stock: row!.on_hand }],
    });
  };

  it('ten clicks at once on “check out” and ten on “pay” are one purchase and one session', async () => {
    const bowl = await market.goods(shop, { price: 2000n });
    const guest = await market.guest([bowl, 1]);
    const keys = Array.from({ length: 10 }, (_, i) => (i % 2 ? 'form-1' : `form-${i}`));
    const purchases = await Promise.all(keys.map((key) => market.begin(guest, key)));
    expect(new Set(purchases.map((purchase) => purchase.id)).size).toBe(1);
    expect((await market.stockOf(bowl)).held).toBe(1);

    const before = sessionsAtStripe().data.length;
    const pages = await Promise.all(keys.map(() => market.payNext(guest, purchases[0]!.id)));
    expect(new Set(pages.map((page) => (page.outcome === 'pay' ? page.url : page.outcome))).size).toBe(1);
    expect(sessionsAtStripe().data.length - before).toBe(1);
  });

  it('coming back by the cancel link keeps cart and session', async () => {
    const cup = await market.goods(shop, { price: 2000n });
    const guest = await market.guest([cup, 1]);
    const { purchase, session } = await market.atStripesPage(guest);
    expect(await market.get(Carts).pieces(guest)).toBe(1);
    const again = await market.payNext(guest, purchase.id);
    expect(again.outcome === 'pay' && sessionIn(again.url)).toBe(session);
    expect((await market.begin(guest, 'another form')).id).toBe(purchase.id);
  });

  it('40 buyers at once for the last piece: one holds it, 39 are told', async () => {
    const rare = await market.goods(shop, { price: 9900n, stock: 1 });
    const guests = await Promise.all(Array.from({ length: 40 }, () => market.guest([rare, 1])));
    const outcomes = await Promise.allSettled(guests.map((guest) => market.begin(guest)));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((o) =>
      o.status === 'rejected' ? [(o.reason as { code: string }).code] : [],
    );
    expect(codes.every((code) => code === 'out_of_stock' || code === 'cart_changed')).toBe(true);
    expect(await market.stockOf(rare)).toEqual({ on_hand: 1, held: 1 });
  });

  it('a price that changed since the buyer saw it is told before the order is placed, and the next try takes it', async () => {
    const plate = await market.goods(shop, { price: 3000n });
    const guest = await market.guest([plate, 1]);
    await reprice(plate, 3500n);
    await expect(market.begin(guest)).rejects.toMatchObject({
      code: 'cart_changed',
      changes: [{ kind: 'price', variantId: plate }],
    });
    expect((await market.begin(guest)).orders[0]!.split.charged.amount).toBe(3500n);
  });

  it('a price that changed while the page was open: the session is seen expired, the buyer is told, and can begin again', async () => {
    const plate = await market.goods(shop, { price: 3000n });
    const guest = await market.guest([plate, 1]);
    const { purchase, orderId, session } = await market.atStripesPage(guest);
    await reprice(plate, 3100n);
    const next = await market.payNext(guest, purchase.id);
    expect(next).toMatchObject({ outcome: 'changed', changes: [{ kind: 'price' }] });
    expect(market.emulator.engine.checkout.need(session).status).toBe('expired');
    expect((await orderOf(orderId)).cancelReason).toBe('changed');
    expect((await market.begin(guest, 'form-2')).orders[0]!.split.charged.amount).toBe(3100n);
    expect((await market.stockOf(plate)).held).toBe(1);
  });

  it('a price that changed after the buyer had paid: the payment is honoured', async () => {
    const plate = await market.goods(shop, { price: 3000n });
    const guest = await market.guest([plate, 1]);
    const { purchase, orderId, session } = await market.atStripesPage(guest);
    await market.pay(session);
    await reprice(plate, 9900n);
    expect(await market.payNext(guest, purchase.id)).toEqual({ outcome: 'settled' });
    const order = await orderOf(orderId);
    expect([order.status, order.split.charged.amount]).toEqual(['paid', 3000n]);
  });

  it('a cart that changed ends the older checkout, whose goods and session are free again', async () => {
    const jug = await market.goods(shop, { price: 4000n, stock: 3 });
    const guest = await market.guest([jug, 1]);
    const { purchase, session } = await market.atStripesPage(guest);
    await market.get(Carts).setQuantity(guest, jug, 3);
    const next = await market.begin(guest, 'form-2');
    expect(next.id).not.toBe(purchase.id);
    expect(market.emulator.engine.checkout.need(session).status).toBe('expired');
    expect(await market.stockOf(jug)).toEqual({ on_hand: 3, held: 3 });
  });

  it('two sellers, two currencies: one purchase, one order each, paid one after the other', async () => {
    const tea = await market.shop('Asagiri Tea', 'cad', 'CA');
    const bowl = await market.goods(shop, { price: 2500n, shipping: 500n });
    const sencha = await market.goods(tea, { price: 1200n, shipping: 300n, title: 'Sencha' });
    const guest = await market.guest([bowl, 1], [sencha, 2]);
    const purchase = await market.begin(guest);
    expect(purchase.orders.map((order) => order.split.charged.format())).toEqual(['€30.00', 'CA$27.00']);

    const first = await market.payNext(guest, purchase.id);
    if (first.outcome !== 'pay') throw new Error(first.outcome);
    expect(await market.get(Payments).sessionOf(purchase.orders[1]!.id)).toBeNull();
    await market.pay(sessionIn(first.url));
    const second = await market.payNext(guest, purchase.id);
    if (second.outcome !== 'pay') throw new Error(second.outcome);
    expect(second.orderId).toBe(purchase.orders[1]!.id);
    expect((await market.get(Orders).purchase(purchase.id))!.state).toBe('part_paid');
    const session = market.emulator.engine.checkout.need(sessionIn(second.url));
    expect([session.amount_total, session.currency]).toEqual([2700, 'cad']);
    await market.pay(session.id);
    expect(await market.payNext(guest, purchase.id)).toEqual({ outcome: 'settled' });
    expect((await market.get(Orders).purchase(purchase.id))!.state).toBe('paid');
  });

  it('a guest’s cart survives signing in, beside what was in the person’s own', async () => {
    const [cup, jug] = [
      await market.goods(shop, { price: 2000n }),
      await market.goods(shop, { price: 3000n }),
    ];
    const actor = await market.person();
    const own = { actor, cartToken: null };
    await market.get(Carts).add(own, cup, 1);
    const guest = await market.guest([cup, 2], [jug, 1]);
    await market.get(Carts).mergeInto(actor.userId, guest.cartToken);
    await market.get(Carts).mergeInto(actor.userId, guest.cartToken);
    expect(await market.get(Carts).pieces(own)).toBe(4);
    expect(await market.get(Carts).pieces(guest)).toBe(0);
  });

  it('a signed-in buyer is a customer at Stripe, made once', async () => {
    const actor = await market.person();
    const own = { actor, cartToken: null };
    for (const _ of [1, 2]) {
      await market.get(Carts).add(own, await market.goods(shop, { price: 2000n }), 1);
      const purchase = await market
        .get(BeginCheckout)
        .begin(own, { email: 'a@example.com', shipTo, key: `${_}` });
      await market.payNext(own, purchase.id);
    }
    const rows = await market.rows<{ stripe_customer: string }>(
      `select stripe_customer from payments.customers where user_id = $1`,
      [actor.userId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.stripe_customer).toMatch(/^cus_/);
  });

  it('a customer that somebody deleted at Stripe does not keep the buyer from paying', async () => {
    const actor = await market.person();
    const own = { actor, cartToken: null };
    await market.rows(
      `insert into payments.customers (user_id, stripe_customer) values ($1, 'cus_deleted')`,
      [actor.userId],
    );
    await market.get(Carts).add(own, await market.goods(shop, { price: 2000n }), 1);
    const purchase = await market
      .get(BeginCheckout)
      .begin(own, { email: 'a@example.com', shipTo, key: 'deleted' });
    expect((await market.payNext(own, purchase.id)).outcome).toBe('pay');
  });

  it('another browser sees nothing of a guest’s purchase; the link of a mail opens it', async () => {
    const cup = await market.goods(shop, { price: 2000n });
    const purchase = await market.begin(await market.guest([cup, 1]));
    const stranger = await market.guest([cup, 1]);
    await expect(market.payNext(stranger, purchase.id)).rejects.toMatchObject({ code: 'purchase_not_found' });
    const token = await market.get(Orders).issueLinkToken(purchase.id);
    expect((await market.get(Orders).purchaseByToken(token)).id).toBe(purchase.id);
  });

  it('a seller’s code lowers the seller’s share, the platform’s its fee; what Stripe is asked for is exact', async () => {
    const admin = { kind: 'user', userId: 'usr_admin', isAdmin: true } as const;
    const half = { percentBps: 5000, amount: null, validFrom: null, validUntil: null, maxRedemptions: null };
    await market.get(Promotions).create(shop.owner, shop.id, { ...half, code: 'hers', percentBps: 1000 });
    await market.get(Promotions).create(admin, null, { ...half, code: 'OURS' });
    const totals: Record<string, [bigint, bigint, number | null]> = {};
    for (const code of ['hers', 'ours']) {
      const cup = await market.goods(shop, { price: 3333n });
      const guest = await market.guest([cup, 3]);
      await market.get(Carts).applyCode(guest, code);
      const purchase = await market.begin(guest);
      const next = await market.payNext(guest, purchase.id);
      if (next.outcome !== 'pay') throw new Error(next.outcome);
      const { split } = purchase.orders[0]!;
      const session = market.emulator.engine.checkout.need(sessionIn(next.url));
      totals[code] = [split.sellerNet.amount, split.applicationFee.amount, session.amount_total];
    }
    // 99.99: 10.00 off, fee 10 % of 89.99 + 0.30. And: fee 10.30 is all that the platform can give.
    expect(totals).toEqual({ hers: [8069n, 930n, 8999], ours: [8969n, 0n, 8969] });
  });

  it('a code that may be used once is used once, however many try at the same time', async () => {
    const once = { percentBps: 1000, amount: null, validFrom: null, validUntil: null, maxRedemptions: 1 };
    await market.get(Promotions).create(shop.owner, shop.id, { ...once, code: 'FIRST' });
    const cup = await market.goods(shop, { price: 3000n, stock: 20 });
    const guests = await Promise.all(Array.from({ length: 8 }, () => market.guest([cup, 1])));
    for (const guest of guests) await market.get(Carts).applyCode(guest, 'first');
    const outcomes = await Promise.allSettled(guests.map((guest) => market.begin(guest)));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect((await market.stockOf(cup)).held).toBe(1);
  });

  it('a code leaves the cart with the purchase that used it, and each code is in the audit log', async () => {
    const tenth = { percentBps: 1000, amount: null, validFrom: null, validUntil: null, maxRedemptions: null };
    const { id } = await market.get(Promotions).create(shop.owner, shop.id, { ...tenth, code: 'TENTH' });
    const cup = await market.goods(shop, { price: 3000n });
    const guest = await market.guest([cup, 1]);
    await market.get(Carts).applyCode(guest, 'TENTH');
    const { purchase, session } = await market.atStripesPage(guest);
    expect((await market.get(Carts).view(guest)).promotion?.code).toBe('TENTH');
    await market.pay(session);
    await market.get(PayNext).comeBack({ actor: guest.actor, tokens: [guest.cartToken!] }, purchase.id);
    const cart = await market.get(Carts).view(guest);
    expect([cart.promotion, await market.get(Carts).pieces(guest)]).toEqual([null, 0]);

    for (let time = 0; time < 2; time++) await market.get(Promotions).end(shop.owner, shop.id, id);
    const noted = await market.rows(`select action from audit.entries where subject = $1 order by id`, [id]);
    expect(noted).toEqual([{ action: 'promotion.created' }, { action: 'promotion.ended' }]);
  });
});
