import type Stripe from 'stripe';
import { Shop } from './billing-support.js';
import { Bench } from './support.js';

describe('invoices', () => {
  let bench: Bench;
  let stripe: Stripe;
  let shop: Shop;
  beforeEach(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
    shop = new Shop(bench);
  });
  afterEach(() => bench.stop());

  it('take waiting items, and are paid by a card into the balance', async () => {
    const customer = await shop.customer();
    const draft = await shop.draft(customer, 2000);
    expect(draft).toMatchObject({ status: 'draft', total: 2000, billing_reason: 'manual', number: null });
    const paid = await stripe.invoices.pay(draft.id, { expand: ['payments'] });
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 2000, amount_remaining: 0, attempt_count: 1 });
    const [payment] = paid.payments!.data;
    expect(payment).toMatchObject({ status: 'paid', amount_paid: 2000, payment: { type: 'payment_intent' } });
    expect(await stripe.invoicePayments.retrieve(payment!.id)).toEqual(expect.objectContaining(payment));
    const { data: lines } = await stripe.invoices.listLineItems(draft.id);
    expect(lines).toEqual(paid.lines.data);
    expect(lines).toMatchObject([{ amount: 2000, description: 'Lesson', invoice: draft.id }]);
    const intent = await stripe.paymentIntents.retrieve(payment!.payment.payment_intent as string);
    expect(intent).toMatchObject({ status: 'succeeded', amount: 2000, customer });
    expect((await bench.balance(bench.platform)).pending).toBe(2000 - 88);
    expect(
      (await bench.eventTypes()).filter((type) => /^(invoice|payment_intent|charge)/.test(type)),
    ).toEqual([
      'invoiceitem.created',
      'invoice.created',
      'payment_intent.created',
      'invoice.finalized',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'charge.updated',
    ]);
    await expect(stripe.invoices.pay(draft.id)).rejects.toMatchObject({ code: 'invoice_not_editable' });
  });

  it('send a fee to the platform and the rest to a seller, as the draft says', async () => {
    const seller = await bench.seller();
    const draft = await shop.draft(await shop.customer(), 1000, {
      transfer_data: { destination: seller },
      application_fee_amount: 100,
    });
    await stripe.invoices.update(draft.id, { application_fee_amount: 123 });
    await stripe.invoices.pay(draft.id);
    expect((await bench.balance(seller)).pending).toBe(877);
    expect((await bench.balance(bench.platform)).pending).toBe(123 - 59);
  });

  it('reckon an item’s discount before the invoice’s, then taxes on what is left', async () => {
    const customer = await shop.customer();
    const [half, ten] = await Promise.all(
      [50, 10].map((percent_off) => stripe.coupons.create({ percent_off })),
    );
    const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false });
    const rent = await stripe.taxRates.create({ display_name: 'In', percentage: 10, inclusive: true });
    const item = { customer, currency: 'usd' };
    await stripe.invoiceItems.create({ ...item, amount: 1000, discounts: [{ coupon: half!.id }] });
    await stripe.invoiceItems.create({ ...item, amount: 1100, tax_rates: [rent.id] });
    const draft = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: 'include',
      discounts: [{ coupon: ten!.id }],
      default_tax_rates: [vat.id],
    });
    // 1000 - 500 - 50 = 450, and 86 of tax on it; 1100 - 110 = 990 with 90 of tax in it.
    expect(draft).toMatchObject({ subtotal: 2100, total: 450 + 86 + 990, total_excluding_tax: 450 + 900 });
    expect(draft.total_discount_amounts!.map((one) => one.amount)).toEqual([500, 160]);
    expect(draft.total_taxes!.map((one) => one.amount)).toEqual([86, 90]);
  });

  it('of a card that is declined say so, and are tried again three, five and seven days later', async () => {
    const customer = await shop.customer('chargeCustomerFail');
    const draft = await shop.draft(customer, 2000, { auto_advance: true });
    await bench.advance(0.05);
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ status: 'open', attempt_count: 1 });
    await expect(stripe.invoices.pay(draft.id)).rejects.toMatchObject({
      type: 'StripeCardError',
      code: 'card_declined',
    });
    expect((await stripe.invoices.retrieve(draft.id)).attempt_count).toBe(2);
    await bench.advance(20);
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({
      status: 'open',
      attempt_count: 4,
      next_payment_attempt: null,
    });
    const told = await shop.told('invoice');
    expect(told.filter((type) => type === 'invoice.payment_failed')).toHaveLength(4);
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    expect(await stripe.invoices.pay(draft.id, { payment_method: good.id })).toMatchObject({
      status: 'paid',
    });
  });

  it('of a card that asks for its owner wait, and are paid once they have answered', async () => {
    const customer = await shop.customer('threeDSecure2Required');
    const draft = await shop.draft(customer);
    await expect(stripe.invoices.pay(draft.id)).rejects.toMatchObject({
      code: 'invoice_payment_intent_requires_action',
    });
    expect(await shop.told('invoice')).toContain('invoice.payment_action_required');
    const { confirmation_secret: secret } = await stripe.invoices.retrieve(draft.id, {
      expand: ['confirmation_secret'],
    });
    const intent = secret!.client_secret.split('_secret')[0]!;
    bench.emulator.engine.transact(() => {
      const { cardPayments, payments, platform } = bench.emulator.engine;
      cardPayments.authenticate(platform, payments.need(intent), true);
    });
    expect((await stripe.invoices.retrieve(draft.id)).status).toBe('paid');
  });

  it('that are sent fall due, and can be paid elsewhere, written off or voided', async () => {
    const customer = await shop.customer(null);
    const terms = { collection_method: 'send_invoice' as const, days_until_due: 7 };
    const [one, two, three] = [
      await shop.draft(customer, 900, terms),
      await shop.draft(customer, 800, terms),
      await shop.draft(customer, 700, terms),
    ];
    expect(await stripe.invoices.sendInvoice(one.id)).toMatchObject({ status: 'open' });
    for (const { id } of [two, three]) await stripe.invoices.finalizeInvoice(id);
    await bench.advance(8);
    expect((await shop.told('invoice')).filter((type) => type === 'invoice.overdue')).toHaveLength(3);
    expect(await stripe.invoices.pay(one.id, { paid_out_of_band: true })).toMatchObject({ status: 'paid' });
    expect(await stripe.invoices.markUncollectible(two.id)).toMatchObject({ status: 'uncollectible' });
    const voided = await stripe.invoices.voidInvoice(three.id, { expand: ['payments'] });
    expect(voided).toMatchObject({ status: 'void', payments: { data: [{ status: 'canceled' }] } });
    const numbers = (await stripe.invoices.list({ customer })).data.map((invoice) =>
      invoice.number!.slice(-4),
    );
    expect(numbers).toEqual(['0003', '0002', '0001']);
    expect(await bench.transactions(bench.platform)).toEqual([]);
  });

  it('are drafts until they are finalized, and nothing can be changed in them after', async () => {
    const customer = await shop.customer();
    const draft = await shop.draft(customer);
    const item = await stripe.invoiceItems.create({
      customer,
      invoice: draft.id,
      amount: 500,
      currency: 'usd',
    });
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(2500);
    await stripe.invoiceItems.update(item.id, { amount: 700 });
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(2700);
    await stripe.invoices.finalizeInvoice(draft.id);
    await expect(stripe.invoiceItems.del(item.id)).rejects.toMatchObject({ code: 'invoice_not_editable' });
    await expect(stripe.invoices.del(draft.id)).rejects.toMatchObject({ code: 'invoice_not_editable' });
    await expect(stripe.invoices.update(draft.id, { number: 'A-1' })).rejects.toMatchObject({
      code: 'invoice_not_editable',
    });
    const other = await shop.draft(customer, 300);
    expect(await stripe.invoices.del(other.id)).toMatchObject({ deleted: true });
    expect((await stripe.invoiceItems.list({ customer, pending: true })).data).toHaveLength(1);
  });

  it('use up what a customer has in credit, and keep what is too little to be charged', async () => {
    const customer = await shop.customer();
    await stripe.customers.createBalanceTransaction(customer, { amount: -1500, currency: 'usd' });
    const first = await stripe.invoices.pay((await shop.draft(customer, 1000)).id);
    expect(first).toMatchObject({
      status: 'paid',
      amount_due: 0,
      starting_balance: -1500,
      ending_balance: -500,
    });
    const second = await stripe.invoices.pay((await shop.draft(customer, 2000)).id);
    expect(second).toMatchObject({ amount_due: 1500, amount_paid: 1500, ending_balance: 0 });
    const third = await stripe.invoices.pay((await shop.draft(customer, 20)).id);
    expect(third).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: 20 });
    expect((await stripe.customers.retrieve(customer)) as Stripe.Customer).toMatchObject({ balance: 20 });
  });
});
