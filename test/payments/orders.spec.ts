import { Fees } from '#fees';
import { type Actor, Money } from '#kernel';
import { OrderLists, OrderPayments, Orders, type OrderView, Shipping } from '#orders';
import { PaymentAttention } from '#payments';
import { Transactions } from '#platform';
import { StripeApi } from '#stripe';
import { Market } from './market.js';

const admin: Actor = { kind: 'user', userId: 'usr_admin', isAdmin: true };

describe('orders and what is paid for them', () => {
  let market: Market;
  let shop: Awaited<ReturnType<Market['shop']>>;

  beforeAll(async () => {
    market = await Market.open();
    shop = await market.shop('Redfern Pottery');
  });
  afterAll(() => market.close());

  const orderOf = async (id: string) => (await market.get(Orders).byId(id))!;
  const attentionTo = async (orderId: string) =>
    (await market.get(PaymentAttention).open()).items
      .filter((item) => item.orderId === orderId)
      .map((i) => i.kind);

  async function paid(price = 2500n): Promise<OrderView> {
    const bowl = await market.goods(shop, { price });
    const { orderId, session } = await market.atStripesPage(await market.guest([bowl, 1]));
    await market.pay(session);
    await market.news(session);
    return orderOf(orderId);
  }

  it('a member ships a paid order and corrects the number; a stranger and an unpaid order are refused', async () => {
    const order = await paid();
    const shipping = market.get(Shipping);
    const parcel = { carrier: 'DHL', trackingNumber: '00340434161094021501' };
    await expect(shipping.ship(await market.person(), shop.id, order.id, parcel)).rejects.toThrow();
    const shipped = await shipping.ship(shop.owner, shop.id, order.id, parcel);
    expect([shipped.status, shipped.trackingNumber]).toEqual(['shipped', parcel.trackingNumber]);
    const again = await shipping.ship(shop.owner, shop.id, order.id, { ...parcel, trackingNumber: '1' });
    expect([again.trackingNumber, again.shippedAt]).toEqual(['1', shipped.shippedAt]);

    const bowl = await market.goods(shop, { price: 2500n });
    const unpaid = (await market.begin(await market.guest([bowl, 1]))).orders[0]!;
    await expect(shipping.ship(shop.owner, shop.id, unpaid.id, parcel)).rejects.toMatchObject({
      code: 'state_conflict',
    });
  });

  it('one seller sees nothing of another’s orders', async () => {
    const order = await paid();
    const other = await market.shop('Falz und Faden');
    await expect(market.get(Orders).orderForSeller(other.owner, other.id, order.id)).rejects.toMatchObject({
      code: 'order_not_found',
    });
    await expect(market.get(Orders).orderForSeller(other.owner, shop.id, order.id)).rejects.toThrow();
    await expect(market.get(OrderLists).pageForSeller(other.owner, shop.id, {})).rejects.toThrow();
  });

  it('pages go forth and back without missing or repeating an order', async () => {
    const mine = await market.shop('Hive and Wick');
    const candle = await market.goods(mine, { price: 1900n, stock: 50 });
    const placed: string[] = [];
    for (let i = 0; i < 7; i++)
      placed.push((await market.begin(await market.guest([candle, 1]))).orders[0]!.id);
    const lists = market.get(OrderLists);
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let i = 0; i < 3; i++) {
      const page = await lists.pageForSeller(mine.owner, mine.id, { limit: 3, cursor });
      seen.push(...page.items.map((order) => order.id));
      cursor = page.next ?? undefined;
    }
    expect(cursor).toBeUndefined();
    expect(seen).toEqual(placed.toReversed());
  });

  it('a refund sets what was given back, never adds to it; unshipped goods return once', async () => {
    const order = await paid();
    const payments = market.get(OrderPayments);
    const set = (amount: bigint) =>
      market.get(Transactions).run(() => payments.markRefunded(order.id, Money.of(amount, 'eur')));
    await set(1000n);
    await set(1000n);
    expect([(await orderOf(order.id)).status, (await orderOf(order.id)).refunded.amount]).toEqual([
      'paid',
      1000n,
    ]);
    await set(2500n);
    await set(2500n);
    expect((await orderOf(order.id)).status).toBe('refunded');
    expect((await market.stockOf(order.lines[0]!.variantId)).on_hand).toBe(10);
    await expect(set(2501n)).rejects.toThrow();
    // The bank sent the last refund back.
    await set(1000n);
    expect((await orderOf(order.id)).status).toBe('paid');
  });

  it('a charge of another amount than the order’s is paid and told to an admin', async () => {
    const bowl = await market.goods(shop, { price: 2500n });
    const { orderId, session } = await market.atStripesPage(await market.guest([bowl, 1]));
    await market.rows(
      `update orders.orders set shipping_amount = shipping_amount + 100, charged_amount = charged_amount + 100,
         seller_net_amount = seller_net_amount + 100 where id = $1`,
      [orderId],
    );
    await market.pay(session);
    await market.news(session);
    expect((await orderOf(orderId)).status).toBe('paid');
    expect(await attentionTo(orderId)).toEqual(['amount_differs']);
  });

  it('a second payment of one order changes nothing about the first, and is marked to go back', async () => {
    const order = await paid();
    const [first] = await market.rows<{ id: string; stripe_session: string }>(
      `select id, stripe_session from payments.checkout_sessions where order_id = $1`,
      [order.id],
    );
    const [attempt] = await market.rows<{ request: { metadata: object } }>(
      `select request from stripe.attempts where subject_id = $1`,
      [first!.id],
    );
    const metadata = { ...attempt!.request.metadata, attempt: 'cks_second' };
    const second = await market
      .get(StripeApi)
      .sdk.checkout.sessions.create({ ...attempt!.request, metadata });
    await market.rows(
      `insert into payments.checkout_sessions (id, order_id, purchase_id, seller_id, status, amount, currency, expires_at)
       select 'cks_second', order_id, purchase_id, seller_id, 'open', amount, currency, expires_at
       from payments.checkout_sessions where id = $1`,
      [first!.id],
    );
    await market.pay(second.id);
    await market.news(second.id);
    await market.news(first!.stripe_session);
    expect((await orderOf(order.id)).chargeId).toBe(order.chargeId);
    expect(await attentionTo(order.id)).toEqual(['paid_twice']);
  });

  it('a new fee rule is for the future: what was sold keeps the rule it was sold under', async () => {
    const before = await paid();
    const fees = market.get(Fees);
    const rule = {
      currency: 'eur',
      percentBps: 2000,
      fixed: Money.of(0n, 'eur'),
      validFrom: null,
      note: 'Higher',
    };
    await expect(fees.create(shop.owner, rule)).rejects.toMatchObject({ code: 'admin_only' });
    await fees.create(admin, rule);
    const after = await paid();
    expect([before.split.applicationFee.amount, after.split.applicationFee.amount]).toEqual([280n, 500n]);
    expect((await orderOf(before.id)).feeRule.percentBps).toBe(1000);
    const states = (await fees.page({ currency: 'eur' })).items.map((item) => item.state);
    expect(states).toEqual(['in_force', 'past']);
    const [entry] = await market.rows(`select action from audit.entries where action = 'fee_rule.created'`);
    expect(entry).toBeDefined();
  });
});
