import type Stripe from 'stripe';
import { Bench } from './support.js';

describe("a platform's money on its way to sellers and banks", () => {
  let bench: Bench;
  let stripe: Stripe;
  let seller: string;
  beforeAll(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
    seller = await bench.seller();
  });
  afterAll(() => bench.stop());

  it('is transferred from one charge to several sellers, together never more than it brought', async () => {
    const other = await bench.seller();
    const charge = await bench.sale({
      amount: 10_000,
      params: { payment_intent_data: { transfer_group: 'order_7' } },
    });
    const send = (destination: string, amount: number, currency = 'usd') =>
      stripe.transfers.create({ amount, currency, destination, source_transaction: charge.id });
    const first = await send(seller, 6000);
    expect(first).toMatchObject({ source_transaction: charge.id, transfer_group: 'order_7' });
    await expect(send(other, 1000, 'eur')).rejects.toMatchObject({ param: 'currency' });
    await expect(send(other, 4001)).rejects.toMatchObject({ param: 'amount' });
    await send(other, 4000);
    const { data } = await stripe.transfers.list({ transfer_group: 'order_7' });
    expect(data.map(({ amount }) => amount).sort()).toEqual([4000, 6000]);
    // It waits with the charge: nobody has it before the platform has.
    expect(await bench.balance(other)).toEqual({ pending: 4000, available: 0 });

    const back = await stripe.transfers.createReversal(first.id, { amount: 2000, description: 'Too much' });
    expect((await send(other, 2000)).amount).toBe(2000);
    const noted = await stripe.transfers.updateReversal(first.id, back.id, { metadata: { order: '7' } });
    expect(await stripe.transfers.retrieveReversal(first.id, back.id)).toEqual(noted);
    const named = await stripe.transfers.update(first.id, { description: 'Bowls', metadata: { order: '7' } });
    expect(named).toMatchObject({ description: 'Bowls', amount_reversed: 2000, metadata: { order: '7' } });
  });

  it('belongs with its charge, by a name of the platform or of Stripe', async () => {
    const seller = await bench.seller();
    const charge = await bench.sale({ amount: 4000 });
    const send = (source: string, transfer_group?: string) =>
      stripe.transfers.create({
        amount: 100,
        currency: 'usd',
        destination: seller,
        source_transaction: source,
        ...(transfer_group && { transfer_group }),
      });
    const named = `group_${charge.payment_intent as string}`;
    expect((await send(charge.id)).transfer_group).toBe(named);
    expect((await stripe.charges.retrieve(charge.id)).transfer_group).toBe(named);
    expect((await send(charge.id)).transfer_group).toBe(named);
    const own = await bench.sale({ params: { payment_intent_data: { transfer_group: 'ORDER_7' } } });
    expect((await send(own.id)).transfer_group).toBe('ORDER_7');
  });

  it('carries the words that a destination charge gives its transfer and its payment', async () => {
    const seller = await bench.seller();
    const intent = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      transfer_data: {
        destination: seller,
        amount: 1800,
        description: 'Order 7',
        metadata: { order: '7' },
        payment_data: { description: 'From the market', metadata: { sale: '7' } },
      },
      expand: ['latest_charge.transfer'],
    });
    const transfer = (intent.latest_charge as Stripe.Charge).transfer as Stripe.Transfer;
    expect(transfer).toMatchObject({ amount: 1800, description: 'Order 7', metadata: { order: '7' } });
    const received = await stripe.charges.retrieve(transfer.destination_payment as string, {}, { stripeAccount: seller }); // prettier-ignore
    expect(received).toMatchObject({ description: 'From the market', metadata: { sale: '7' } });
    expect((await stripe.paymentIntents.retrieve(intent.id)).transfer_group).toBe(`group_${intent.id}`);
  });

  it('is charged in the name of a seller only who may be paid by buyers', async () => {
    const intent = { amount: 1000, currency: 'usd', transfer_data: { destination: seller } };
    await expect(stripe.paymentIntents.create({ ...intent, on_behalf_of: seller })).rejects.toMatchObject({
      param: 'on_behalf_of',
    });
    await stripe.accounts.updateCapability(seller, 'card_payments', { requested: true });
    const made = await stripe.paymentIntents.create({ ...intent, on_behalf_of: seller });
    expect(made.on_behalf_of).toBe(seller);
  });

  it('keeps what is noted on a refund of its fee', async () => {
    const charge = await bench.sale({ amount: 5000, fee: 500, seller });
    const fee = charge.application_fee as string;
    const refund = await stripe.applicationFees.createRefund(fee, { amount: 200 });
    await stripe.applicationFees.updateRefund(fee, refund.id, { metadata: { why: 'late' } });
    expect(await stripe.applicationFees.retrieveRefund(fee, refund.id)).toMatchObject({
      amount: 200,
      metadata: { why: 'late' },
    });
    expect(await bench.eventTypes()).toContain('application_fee.refund.updated');
  });

  it('comes back from the bank by a payout the other way, once', async () => {
    await stripe.balanceSettings.update({ payments: { payouts: { schedule: { interval: 'manual' } } } });
    const { id } = await stripe.topups.create({ amount: 9000, currency: 'usd' });
    await stripe.topups.update(id, { description: 'For refunds', metadata: { by: 'Ada' } });
    await bench.advance(0.001);
    expect((await stripe.topups.list({ status: 'succeeded', amount: { gte: 9000 } })).data).toMatchObject([
      { id, description: 'For refunds', metadata: { by: 'Ada' } },
    ]);
    const before = await bench.balance(bench.platform);
    const payout = await stripe.payouts.create({ amount: 4000, currency: 'usd' });
    await stripe.payouts.update(payout.id, { metadata: { run: '1' } });
    await expect(stripe.payouts.reverse(payout.id)).rejects.toThrow(/only once/);
    await bench.advance(1);
    const reversal = await stripe.payouts.reverse(payout.id, { metadata: { why: 'wrong bank' } });
    expect(reversal).toMatchObject({
      amount: -4000,
      original_payout: payout.id,
      metadata: { why: 'wrong bank' },
    });
    expect(await stripe.payouts.retrieve(payout.id)).toMatchObject({
      reversed_by: reversal.id,
      metadata: { run: '1' },
    });
    const after = await bench.balance(bench.platform);
    expect(after.pending + after.available).toBe(before.pending + before.available);
    await expect(stripe.payouts.reverse(payout.id)).rejects.toThrow(/only once/);
  });
});
