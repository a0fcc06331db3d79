import type Stripe from 'stripe';
import { Browser } from '../support/browser-like.js';
import { Shop } from './billing-support.js';
import { locationOf } from './pages-support.js';
import { Bench } from './support.js';

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
    expect(locationOf(await browser.post(`${path}/cancel`, { subscription: id }))).toBe(
      `${path}?done=canceled`,
    );
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: true });
    expect((await browser.open(path)).text).toContain('Keep the subscription');
    await browser.post(`${path}/keep`, { subscription: id });
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

  it('opens for its own customer’s things only, and for an hour', async () => {
    const [one, other] = [await shop.customer(), await shop.customer()];
    const { id } = await shop.subscription({ customer: other });
    const path = await enter(one);
    await browser.post(`${path}/cancel`, { subscription: id });
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
    await browser.post(`${path}/cancel`, { subscription: id });
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
