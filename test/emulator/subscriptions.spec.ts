import type Stripe from 'stripe';
import { Shop } from './billing-support.js';
import { at, Bench } from './support.js';

describe('subscriptions', () => {
  let bench: Bench;
  let stripe: Stripe;
  let shop: Shop;
  beforeEach(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
    shop = new Shop(bench);
  });
  afterEach(() => bench.stop());

  it('are paid as they begin, and again each month, an hour after their invoice is drafted', async () => {
    const { id } = await shop.subscription({ amount: 1500 });
    expect(await shop.latest(id)).toMatchObject({
      status: 'paid',
      billing_reason: 'subscription_create',
      amount_paid: 1500,
      lines: { data: [{ description: '1 × Clay club (at $15.00 / month)', amount: 1500 }] },
    });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'active',
      items: { data: [{ current_period_start: at(0), current_period_end: at(30) }] },
    });
    const told = (await shop.told('customer.subscription')).map((type) => type.split('.').at(-1));
    expect(told).toEqual(['created', 'updated']);
    await bench.advance(30);
    const draft = await shop.latest(id);
    expect(draft).toMatchObject({ status: 'draft', billing_reason: 'subscription_cycle', total: 1500 });
    await bench.advance(1 / 24);
    expect(await shop.latest(id)).toMatchObject({ id: draft.id, status: 'paid' });
    expect(await shop.told('invoice')).toContain('invoice.upcoming');
  });

  it('begin on the 31st and come back to it after February', async () => {
    await bench.control('/clock/set', { now: '2026-12-31T10:00:00Z' });
    const { id } = await shop.subscription();
    const ends: string[] = [];
    for (const _ of [1, 2, 3]) {
      const subscription = await stripe.subscriptions.retrieve(id);
      const end = new Date(subscription.items.data[0]!.current_period_end * 1000).toISOString();
      ends.push(end.slice(0, 10));
      await bench.control('/clock/set', { now: new Date(Date.parse(end) + 7200_000).toISOString() });
    }
    expect(ends).toEqual(['2027-01-31', '2027-02-28', '2027-03-31']);
  });

  it('send each charge to a seller and the platform its percentage; a draft may say otherwise', async () => {
    const seller = await bench.seller();
    const { id } = await shop.subscription({
      amount: 1000,
      application_fee_percent: 12.35,
      transfer_data: { destination: seller },
    });
    const charges = async () => (await stripe.charges.list()).data.map((one) => one.application_fee_amount);
    expect(await charges()).toEqual([124]);
    await bench.advance(30);
    await stripe.invoices.update((await shop.latest(id)).id, { application_fee_amount: 300 });
    await bench.advance(1 / 24);
    expect(await charges()).toEqual([300, 124]);
    const balance = await bench.balance(seller);
    expect(balance.pending + balance.available).toBe(1000 - 300);
  });

  it('wait for their first payment, and are active once the customer has confirmed it', async () => {
    const created = await shop.subscription({
      card: null,
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
      expand: ['latest_invoice.confirmation_secret'],
    });
    expect(created.status).toBe('incomplete');
    const { confirmation_secret: secret } = created.latest_invoice as Stripe.Invoice;
    await stripe.paymentIntents.confirm(secret!.client_secret.split('_secret')[0]!, {
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.example',
    });
    const active = await stripe.subscriptions.retrieve(created.id);
    expect(active).toMatchObject({ status: 'active', default_payment_method: expect.stringMatching(/^pm_/) });
    await bench.advance(31);
    expect(await shop.latest(created.id)).toMatchObject({ status: 'paid', total: 1000 });
  });

  it('that nobody pays for within 23 hours are over, and their invoice is void', async () => {
    const { id } = await shop.subscription({ card: null, payment_behavior: 'default_incomplete' });
    await bench.advance(22 / 24);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('incomplete');
    await bench.advance(1 / 24);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('incomplete_expired');
    expect((await shop.latest(id)).status).toBe('void');
    await bench.advance(40);
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  });

  it('of a card that is declined are incomplete, or not there at all when that was asked', async () => {
    const customer = await shop.customer('chargeCustomerFail');
    expect(await shop.subscription({ customer })).toMatchObject({ status: 'incomplete' });
    await expect(
      shop.subscription({ customer, payment_behavior: 'error_if_incomplete' }),
    ).rejects.toMatchObject({ code: 'card_declined' });
    expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toHaveLength(1);
    await expect(shop.subscription({ card: null })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('cost nothing while they are tried, tell that the trial ends, and then begin', async () => {
    const { id } = await shop.subscription({ trial_period_days: 7 });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'trialing', trial_end: at(7) });
    expect(await shop.latest(id)).toMatchObject({ status: 'paid', total: 0 });
    await bench.advance(4);
    expect(await shop.told('customer.subscription')).toContain('customer.subscription.trial_will_end');
    await bench.advance(3.1);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: 'active',
      items: { data: [{ current_period_start: at(7) }] },
    });
    expect(await shop.latest(id)).toMatchObject({ status: 'paid', total: 1000 });
  });

  it('pause at a trial’s end without a card, and go on when they are resumed', async () => {
    const customer = await shop.customer(null);
    const { id } = await shop.subscription({
      customer,
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    await bench.advance(8);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('paused');
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    expect(await stripe.subscriptions.resume(id)).toMatchObject({ status: 'active' });
    expect(await shop.latest(id)).toMatchObject({ status: 'paid', total: 1000 });
    const told = await shop.told('customer.subscription');
    expect(told).toContain('customer.subscription.paused');
    expect(told.at(-1)).toBe('customer.subscription.resumed');
  });

  it('credit what is not used and charge what is left when they change, to the second', async () => {
    const { id, items } = await shop.subscription({ amount: 3000 });
    await bench.advance(10);
    const price = await shop.price(6000);
    const change = { items: [{ id: items.data[0]!.id, price }] };
    await stripe.subscriptions.update(id, change);
    const waiting = await stripe.invoiceItems.list({ pending: true });
    expect(waiting.data.map((item) => [item.amount, item.proration])).toEqual([
      [4000, true],
      [-2000, true],
    ]);
    await bench.advance(20.1);
    expect(await shop.latest(id)).toMatchObject({ status: 'paid', total: 6000 + 2000, amount_paid: 8000 });
    const many = { items: [{ id: items.data[0]!.id, quantity: 2 }] };
    await stripe.subscriptions.update(id, { ...many, proration_behavior: 'always_invoice' });
    const bill = await shop.latest(id);
    expect(bill).toMatchObject({ status: 'paid', billing_reason: 'subscription_update' });
    expect(bill.total).toBeGreaterThan(5900);
    await stripe.subscriptions.update(id, { ...change, proration_behavior: 'none' });
    expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  });

  it('end at once, or with their period, and ask for nothing more', async () => {
    const [now, later] = [await shop.subscription(), await shop.subscription()];
    expect(await stripe.subscriptions.cancel(now.id)).toMatchObject({ status: 'canceled', ended_at: at(0) });
    const planned = await stripe.subscriptions.update(later.id, { cancel_at_period_end: true });
    expect(planned).toMatchObject({ status: 'active', cancel_at: at(30), canceled_at: at(0) });
    await bench.advance(31);
    expect(await stripe.subscriptions.retrieve(later.id)).toMatchObject({
      status: 'canceled',
      ended_at: at(30),
    });
    await bench.advance(60);
    expect((await stripe.charges.list()).data).toHaveLength(2);
    await expect(stripe.subscriptions.update(now.id, { description: 'x' })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it.each([
    ['cancel', 'canceled'],
    ['unpaid', 'unpaid'],
    ['keep', 'past_due'],
  ])('of a card that fails later are past due, and after the last try: %s', async (after_retries, status) => {
    await bench.control('/billing', { after_retries });
    const customer = await shop.customer();
    const { id } = await shop.subscription({ customer });
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    await bench.advance(31);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
    await bench.advance(16);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
    if (status === 'canceled') return;
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.invoices.pay((await shop.latest(id)).id, { payment_method: good.id });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  });

  it('keep a draft that says why, and the clock goes on, when their seller may not be paid any more', async () => {
    const seller = await bench.seller();
    const { id } = await shop.subscription({ transfer_data: { destination: seller } });
    await bench.control(`/accounts/${seller}/restrict`, {});
    await bench.advance(31);
    expect(await shop.latest(id)).toMatchObject({
      status: 'draft',
      last_finalization_error: { type: 'invalid_request_error' },
    });
    expect(await shop.told('invoice')).toContain('invoice.finalization_failed');
    await bench.advance(31);
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  it('end with their customer', async () => {
    const customer = await shop.customer();
    const { id } = await shop.subscription({ customer });
    const open = await stripe.invoices.finalizeInvoice((await shop.draft(customer)).id);
    await stripe.customers.del(customer);
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('canceled');
    expect((await stripe.invoices.retrieve(open.id)).status).toBe('void');
    await bench.advance(60);
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  it('write off, void or keep what falls due while collection is paused', async () => {
    const { id } = await shop.subscription();
    const total = async () => (await stripe.charges.list()).data.length;
    for (const [behavior, status] of [
      ['void', 'void'],
      ['mark_uncollectible', 'uncollectible'],
      ['keep_as_draft', 'draft'],
    ] as const) {
      await stripe.subscriptions.update(id, { pause_collection: { behavior } });
      await bench.advance(31);
      expect((await shop.latest(id)).status).toBe(status);
    }
    expect(await total()).toBe(1);
    await stripe.subscriptions.update(id, { pause_collection: '' });
    await bench.advance(31);
    expect(await total()).toBe(2);
  });

  it('show what the next invoice will say without making it', async () => {
    const coupon = await stripe.coupons.create({
      percent_off: 50,
      duration: 'repeating',
      duration_in_months: 1,
    });
    const { id } = await shop.subscription({ discounts: [{ coupon: coupon.id }] });
    expect((await shop.latest(id)).total).toBe(500);
    const count = (await bench.eventTypes()).length;
    const preview = await stripe.invoices.createPreview({ subscription: id });
    expect(preview).toMatchObject({ status: 'draft', total: 500 });
    expect(preview.id).toMatch(/^upcoming_in_/);
    expect(await bench.eventTypes()).toHaveLength(count);
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
    await bench.advance(31);
    expect((await shop.latest(id)).total).toBe(1000);
  });
});
