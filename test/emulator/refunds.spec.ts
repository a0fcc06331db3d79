import Stripe from 'stripe';
import { Bench } from './support.js';

describe('giving money back', () => {
  let bench: Bench;
  let seller: string;
  beforeEach(async () => {
    bench = await Bench.start();
    seller = await bench.seller();
  });
  afterEach(() => bench.stop());

  it('takes nothing from the seller unless asked, and Stripe keeps its fee', async () => {
    const charge = await bench.sale({ amount: 1000, fee: 123, seller });
    const refund = await bench.stripe.refunds.create({ charge: charge.id });
    expect(refund).toMatchObject({ amount: 1000, status: 'succeeded', transfer_reversal: null });
    expect(await bench.balance(seller)).toEqual({ pending: 877, available: 0 });
    expect(await bench.balance(bench.platform)).toEqual({ pending: 64 - 1000, available: 0 });
    const after = await bench.stripe.charges.retrieve(charge.id, { expand: ['refunds'] });
    expect(after).toMatchObject({ refunded: true, amount_refunded: 1000 });
    expect(after.refunds!.data.map((one) => one.id)).toEqual([refund.id]);
  });

  it('gives back buyer, fee and transfer in three exact steps', async () => {
    const charge = await bench.sale({ amount: 1000, fee: 123, seller });
    await bench.stripe.refunds.create({ charge: charge.id, amount: 1000 });
    const feeRefund = await bench.stripe.applicationFees.createRefund(charge.application_fee as string, {
      amount: 123,
    });
    const reversal = await bench.stripe.transfers.createReversal(charge.transfer as string, { amount: 1000 });
    expect(feeRefund).toMatchObject({ amount: 123, fee: charge.application_fee });
    expect(reversal).toMatchObject({ amount: 1000, transfer: charge.transfer });

    const of = async (account: string) =>
      (await bench.transactions(account))
        .reverse()
        .map(({ type, net, source }) => [type, net, String(source).split('_')[0]]);
    expect((await of(bench.platform)).slice(3)).toEqual([
      ['refund', -1000, 're'],
      ['application_fee_refund', -123, 'fee'],
      ['transfer_refund', 1000, 'trr'],
    ]);
    expect(await of(seller)).toEqual([
      ['payment', 877, 'py'],
      ['adjustment', 123, 'fr'],
      ['payment_refund', -1000, 'pyr'],
    ]);
    expect(await bench.balance(seller)).toEqual({ pending: 0, available: 0 });
    expect(await bench.balance(bench.platform)).toEqual({ pending: -59, available: 0 });
    expect(await bench.eventTypes()).toEqual(
      expect.arrayContaining([
        'refund.created',
        'charge.refunded',
        'application_fee.refunded',
        'transfer.reversed',
      ]),
    );
  });

  it('tells in the event what the charge was before', async () => {
    const charge = await bench.sale({ amount: 1000, fee: 100, seller });
    await bench.stripe.refunds.create({ charge: charge.id, amount: 400 });
    const { data } = await bench.stripe.events.list({ type: 'charge.refunded', limit: 1 });
    expect(data[0]!.data.previous_attributes).toEqual({ amount_refunded: 0 });
    const settled = await bench.stripe.events.list({ type: 'charge.updated', limit: 1 });
    expect(settled.data[0]!.data.previous_attributes).toMatchObject({
      balance_transaction: null,
      transfer_group: null,
    });
  });

  it('takes proportional parts back by flag, and the last part takes what is left', async () => {
    const charge = await bench.sale({ amount: 1000, fee: 100, seller });
    for (const amount of [333, 333, 334]) {
      await bench.stripe.refunds.create({
        charge: charge.id,
        amount,
        reverse_transfer: true,
        refund_application_fee: true,
      });
    }
    expect(await bench.balance(seller)).toEqual({ pending: 0, available: 0 });
    const fee = await bench.stripe.applicationFees.retrieve(charge.application_fee as string);
    expect(fee).toMatchObject({ amount_refunded: 100, refunded: true });
  });

  it('refuses to reverse more than the seller has, and changes nothing', async () => {
    const charge = await bench.sale({ amount: 1000, fee: 123, seller });
    await bench.advance(3);
    expect((await bench.balance(seller)).available).toBe(0);
    const before = await bench.transactions(bench.platform);
    await expect(bench.stripe.transfers.createReversal(charge.transfer as string)).rejects.toMatchObject({
      code: 'balance_insufficient',
      statusCode: 400,
    });
    await expect(
      bench.stripe.refunds.create({ charge: charge.id, reverse_transfer: true }),
    ).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
    expect(await bench.transactions(bench.platform)).toEqual(before);
  });

  it('is not for the seller to do with what a transfer brought', async () => {
    const seller = await bench.seller();
    const { transfer } = await bench.sale({ amount: 1000, fee: 100, seller });
    const { destination_payment } = await bench.stripe.transfers.retrieve(transfer as string);
    const on = { stripeAccount: seller };
    await expect(
      bench.stripe.refunds.create({ charge: destination_payment as string }, on),
    ).rejects.toMatchObject({ code: 'charge_not_refundable' });
    expect(await bench.balance(seller)).toEqual({ pending: 900, available: 0 });
  });

  it('happens once when it is asked for twice at the same time', async () => {
    const charge = await bench.sale({ amount: 1000 });
    const refund = () => bench.stripe.refunds.create({ charge: charge.id, amount: 600 });
    const ends = await Promise.allSettled([refund(), refund(), refund()]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await bench.stripe.charges.retrieve(charge.id)).amount_refunded).toBe(600);
  });

  it('refuses what is more than is left', async () => {
    const charge = await bench.sale({ amount: 1000, fee: 123, seller });
    await expect(bench.stripe.refunds.create({ charge: charge.id, amount: 1001 })).rejects.toMatchObject({
      param: 'amount',
    });
    await bench.stripe.refunds.create({ charge: charge.id });
    await expect(bench.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    await expect(bench.stripe.refunds.create({ payment_intent: 'pi_none' })).rejects.toMatchObject({
      code: 'resource_missing',
      statusCode: 400,
    });
    const plain = await bench.sale({ amount: 1000 });
    await expect(
      bench.stripe.refunds.create({ charge: plain.id, refund_application_fee: true }),
    ).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  });

  it('says at its bank only what happened to money that had left', async () => {
    const own = await Bench.start();
    const off = { payments: { debit_negative_balances: false } };
    await own.stripe.balanceSettings.update(off);
    const charge = await own.sale({ amount: 5000, card: '4000000000005126' });
    const payout = { payments: { payouts: { schedule: { interval: 'manual' as const } } } };
    await own.stripe.balanceSettings.update(payout);
    await own.advance(5);
    const { available } = await own.balance(own.platform);
    await own.stripe.payouts.create({ amount: available, currency: 'usd' });
    const waiting = await own.stripe.refunds.create({ charge: charge.id });
    expect(waiting).toMatchObject({ status: 'pending', pending_reason: 'insufficient_funds' });
    await own.advance(3);
    expect((await own.stripe.refunds.retrieve(waiting.id)).status).toBe('pending');
    expect(await own.balance(own.platform)).toEqual({ pending: 0, available: 0 });
    await own.stripe.topups.create({ amount: 5000, currency: 'usd' });
    await own.advance(0.01);
    expect((await own.stripe.refunds.retrieve(waiting.id)).status).toBe('succeeded');
    expect(await own.balance(own.platform)).toEqual({ pending: 0, available: 0 });
    await own.advance(3);
    expect((await own.stripe.refunds.retrieve(waiting.id)).status).toBe('failed');
    expect(await own.balance(own.platform)).toEqual({ pending: 0, available: 5000 });
    await own.stop();
  });

  it('tells of every change with what was before, and of the number that the network gives it', async () => {
    const { stripe } = bench;
    const [paid, failing] = [await bench.sale(), await bench.sale({ card: '4000000000005126' })];
    const refund = await stripe.refunds.create({ charge: paid.id });
    const refused = await stripe.refunds.create({ charge: failing.id });
    expect(refund.destination_details!.card).toMatchObject({ reference_status: 'pending' });
    await bench.advance(3);
    const told = async (id: string) => {
      const { data } = await stripe.events.list({ types: ['refund.updated', 'refund.failed', 'charge.refund.updated'], limit: 100 }); // prettier-ignore
      return data
        .filter(({ data: { object } }) => (object as Stripe.Refund).id === id)
        .map(({ type, data: { previous_attributes } }) => [type, Object.keys(previous_attributes!).sort()])
        .reverse();
    };
    expect(await told(refund.id)).toEqual([
      ['refund.updated', ['destination_details']],
      ['charge.refund.updated', ['destination_details']],
    ]);
    const { card } = (await stripe.refunds.retrieve(refund.id)).destination_details!;
    expect(card).toMatchObject({ reference_status: 'available', reference: expect.stringMatching(/^\d{23}$/) as string }); // prettier-ignore
    const failure = ['status'];
    expect((await told(refused.id)).slice(2)).toEqual([
      ['refund.updated', failure],
      ['charge.refund.updated', failure],
      ['refund.failed', failure],
    ]);
  });

  it("of a bank transfer makes the money its customer's own again, and from there it goes to their bank", async () => {
    const { stripe } = bench;
    const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
    const fund = (amount: number) =>
      stripe.testHelpers.customers.fundCashBalance(customer, { amount, currency: 'usd' });
    const intent = await stripe.paymentIntents.create({
      amount: 4000,
      currency: 'usd',
      customer,
      confirm: true,
      payment_method_data: { type: 'customer_balance' },
      allowed_payment_method_types: ['customer_balance'],
      return_url: 'https://shop.example',
    });
    await fund(4000);
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 1500 });
    expect(refund.destination_details).toMatchObject({ type: 'customer_cash_balance' });
    const held = async () => (await stripe.customers.retrieveCashBalance(customer)).available?.['usd'];
    expect(await held()).toBe(1500);
    const back = (amount: number) =>
      stripe.refunds.create({
        amount,
        currency: 'usd',
        customer,
        origin: 'customer_balance',
        instructions_email: 'ada@example.com',
      });
    await expect(back(1501)).rejects.toMatchObject({ code: 'balance_insufficient' });
    const [first, second, third] = [await back(300), await back(500), await back(700)];
    expect(first).toMatchObject({ status: 'requires_action', charge: null, balance_transaction: null });
    expect(await held()).toBe(0);
    expect(await stripe.refunds.cancel(first.id)).toMatchObject({
      status: 'canceled',
      failure_reason: 'merchant_request',
    });
    await expect(stripe.refunds.cancel(first.id)).rejects.toThrow('a status of canceled');
    await expect(stripe.refunds.cancel(refund.id)).rejects.toThrow('a status of succeeded');
    await stripe.testHelpers.refunds.expire(second.id);
    await bench.control(`/refunds/${third.id}/answer`, {});
    expect((await stripe.refunds.retrieve(second.id)).status).toBe('failed');
    expect((await stripe.refunds.retrieve(third.id)).status).toBe('succeeded');
    expect(await held()).toBe(800);
    const { data } = await stripe.customers.listCashBalanceTransactions(customer, { limit: 6 });
    expect(data.map(({ type }) => type).reverse()).toEqual([
      'refunded_from_payment',
      'return_initiated',
      'return_initiated',
      'return_initiated',
      'return_canceled',
      'return_canceled',
    ]);
  });

  it('waits for money when debiting the bank is switched off', async () => {
    await bench.stripe.balanceSettings.update({ payments: { debit_negative_balances: false } });
    const charge = await bench.sale({ amount: 1000, fee: 123, seller });
    const refund = await bench.stripe.refunds.create({ charge: charge.id });
    expect(refund).toMatchObject({
      status: 'pending',
      pending_reason: 'insufficient_funds',
      balance_transaction: null,
    });
    await bench.sale({ amount: 5000, card: '4000000000000077' });
    expect(await bench.stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' });
  });

  it.each([
    ['4000000000007726', 'pending', 'succeeded'],
    ['4000000000005126', 'succeeded', 'failed'],
  ])('card %s: a refund is %s first and %s days later', async (card, first, last) => {
    const charge = await bench.sale({ amount: 1000, card });
    const refund = await bench.stripe.refunds.create({ charge: charge.id });
    expect(refund.status).toBe(first);
    await bench.advance(3);
    expect((await bench.stripe.refunds.retrieve(refund.id)).status).toBe(last);
    const after = await bench.stripe.charges.retrieve(charge.id);
    expect(after.amount_refunded).toBe(last === 'failed' ? 0 : 1000);
  });
});
