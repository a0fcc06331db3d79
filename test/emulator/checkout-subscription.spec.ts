import type Stripe from 'stripe';
import { Browser } from '../support/browser-like.js';
import { Shop } from './billing-support.js';
import { locationOf, valueOf } from './pages-support.js';
import { Bench, NOON } from './support.js';

describe('checkout in subscription mode', () => {
  let bench: Bench;
  let stripe: Stripe;
  let shop: Shop;
  beforeEach(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
    shop = new Shop(bench);
  });
  afterEach(() => bench.stop());

  const open = async (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: await shop.price(1000), quantity: 2 }],
      success_url: 'https://shop.example/done?s={CHECKOUT_SESSION_ID}',
      ...more,
    });
  const done = (id: string) => stripe.checkout.sessions.retrieve(id, { expand: ['subscription', 'invoice'] });

  it('makes the customer, the subscription and its paid invoice, and names them', async () => {
    const seller = await bench.seller();
    const session = await open({
      subscription_data: {
        application_fee_percent: 10,
        transfer_data: { destination: seller },
        metadata: { order: '7' },
      },
    });
    expect(session).toMatchObject({ amount_total: 2000, subscription: null, payment_intent: null });
    expect(await bench.pay(session.id)).toMatchObject({ outcome: 'succeeded' });
    const complete = await done(session.id);
    expect(complete).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: null,
      invoice: { status: 'paid', amount_paid: 2000, billing_reason: 'subscription_create' },
      subscription: {
        status: 'active',
        metadata: { order: '7' },
        default_payment_method: expect.stringMatching(/^pm_/),
      },
    });
    expect((await bench.balance(seller)).pending).toBe(1800);
    const types = await bench.eventTypes();
    const order = ['customer.created', 'customer.subscription.created', 'invoice.created', 'invoice.paid', 'checkout.session.completed']; // prettier-ignore
    expect(order.every((type) => types.includes(type))).toBe(true);
    await bench.advance(31);
    expect(await shop.latest((complete.subscription as Stripe.Subscription).id)).toMatchObject({
      status: 'paid',
      total: 2000,
    });
  });

  it('stays open after a declined card and a failed challenge, and is one subscription in the end', async () => {
    const session = await open();
    expect(await bench.pay(session.id, '4000000000000002')).toMatchObject({ outcome: 'declined' });
    expect(await bench.pay(session.id, '4000002760003184')).toMatchObject({ outcome: 'requires_action' });
    await bench.control(`/sessions/${session.id}/authenticate`, { passed: false });
    expect((await done(session.id)).status).toBe('open');
    await bench.pay(session.id, '4000002760003184');
    await bench.control(`/sessions/${session.id}/authenticate`, { passed: true });
    expect(await done(session.id)).toMatchObject({ status: 'complete', subscription: { status: 'active' } });
    expect((await stripe.subscriptions.list({ status: 'all' })).data).toHaveLength(1);
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  it('that expires takes what was begun with it', async () => {
    const session = await open();
    await bench.pay(session.id, '4000000000000002');
    await stripe.checkout.sessions.expire(session.id);
    expect((await stripe.subscriptions.list({ status: 'all' })).data).toMatchObject([
      { status: 'incomplete_expired' },
    ]);
  });

  it('of a trial asks for the card alone, and charges it when the trial ends', async () => {
    const session = await open({ subscription_data: { trial_period_days: 7 } });
    expect(session.amount_total).toBe(0);
    await bench.pay(session.id);
    const complete = await done(session.id);
    expect(complete).toMatchObject({
      payment_status: 'no_payment_required',
      subscription: { status: 'trialing' },
    });
    await bench.advance(7.1);
    expect(await shop.latest((complete.subscription as Stripe.Subscription).id)).toMatchObject({
      status: 'paid',
      total: 2000,
    });
  });

  it('takes a coupon, a one-time fee and a price made on the spot, and shows what comes each month', async () => {
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const session = await open({
      discounts: [{ coupon: coupon.id }],
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: 'usd',
            unit_amount: 1500,
            recurring: { interval: 'month' },
            product_data: { name: 'Studio time' },
          },
        },
        { quantity: 1, price: await shop.price(500, null) },
      ],
    });
    const browser = new Browser(bench.emulator.url);
    const path = new URL(session.url!).pathname;
    const page = await browser.open(path);
    expect(page.text).toContain('per month');
    expect(page.text).toContain('Subscribe and pay $10.00');
    const card = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123', country: 'DE' };
    const paid = await browser.post(path, {
      ...card,
      method: 'card',
      email: 'jenny@example.com',
      name: 'Jenny Rosen',
      shown_total: valueOf(page, 'shown_total')!,
    });
    expect(locationOf(paid)).toBe(`https://shop.example/done?s=${session.id}`);
    const complete = await done(session.id);
    expect(complete.invoice).toMatchObject({ subtotal: 2000, total: 1000 });
    await bench.advance(31);
    expect((await shop.latest((complete.subscription as Stripe.Subscription).id)).total).toBe(1500);
  });

  it('refuses what is not for it', async () => {
    const once = await shop.price(500, null);
    await expect(open({ line_items: [{ price: once, quantity: 1 }] })).rejects.toMatchObject({
      param: 'line_items',
    });
    await expect(open({ payment_intent_data: { description: 'x' } })).rejects.toMatchObject({
      param: 'payment_intent_data',
    });
    await expect(open({ expires_at: NOON.getTime() / 1000 + 60 })).rejects.toMatchObject({
      param: 'expires_at',
    });
  });
});
