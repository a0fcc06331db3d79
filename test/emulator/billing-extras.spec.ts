import type Stripe from 'stripe';
import { Shop } from './billing-support.js';
import { at, Bench } from './support.js';

describe('credit notes, quotes and schedules', () => {
  let bench: Bench;
  let stripe: Stripe;
  let shop: Shop;
  beforeEach(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
    shop = new Shop(bench);
  });
  afterEach(() => bench.stop());

  it('a note on an open invoice takes off what is due, and gives it back when it is void', async () => {
    const invoice = await stripe.invoices.finalizeInvoice((await shop.draft(await shop.customer(), 2000)).id);
    const lines = [{ type: 'custom_line_item' as const, unit_amount: 700, quantity: 1, description: 'Late' }];
    const note = await stripe.creditNotes.create({ invoice: invoice.id, lines });
    expect(note).toMatchObject({ amount: 700, type: 'pre_payment', number: `${invoice.number}-CN-01` });
    const { data } = await stripe.creditNotes.listLineItems(note.id);
    expect(data).toEqual(note.lines.data);
    expect(data).toMatchObject([{ description: 'Late', amount: 700 }]);
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ amount_remaining: 1300 });
    expect(await stripe.creditNotes.voidCreditNote(note.id)).toMatchObject({ status: 'void' });
    await stripe.creditNotes.create({ invoice: invoice.id, lines });
    expect(await stripe.invoices.pay(invoice.id)).toMatchObject({ status: 'paid', amount_paid: 1300 });
    await expect(stripe.creditNotes.create({ invoice: invoice.id, lines })).rejects.toMatchObject({
      param: 'amount',
    });
  });

  it('a note on a paid invoice refunds the card, or becomes credit for the next one', async () => {
    const customer = await shop.customer();
    const paid = await stripe.invoices.pay((await shop.draft(customer, 2000)).id);
    const note = await stripe.creditNotes.create({
      invoice: paid.id,
      amount: 1000,
      refund_amount: 600,
      credit_amount: 400,
    });
    expect(note).toMatchObject({ type: 'post_payment', refunds: [{ amount_refunded: 600 }] });
    expect((await stripe.charges.list()).data[0]).toMatchObject({ amount_refunded: 600 });
    const next = await stripe.invoices.pay((await shop.draft(customer, 1000)).id);
    expect(next).toMatchObject({ amount_paid: 600, starting_balance: -400 });
    const { data } = await stripe.customers.listBalanceTransactions(customer);
    expect(data).toMatchObject([
      { type: 'applied_to_invoice', amount: 400, ending_balance: 0, invoice: next.id },
      { type: 'credit_note', amount: -400, ending_balance: -400, invoice: paid.id },
    ]);
  });

  it("a customer's balance is the sum of what changed it, whoever did", async () => {
    const { id } = await stripe.customers.create({ balance: -500 });
    await stripe.customers.createBalanceTransaction(id, { amount: 200, currency: 'usd' });
    expect(await stripe.customers.update(id, { balance: 1000 })).toMatchObject({ balance: 1000 });
    const { data } = await stripe.customers.listBalanceTransactions(id);
    expect(data.map(({ type, amount, ending_balance }) => [type, amount, ending_balance])).toEqual([
      ['adjustment', 1300, 1000],
      ['adjustment', 200, -300],
      ['initial', -500, -500],
    ]);
    expect(await stripe.customers.retrieveBalanceTransaction(id, data[0]!.id)).toEqual(data[0]);
    const other = await shop.customer();
    await expect(stripe.customers.retrieveBalanceTransaction(other, data[0]!.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
    await expect(stripe.customers.listBalanceTransactions('cus_none')).rejects.toMatchObject({
      code: 'resource_missing',
    });
  });

  it('a quote that is accepted becomes a subscription, and its first invoice comes an hour later', async () => {
    const customer = await shop.customer();
    const price = await shop.price(1500);
    const make = () => stripe.quotes.create({ customer, line_items: [{ price, quantity: 2 }] });
    const draft = await make();
    expect(draft).toMatchObject({ status: 'draft', amount_total: 3000 });
    const { data } = await stripe.quotes.listLineItems(draft.id);
    expect(data).toMatchObject([{ object: 'item', price: { id: price }, quantity: 2, amount_total: 3000 }]);
    const { invoice_prefix } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    expect(await stripe.quotes.finalizeQuote(draft.id)).toMatchObject({
      number: `QT-${invoice_prefix}-0001-1`,
    });
    const accepted = await stripe.quotes.accept(draft.id);
    expect(await stripe.subscriptions.retrieve(accepted.subscription as string)).toMatchObject({
      status: 'active',
    });
    await bench.advance(0.05);
    expect(await stripe.invoices.retrieve(accepted.invoice as string)).toMatchObject({ amount_paid: 3000 });
    const other = await stripe.quotes.finalizeQuote((await make()).id);
    expect(other.number).toBe(`QT-${invoice_prefix}-0002-1`);
    expect((await stripe.quotes.list({ customer })).data.map(({ id }) => id)).toEqual([other.id, draft.id]);
    await bench.advance(31);
    expect((await stripe.quotes.retrieve(other.id)).status).toBe('canceled');
  });

  it('a schedule changes its subscription from phase to phase, and lets it go at the end', async () => {
    const customer = await shop.customer();
    const price = await shop.price(1000);
    const month = { interval: 'month' as const };
    const schedule = await stripe.subscriptionSchedules.create({
      customer,
      start_date: at(1),
      phases: [
        { items: [{ price, quantity: 1 }], duration: month },
        { items: [{ price, quantity: 3 }], duration: month },
      ],
    });
    expect(schedule).toMatchObject({ status: 'not_started', subscription: null });
    await bench.advance(1.1);
    const { subscription } = await stripe.subscriptionSchedules.retrieve(schedule.id);
    const id = subscription as string;
    expect(await shop.latest(id)).toMatchObject({ status: 'paid', total: 1000 });
    await bench.advance(30.1);
    expect(await shop.latest(id)).toMatchObject({ status: 'paid', total: 3000 });
    await bench.advance(31);
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
      status: 'completed',
      released_subscription: id,
    });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active', schedule: null });
    expect(await shop.told('subscription_schedule')).toContain('subscription_schedule.expiring');
  });

  it('a schedule that is canceled ends its subscription; one that had not begun is aborted', async () => {
    const customer = await shop.customer();
    const phases = [{ items: [{ price: await shop.price() }] }];
    const [now, later] = [
      await stripe.subscriptionSchedules.create({ customer, start_date: 'now', phases }),
      await stripe.subscriptionSchedules.create({ customer, start_date: at(9), phases }),
    ];
    for (const { id } of [now, later]) await stripe.subscriptionSchedules.cancel(id);
    expect(await stripe.subscriptions.retrieve(now.subscription as string)).toMatchObject({
      status: 'canceled',
    });
    const told = (await shop.told('subscription_schedule')).map((type) => type.split('.').at(-1));
    expect(told).toContain('aborted');
    await bench.advance(40);
    expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toHaveLength(1);
  });

  it('a portal session leads to a page of its own, as the configuration allows', async () => {
    const customer = await shop.customer();
    const configuration = await stripe.billingPortal.configurations.create({
      business_profile: { headline: 'Clay & Co' },
      features: { subscription_cancel: { enabled: true, mode: 'immediately' } },
    });
    const session = await stripe.billingPortal.sessions.create({ customer, configuration: configuration.id });
    expect(session.url).toBe(`${bench.emulator.url}/p/session/${session.id}`);
    const standard = await stripe.billingPortal.sessions.create({ customer });
    expect(
      await stripe.billingPortal.configurations.retrieve(standard.configuration as string),
    ).toMatchObject({ is_default: true });
  });
});
