import type Stripe from 'stripe';
import { Browser } from '../support/browser-like.js';
import { Shop } from './billing-support.js';
import { locationOf, valueOf } from './pages-support.js';
import { Bench } from './support.js';

type Update = Stripe.BillingPortal.ConfigurationCreateParams.Features.SubscriptionUpdate;

const CARD = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };

describe('the customer portal and the invoice page', () => {
  let bench: Bench;
  let stripe: Stripe;
  let shop: Shop;
  let browser: Browser;
  beforeEach(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
    shop = new Shop(bench);
    browser = new Browser(bench.emulator.url);
  });
  afterEach(() => bench.stop());

  const enter = async (customer: string, more: Stripe.BillingPortal.SessionCreateParams = { customer }) => {
    const session = await stripe.billingPortal.sessions.create({
      ...more,
      return_url: 'https://shop.example/me',
    });
    return new URL(session.url).pathname;
  };

  it('shows subscriptions, card and invoices, and cancels with the period, or not after all', async () => {
    const customer = await shop.customer();
    const { id } = await shop.subscription({ customer, amount: 1500 });
    const path = await enter(customer);
    const page = await browser.open(path);
    for (const words of [
      'Clay club',
      '$15.00 per month',
      'Visa •••• 4242',
      '0001',
      'https://shop.example/me',
    ])
      expect(page.text).toContain(words);
    expect(locationOf(await browser.post(`${path}/subscriptions/${id}/cancel`))).toBe(
      `${path}?done=canceled`,
    );
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: true });
    expect((await browser.open(path)).text).toContain('Keep the subscription');
    await browser.post(`${path}/subscriptions/${id}/keep`);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: false });
  });

  it('takes another card, asks its bank where needed, and charges it from then on', async () => {
    const customer = await shop.customer();
    const { id } = await shop.subscription({ customer });
    const path = await enter(customer);
    const wrong = await browser.post(`${path}/card`, { ...CARD, cvc: '1' });
    expect(wrong.status).toBe(422);
    const declined = await browser.post(`${path}/card`, { ...CARD, number: '4000 0000 0000 0002' });
    expect(declined.status).toBe(402);
    const asks = await browser.post(`${path}/card`, { ...CARD, number: '4000 0025 0000 3155' });
    const challenge = new URL(locationOf(asks), bench.emulator.url).pathname;
    const back = new URL(locationOf(await browser.post(challenge, { outcome: 'complete' })));
    const after = await browser.open(back.pathname + back.search);
    expect(after.text).toContain('Your new card is in use');
    expect(after.text).toContain('•••• 3155');
    await bench.advance(31);
    expect((await shop.latest(id)).status).toBe('paid');
  });

  describe('a plan', () => {
    /** A club at $10 and a large one at $25 a month, and a year of the first at $100. */
    const plans = async (features: Partial<Update> = {}, days = 0) => {
      const [small, large] = [await shop.price(1000), await shop.price(2500)];
      const { product } = await stripe.prices.retrieve(small);
      const year = await stripe.prices.create({
        product: product as string,
        currency: 'usd',
        unit_amount: 10_000,
        recurring: { interval: 'year' },
      });
      const { product: other } = await stripe.prices.retrieve(large);
      const { id: configuration } = await stripe.billingPortal.configurations.create({
        features: {
          subscription_update: {
            enabled: true,
            default_allowed_updates: ['price', 'quantity'],
            proration_behavior: 'create_prorations',
            products: [
              { product: product as string, prices: [small, year.id] },
              {
                product: other as string,
                prices: [large],
                adjustable_quantity: { enabled: true, maximum: 5 },
              },
            ],
            ...features,
          },
        },
      });
      const customer = await shop.customer();
      const subscription = await stripe.subscriptions.create({ customer, items: [{ price: small }] });
      await bench.advance(days);
      const path = await enter(customer, { customer, configuration });
      return {
        small,
        large,
        year: year.id,
        path,
        subscription,
        at: `${path}/subscriptions/${subscription.id}`,
      };
    };

    it('is changed after its customer has seen the very figures that are charged', async () => {
      const { large, at, subscription } = await plans({}, 15);
      expect((await browser.open(`${at}/plan`)).text).toContain('$25.00 per month');
      const preview = await browser.post(`${at}/preview`, { price: large, quantity: '1' });
      // Half of a month of thirty days: 12.50 for what is left of it, 5.00 back, and 25.00 for the next one.
      for (const figure of ['−$5.00', '$12.50', '$32.50', 'Change the plan'])
        expect(preview.text).toContain(figure);
      expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
        items: { data: [{ quantity: 1, price: { unit_amount: 1000 } }] },
      });
      expect((await stripe.invoiceItems.list()).data).toEqual([]);

      const form = { price: large, quantity: '1', date: valueOf(preview, 'date')! };
      expect(locationOf(await browser.post(`${at}/plan`, form))).toContain('done=changed');
      await bench.advance(16);
      expect(await shop.latest(subscription.id)).toMatchObject({ total: 3250, status: 'paid' });
    });

    it('of another interval is charged at once, in the sum that the preview named', async () => {
      const { year, at, subscription } = await plans({}, 15);
      const preview = await browser.post(`${at}/preview`, { price: year });
      expect(preview.text).toContain('Change and pay $95.00');
      await browser.post(`${at}/plan`, { price: year, date: valueOf(preview, 'date')! });
      expect(await shop.latest(subscription.id)).toMatchObject({ total: 9500, status: 'paid' });
    });

    it('is not changed to what is not offered, to itself, in a number out of bounds, or by figures out of date', async () => {
      const { small, large, at, subscription } = await plans();
      const other = await shop.price(1);
      for (const [form, words] of [
        [{ price: other }, 'Choose one of the plans.'],
        [{ price: small }, 'This is what you have.'],
        [{ price: large, quantity: '6' }, 'from 1 to 5'],
      ] as const) {
        const answer = await browser.post(`${at}/preview`, form);
        expect(answer.status).toBe(422);
        expect(answer.text).toContain(words);
        expect((await browser.post(`${at}/plan`, { ...form, date: '1' })).status).toBe(422);
      }
      const old = await browser.post(`${at}/plan`, { price: large, quantity: '2', date: '1' });
      expect(old.text).toContain('Confirm the change');
      expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
        items: { data: [{ price: { id: small } }] },
      });
    });

    it('can not be changed where the configuration does not say so', async () => {
      const { large, at, path } = await plans({ default_allowed_updates: ['quantity'] });
      expect((await browser.post(`${at}/preview`, { price: large })).status).toBe(422);
      const closed = await plans({ enabled: false });
      expect((await browser.open(closed.path)).text).not.toContain('Change the plan');
      expect(locationOf(await browser.post(`${closed.at}/plan`, { price: closed.large }))).toBe(closed.path);
      expect(path).not.toBe(closed.path);
    });
  });

  it('pauses for as long as was chosen, charges nothing meanwhile, and goes on by itself or when told', async () => {
    const customer = await shop.customer();
    const { id } = await shop.subscription({ customer });
    const { id: configuration } = await stripe.billingPortal.configurations.create({
      features: {
        subscription_pause: {
          enabled: true,
          duration: {
            type: 'interval_options',
            interval_options: [{ interval: 'month', interval_count: 2 }],
          },
        },
      },
    });
    const at = `${await enter(customer, { customer, configuration })}/subscriptions/${id}`;
    expect((await browser.open(`${at}/pause`)).text).toContain('2 months');
    const paused = await browser.submit(`${at}/pause`, { duration: '0' });
    expect(paused.text).toContain('Your subscription is paused');
    expect(paused.text).toContain('25 Jan 2027');
    await bench.advance(35);
    expect((await shop.latest(id)).status).toBe('void');
    await bench.advance(60);
    expect(await shop.latest(id)).toMatchObject({ status: 'paid' });

    const again = `${await enter(customer, { customer, configuration })}/subscriptions/${id}`;
    await browser.post(`${again}/pause`, { duration: '0' });
    expect((await browser.submit(`${again}/resume`)).text).toContain('Your subscription goes on');
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ pause_collection: null });
  });

  it('says what canceling means, and passes on why', async () => {
    const customer = await shop.customer();
    const { id } = await shop.subscription({ customer });
    const { id: configuration } = await stripe.billingPortal.configurations.create({
      features: {
        subscription_cancel: {
          enabled: true,
          mode: 'immediately',
          cancellation_reason: { enabled: true, options: ['too_expensive', 'other'] },
        },
      },
    });
    const at = `${await enter(customer, { customer, configuration })}/subscriptions/${id}`;
    const page = await browser.open(`${at}/cancel`);
    expect(page.text).toContain('It ends at once');
    expect(page.text).not.toContain('Unused');
    await browser.post(`${at}/cancel`, { feedback: 'too_expensive' });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'canceled',
      cancellation_details: { feedback: 'too_expensive' },
    });
  });

  it('opens for its own customer’s things only, and for an hour', async () => {
    const [one, other] = [await shop.customer(), await shop.customer()];
    const { id } = await shop.subscription({ customer: other });
    const path = await enter(one);
    await browser.post(`${path}/subscriptions/${id}/cancel`);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: false });
    await bench.control('/clock/advance', { seconds: 3601 });
    expect((await browser.open(path)).status).toBe(410);
    expect((await browser.open('/p/session/bps_none')).status).toBe(410);
  });

  it('hides what the configuration does not allow', async () => {
    const customer = await shop.customer();
    const { id } = await shop.subscription({ customer });
    const { id: configuration } = await stripe.billingPortal.configurations.create({
      features: { invoice_history: { enabled: true } },
    });
    const path = await enter(customer, { customer, configuration });
    expect((await browser.open(path)).text).not.toContain('Cancel the subscription');
    await browser.post(`${path}/subscriptions/${id}/cancel`);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: false });
    expect((await browser.open(`${path}/card`)).text).not.toContain('Use this card');
  });

  it('shows an invoice to whoever has its address, and takes a card for it', async () => {
    const customer = await shop.customer(null);
    const { hosted_invoice_url: url } = await stripe.invoices.finalizeInvoice(
      (await shop.draft(customer)).id,
    );
    const { pathname } = new URL(url!);
    expect((await browser.open(pathname)).text).toContain('Pay $20.00');
    const declined = await browser.post(pathname, { ...CARD, number: '4000 0000 0000 0002' });
    expect(declined).toMatchObject({ status: 402, text: expect.stringContaining('was declined') });
    const asks = await browser.post(pathname, { ...CARD, number: '4000 0027 6000 3184' });
    const challenge = new URL(locationOf(asks), bench.emulator.url).pathname;
    const back = locationOf(await browser.post(challenge, { outcome: 'complete' }));
    expect(new URL(back).pathname).toBe(pathname);
    expect((await browser.open(pathname)).text).not.toContain('Pay $20.00');
    expect((await stripe.invoices.list({ status: 'paid' })).data).toHaveLength(1);
    expect((await browser.open(`${pathname.slice(0, -3)}abc`)).status).toBe(404);
  });
});
