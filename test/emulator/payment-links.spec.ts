import type Stripe from 'stripe';
import { Browser } from '../support/browser-like.js';
import { locationOf, valueOf } from './pages-support.js';
import { Bench } from './support.js';

const CARD = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };
const FORM = { method: 'card', email: 'jenny@example.com', name: 'Jenny Rosen', country: 'US', ...CARD };

let bench: Bench;
let stripe: Stripe;
let browser: Browser;
beforeEach(async () => {
  bench = await Bench.start();
  ({ stripe } = bench);
  browser = new Browser(bench.emulator.url);
});
afterEach(() => bench.stop());

const pathOf = (url: string | null) => new URL(url!).pathname;
const send = async (path: string, change: Record<string, string> = {}) => {
  const page = await browser.open(path);
  return browser.post(path, { ...FORM, shown_total: valueOf(page, 'shown_total') ?? '', ...change });
};
/** Where a link sends its visitor: to the page of a new session. */
const visit = async (link: Stripe.PaymentLink) => {
  const answer = await fetch(link.url, { redirect: 'manual' });
  return answer.headers.get('location') ?? '';
};
const price = (unit_amount: number) =>
  stripe.prices.create({ currency: 'usd', unit_amount, product_data: { name: 'Tea cup' } });

describe('payment links', () => {
  it('make a session of their own for each visit, and say thanks in the words of the platform', async () => {
    const seller = await bench.seller();
    const link = await stripe.paymentLinks.create({
      line_items: [{ price: (await price(500)).id, quantity: 2 }],
      application_fee_amount: 100,
      transfer_data: { destination: seller },
      after_completion: {
        type: 'hosted_confirmation',
        hosted_confirmation: { custom_message: 'It is on its way.' },
      },
      metadata: { campaign: 'tea' },
    });
    const items = await stripe.paymentLinks.listLineItems(link.id);
    expect(items.data).toMatchObject([{ description: 'Tea cup', quantity: 2, amount_total: 1000 }]);
    const path = await visit(link);
    expect(await visit(link)).not.toBe(path);
    expect((await browser.open(path)).text).toContain('Tea cup');
    await send(path);
    expect((await browser.open(path)).text).toContain('It is on its way.');
    const [paid] = (await stripe.checkout.sessions.list({ payment_link: link.id, status: 'complete' })).data;
    expect(paid).toMatchObject({ payment_status: 'paid', amount_total: 1000, metadata: { campaign: 'tea' } });
    expect(await bench.balance(seller)).toMatchObject({ pending: 900 });
  });

  it('close when they are switched off, and when they have sold as often as they may', async () => {
    const line_items = [{ price: (await price(900)).id, quantity: 1 }];
    const off = await stripe.paymentLinks.create({ line_items });
    await stripe.paymentLinks.update(off.id, { active: false, inactive_message: 'Sold out until spring.' });
    const closed = await browser.open(pathOf(off.url));
    expect(closed.status).toBe(410);
    expect(closed.text).toContain('Sold out until spring.');
    const once = await stripe.paymentLinks.create({
      line_items,
      restrictions: { completed_sessions: { limit: 1 } },
      after_completion: { type: 'redirect', redirect: { url: 'https://shop.example/thanks' } },
    });
    const answer = await send(await visit(once));
    expect(locationOf(answer)).toBe('https://shop.example/thanks');
    expect((await stripe.paymentLinks.retrieve(once.id)).restrictions!.completed_sessions.count).toBe(1);
    expect((await browser.open(pathOf(once.url))).status).toBe(410);
  });
});

describe('a payment link of a recurring price', () => {
  it('starts a subscription, with the share of the seller', async () => {
    const seller = await bench.seller();
    const monthly = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1000,
      recurring: { interval: 'month' },
      product_data: { name: 'Tea club' },
    });
    const link = await stripe.paymentLinks.create({
      line_items: [{ price: monthly.id, quantity: 1 }],
      application_fee_percent: 10,
      transfer_data: { destination: seller },
    });
    await send(await visit(link));
    const [session] = (await stripe.checkout.sessions.list({ payment_link: link.id })).data;
    expect(session).toMatchObject({ mode: 'subscription', status: 'complete', payment_status: 'paid' });
    expect(await stripe.subscriptions.retrieve(session!.subscription as string)).toMatchObject({
      status: 'active',
      application_fee_percent: 10,
    });
    expect(await bench.balance(seller)).toMatchObject({ pending: 900 });
  });
});

