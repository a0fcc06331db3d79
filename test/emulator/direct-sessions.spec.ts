import type Stripe from 'stripe';
import { Bench } from './support.js';

describe('a Checkout Session in a connected account', () => {
  let bench: Bench;
  let stripe: Stripe;
  let account: string;
  let on: { stripeAccount: string };
  beforeAll(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
    account = await bench.merchant('account');
    await stripe.accounts.update(account, { business_profile: { name: 'Kiln & Daughters' } });
    on = { stripeAccount: account };
  });
  afterAll(() => bench.stop());

  const open = (params: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create(
      {
        mode: 'payment',
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'usd', unit_amount: 10_000, product_data: { name: 'Jug' } },
          },
        ],
        payment_intent_data: { application_fee_amount: 1000 },
        success_url: 'https://shop.example/done',
        cancel_url: 'https://shop.example/cart',
        ...params,
      },
      on,
    );
  const page = async (path: string, form?: Record<string, string>) => {
    const answer = await fetch(`${bench.emulator.url}${path}`, {
      redirect: 'manual',
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    return { status: answer.status, body: await answer.text(), to: answer.headers.get('location') };
  };
  const buyer = {
    email: 'ada@example.com',
    name: 'Ada Buyer',
    country: 'US',
    method: 'card',
    number: '4242 4242 4242 4242',
    expiry: '12 / 34',
    cvc: '123',
    shipping_option: '0',
    shown_total: '10000',
  };

  it("is paid on the hosted page to the account itself, less both fees, and is nobody else's", async () => {
    const session = await open();
    const path = new URL(session.url!).pathname;
    const { body } = await page(path);
    expect(body).toContain('Jug');
    expect(await page(path, buyer)).toMatchObject({ status: 303, to: 'https://shop.example/done' });
    const paid = await stripe.checkout.sessions.retrieve(
      session.id,
      { expand: ['payment_intent.latest_charge'] },
      on,
    );
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid' });
    const intent = paid.payment_intent as Stripe.PaymentIntent;
    const charge = intent.latest_charge as Stripe.Charge;
    expect(intent).toMatchObject({ application: expect.stringMatching(/^ca_/) as string });
    expect(charge).toMatchObject({ application: intent.application, application_fee_amount: 1000 });
    const { pending } = await bench.balance(account);
    expect(pending).toBe(10_000 - 320 - 1000);
    await expect(stripe.checkout.sessions.retrieve(session.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
    expect((await stripe.checkout.sessions.list({}, on)).data.map(({ id }) => id)).toContain(session.id);
    const { data } = await stripe.checkout.sessions.listLineItems(session.id, {}, on);
    expect(data).toMatchObject([{ description: 'Jug', amount_total: 10_000 }]);
    expect(await bench.eventTypes(account)).toEqual(
      expect.arrayContaining(['payment_intent.created', 'checkout.session.completed', 'charge.updated']),
    );
    expect(await bench.eventTypes()).not.toContain('checkout.session.completed');
  });

  it('is in the list of payments on the dashboard, with what it moved and a way to dispute it', async () => {
    const session = await open();
    await bench.pay(session.id);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id, {}, on);
    const listed = await page('/dashboard/payments');
    expect(listed.body).toContain(`/dashboard/payments/${payment_intent as string}`);
    expect((await page('/')).body).toContain(`/dashboard/payments/${payment_intent as string}`);
    const one = await page(`/dashboard/payments/${payment_intent as string}`);
    expect(one.body).toContain("On the account's balance");
    expect(one.body).toContain(session.id);
    expect(one.body).toContain(`/dashboard/accounts/${account}`);
    const { to } = await page(`/dashboard/payments/${payment_intent as string}/dispute`, {
      reason: 'fraudulent',
    });
    expect(to).toContain(`/dashboard/disputes/${account}/`);
    expect((await page(to!)).status).toBe(200);
  });

  it('knows the customers, prices and coupons of its account alone', async () => {
    const customer = await stripe.customers.create({ email: 'bob@example.com' }, on);
    const price = await stripe.prices.create(
      { currency: 'usd', unit_amount: 4000, product_data: { name: 'Mug' } },
      on,
    );
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'once' }, on);
    const given = {
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      discounts: [{ coupon: coupon.id }],
    };
    const session = await open(given);
    expect(session).toMatchObject({ amount_total: 3000, customer: customer.id });
    await expect(
      stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://shop.example', ...given }),
    ).rejects.toMatchObject({ code: 'resource_missing' });
    const expired = await stripe.checkout.sessions.expire(session.id, {}, on);
    expect(expired.status).toBe('expired');
  });

  it('asks for 3-D Secure, keeps cards, and begins subscriptions there', async () => {
    const challenged = await open();
    expect(await bench.pay(challenged.id, '4000002760003184')).toMatchObject({ outcome: 'requires_action' });
    await bench.control(`/sessions/${challenged.id}/authenticate`, { passed: true });
    expect(await stripe.checkout.sessions.retrieve(challenged.id, {}, on)).toMatchObject({
      payment_status: 'paid',
    });
    const setup = await stripe.checkout.sessions.create(
      { mode: 'setup', currency: 'usd', success_url: 'https://shop.example' },
      on,
    );
    await bench.pay(setup.id);
    const kept = await stripe.checkout.sessions.retrieve(setup.id, { expand: ['setup_intent'] }, on);
    expect(kept.setup_intent).toMatchObject({ status: 'succeeded' });
    const monthly = await stripe.checkout.sessions.create(
      {
        mode: 'subscription',
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: 'usd',
              unit_amount: 2000,
              recurring: { interval: 'month' },
              product_data: { name: 'Clay by post' },
            },
          },
        ],
        subscription_data: { application_fee_percent: 10 },
        success_url: 'https://shop.example',
      },
      on,
    );
    await bench.pay(monthly.id);
    const begun = await stripe.checkout.sessions.retrieve(monthly.id, { expand: ['subscription'] }, on);
    expect(begun.subscription).toMatchObject({ status: 'active', application_fee_percent: 10 });
  });

  it('is refused to an account that nobody can pay', async () => {
    const seller = await bench.seller();
    await expect(
      stripe.checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [
            { quantity: 1, price_data: { currency: 'usd', unit_amount: 500, product_data: { name: 'x' } } },
          ],
          success_url: 'https://shop.example',
        },
        { stripeAccount: seller },
      ),
    ).rejects.toMatchObject({ code: 'account_invalid' });
  });

  it('of the platform shows the business that it is paid on behalf of, which must be able to charge', async () => {
    const session = await bench.session({
      params: { payment_intent_data: { on_behalf_of: account, transfer_data: { destination: account } } },
    });
    const { display_name } = await stripe.v2.core.accounts.retrieve(account);
    expect((await page(new URL(session.url!).pathname)).body).toContain(display_name!.replace('&', '&amp;'));
    await bench.pay(session.id);
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(paid.payment_intent).toMatchObject({ on_behalf_of: account });
    const seller = await bench.seller();
    await expect(
      bench.session({ params: { payment_intent_data: { on_behalf_of: seller } } }),
    ).rejects.toMatchObject({ code: 'account_invalid' });
  });
});
