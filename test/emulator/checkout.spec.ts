import type Stripe from 'stripe';
import { Bench, NOON } from './support.js';

describe('checkout sessions', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.stop());

  it('adds lines, shipping and coupon up', async () => {
    const coupon = await bench.stripe.coupons.create({ percent_off: 10, duration: 'once' });
    const session = await bench.session({
      amount: 1005,
      params: {
        discounts: [{ coupon: coupon.id }],
        shipping_options: [
          {
            shipping_rate_data: {
              display_name: 'Post',
              type: 'fixed_amount',
              fixed_amount: { amount: 500, currency: 'usd' },
            },
          },
        ],
        metadata: { order: 'o1' },
        payment_intent_data: { metadata: { order: 'o1' } },
      },
    });
    expect(session).toMatchObject({
      amount_subtotal: 1005,
      amount_total: 1005 - 101 + 500,
      total_details: { amount_discount: 101, amount_shipping: 500, amount_tax: 0 },
      url: `${bench.emulator.url}/c/pay/${session.id}`,
      status: 'open',
      metadata: { order: 'o1' },
    });
    const expand = ['shipping_options.shipping_rate', 'shipping_cost.shipping_rate'];
    expect(await bench.stripe.checkout.sessions.retrieve(session.id, { expand })).toMatchObject({
      shipping_options: [{ shipping_amount: 500, shipping_rate: { display_name: 'Post' } }],
      shipping_cost: { amount_total: 500, shipping_rate: { object: 'shipping_rate' } },
    });
    const [option] = session.shipping_options;
    expect(await bench.stripe.shippingRates.retrieve(option!.shipping_rate as string)).toMatchObject({
      display_name: 'Post',
      fixed_amount: { amount: 500, currency: 'usd' },
    });
    const renamed = await bench.stripe.checkout.sessions.update(session.id, {
      metadata: { order: '', basket: 'b1' },
    });
    // What is told of the session is not told of its payment.
    expect(renamed.metadata).toEqual({ basket: 'b1' });
    await bench.pay(session.id);
    const { data } = await bench.stripe.charges.list();
    expect(data[0]).toMatchObject({ amount: 1404, metadata: { order: 'o1' } });
  });

  it('keeps yen whole', async () => {
    const session = await bench.session({ amount: 1200, currency: 'jpy' });
    await bench.pay(session.id);
    const [transaction] = await bench.transactions(bench.platform);
    expect(transaction).toMatchObject({ amount: 1200, fee: 43, net: 1157, currency: 'jpy' });
  });

  it('expires by the clock and by call, and a payment intent with it', async () => {
    const soon = Math.floor(NOON.getTime() / 1000) + 1800;
    const timed = await bench.session({ params: { expires_at: soon } });
    await bench.pay(timed.id, '4000000000000002');
    const called = await bench.session();
    expect(await bench.stripe.checkout.sessions.expire(called.id)).toMatchObject({
      status: 'expired',
      url: null,
    });
    await expect(bench.stripe.checkout.sessions.expire(called.id)).rejects.toMatchObject({ statusCode: 400 });
    await bench.control('/clock/advance', { seconds: 1801 });
    const expired = await bench.stripe.checkout.sessions.retrieve(timed.id, { expand: ['payment_intent'] });
    expect(expired).toMatchObject({ status: 'expired', payment_intent: { status: 'canceled' } });
    await expect(bench.pay(timed.id)).rejects.toThrow('expired');
    const types = (await bench.eventTypes()).filter((type) => type === 'checkout.session.expired');
    expect(types).toHaveLength(2);
  });

  it('keeps expiry between 30 minutes and 24 hours', async () => {
    const at = (seconds: number) => Math.floor(NOON.getTime() / 1000) + seconds;
    await expect(bench.session({ params: { expires_at: at(600) } })).rejects.toMatchObject({
      param: 'expires_at',
    });
    await expect(bench.session({ params: { expires_at: at(90_000) } })).rejects.toMatchObject({
      param: 'expires_at',
    });
  });

  it('takes one payment, however often it is paid', async () => {
    const session = await bench.session();
    const results = await Promise.allSettled([1, 2, 3].map(() => bench.pay(session.id)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect((await bench.stripe.charges.list()).data).toHaveLength(1);
  });

  it('sends separate transfers up to what a charge brought, and no further', async () => {
    const seller = await bench.seller();
    const charge = await bench.sale({ amount: 1000 });
    const send = (amount: number): Promise<Stripe.Transfer> =>
      bench.stripe.transfers.create({
        amount,
        currency: 'usd',
        destination: seller,
        source_transaction: charge.id,
      });
    await send(600);
    await expect(send(401)).rejects.toMatchObject({ statusCode: 400 });
    await send(400);
    expect(await bench.balance(seller)).toEqual({ pending: 1000, available: 0 });
    await expect(
      bench.stripe.transfers.create({ amount: 100, currency: 'usd', destination: seller }),
    ).rejects.toMatchObject({ code: 'balance_insufficient' });
  });
});
