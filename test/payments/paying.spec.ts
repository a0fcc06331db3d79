import { Orders } from '#orders';
import { Payments } from '#payments';
import { eventually } from '../support/eventually.js';
import { Market } from './market.js';

describe('a buyer pays one seller', () => {
  let market: Market;
  let shop: Awaited<ReturnType<Market['shop']>>;

  beforeAll(async () => {
    market = await Market.open();
    shop = await market.shop('Redfern Pottery');
  });
  afterAll(() => market.close());

  const orderOf = async (id: string) => (await market.get(Orders).byId(id))!;

  it('cart, session, paid: charged = seller net + application fee, every id pinned, stock gone, cart empty', async () => {
    const bowl = await market.goods(shop, { price: 2500n, stock: 3, shipping: 490n });
    const guest = await market.guest([bowl, 2]);
    const { purchase, orderId, session } = await market.atStripesPage(guest);
    expect(await market.stockOf(bowl)).toEqual({ on_hand: 3, held: 2 });
    expect(purchase.state).toBe('open');

    await market.pay(session);
    await market.news(session);

    const order = await orderOf(orderId);
    expect(order.status).toBe('paid');
    expect(order.split.charged.amount).toBe(5490n);
    expect(order.split.applicationFee.amount).toBe(579n); // 10 % of 54.90 + 0.30
    expect(order.split.sellerNet.amount).toBe(4911n);
    expect(order.chargeId).toMatch(/^ch_/);
    expect(order.transferId).toMatch(/^tr_/);
    expect(order.destinationPaymentId).toMatch(/^py_/);
    expect(order.applicationFeeId).toMatch(/^fee_/);
    expect(await market.stockOf(bowl)).toEqual({ on_hand: 1, held: 0 });
    await eventually(async () => {
      const items = await market.rows(`select from checkout.cart_items where variant_id = $1`, [bowl]);
      expect(items).toHaveLength(0);
    });
  });

  it('a declined card releases nothing, is told, and the same page can be paid', async () => {
    const cup = await market.goods(shop, { price: 1800n, stock: 1 });
    const { orderId, session } = await market.atStripesPage(await market.guest([cup, 1]));
    await market.pay(session, '4000000000009995');
    await market.news(session);
    expect((await orderOf(orderId)).status).toBe('awaiting_payment');
    expect((await market.get(Payments).sessionOf(orderId))?.decline?.code).toBe('insufficient_funds');
    expect(await market.stockOf(cup)).toEqual({ on_hand: 1, held: 1 });

    await market.pay(session);
    await market.news(session);
    expect((await orderOf(orderId)).status).toBe('paid');
    expect((await market.get(Payments).sessionOf(orderId))?.decline).toBeNull();
  });
});