describe('sessions that keep a payment method', () => {
  it('save a card in `setup` mode, after a challenge, without charging it', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer_creation: 'always',
      success_url: 'https://shop.example/saved',
      setup_intent_data: { metadata: { order: '7' } },
    });
    expect(session).toMatchObject({ amount_total: null, payment_status: 'no_payment_required' });
    const path = pathOf(session.url);
    expect((await browser.open(path)).text).toContain('Save payment method');
    const asked = await send(path, { number: '4000002500003155' });
    expect(locationOf(asked)).toBe(`${path}/3ds`);
    const done = await browser.post(`${path}/3ds`, { outcome: 'complete' });
    expect(locationOf(done)).toBe('https://shop.example/saved');
    const after = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    expect(after).toMatchObject({
      status: 'complete',
      payment_intent: null,
      setup_intent: {
        status: 'succeeded',
        metadata: { order: '7' },
        payment_method: { card: { last4: '3155' } },
      },
    });
    const { data } = await stripe.customers.listPaymentMethods(after.customer as string);
    expect(data).toHaveLength(1);
    expect((await stripe.charges.list()).data).toEqual([]);
  });

  it('say in `setup` mode why a card was refused', async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      success_url: 'https://shop.example/saved',
    });
    const refused = await send(pathOf(session.url), { number: '4000000000000002' });
    expect(refused.status).toBe(402);
    expect(refused.text).toContain('Your card was declined.');
  });

  it('show a returning customer the card that they asked to keep, and only that', async () => {
    const customer = (await stripe.customers.create({ email: 'ada@example.com' })).id;
    const params = { customer, saved_payment_method_options: { payment_method_save: 'enabled' as const } };
    await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
    const first = await bench.session({ params });
    await send(pathOf(first.url), { save: 'yes' });
    const path = pathOf((await bench.session({ params })).url);
    const page = await browser.open(path);
    expect(page.text).toContain('Visa ending in 4242');
    expect(page.text).not.toContain('ending in 4444');
    const [kept] = (await stripe.customers.listPaymentMethods(customer, { allow_redisplay: 'always' })).data;
    const paid = await browser.post(path, {
      method: `saved:${kept!.id}`,
      email: 'ada@example.com',
      shown_total: valueOf(page, 'shown_total')!,
    });
    expect(paid.status).toBe(303);
    const charges = await stripe.charges.list({ customer });
    expect(charges.data.map((charge) => charge.payment_method)).toEqual([kept!.id, kept!.id]);
    const stranger = pathOf((await bench.session()).url);
    const tried = await send(stranger, { method: `saved:${kept!.id}`, number: '' });
    expect(tried.status).toBe(422);
  });

  it('carry a client secret instead of an address when the platform shows them itself', async () => {
    const inside = { ui_mode: 'embedded_page', return_url: 'https://shop.example/back' } as const;
    const line_items = [{ price: (await price(900)).id, quantity: 1 }];
    const session = await stripe.checkout.sessions.create({ mode: 'payment', line_items, ...inside });
    expect(session).toMatchObject({ url: null, ui_mode: 'embedded_page', redirect_on_completion: 'always' });
    expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_`));
    const wrong = { mode: 'payment', line_items, success_url: 'https://shop.example/ok', ...inside } as const;
    await expect(stripe.checkout.sessions.create(wrong)).rejects.toThrow('success_url');
    const recurring = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 900,
      recurring: { interval: 'month' },
      product_data: { name: 'Tea club' },
    });
    await expect(
      stripe.checkout.sessions.create({
        mode: 'payment',
        line_items: [{ price: recurring.id, quantity: 1 }],
        ...inside,
      }),
    ).rejects.toThrow('recurring price');
  });

  it('authorise first where the platform captures later', async () => {
    const session = await bench.session({ params: { payment_intent_data: { capture_method: 'manual' } } });
    await bench.pay(session.id);
    const held = await stripe.checkout.sessions.retrieve(session.id);
    expect(held).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    await stripe.paymentIntents.capture(held.payment_intent as string);
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
  });
});
