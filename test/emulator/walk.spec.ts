import type Stripe from 'stripe';
import { Bench } from './support.js';

/** The flows of a marketplace from end to end by the SDK alone, each with the figures that Stripe's documents give. */
describe('a walk through the flows of a marketplace', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeEach(async () => {
    bench = await Bench.start();
    ({ stripe } = bench);
  });
  afterEach(() => bench.stop());

  const pay = (amount: number, params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    bench.payment({ amount, ...params });
  const total = async (account: string) => {
    const { pending, available } = await bench.balance(account);
    return pending + available;
  };

  it('a destination charge of 10.00 leaves 8.77 and 0.64, and the seller’s bank gets the 8.77', async () => {
    const seller = await bench.seller({ bank: '000123456789' });
    await pay(1000, { application_fee_amount: 123, transfer_data: { destination: seller } });
    expect([await total(seller), await total(bench.platform)]).toEqual([877, 64]);
    await bench.advance(8);
    const as = { stripeAccount: seller };
    const { data } = await stripe.payouts.list({}, as);
    expect(data).toMatchObject([{ amount: 877, status: 'paid', reconciliation_status: 'completed' }]);
    const lines = await stripe.balanceTransactions.list({ payout: data[0]!.id }, as);
    expect(lines.data.map(({ type, net }) => [type, net])).toEqual([['payout', -877], ['payment', 877]]); // prettier-ignore
    expect(await bench.eventTypes(seller)).toContain('payout.reconciliation_completed');
    expect(await total(seller)).toBe(0);
  });

  it('one payment for two sellers is shared by transfers out of its charge, and no more than it brought', async () => {
    const [potter, weaver] = [await bench.seller(), await bench.seller()];
    const paid = await pay(3000, { transfer_group: 'order_7' });
    const source_transaction = paid.latest_charge as string;
    const send = (destination: string, amount: number) =>
      stripe.transfers.create({
        amount,
        currency: 'usd',
        destination,
        source_transaction,
        transfer_group: 'order_7',
      });
    const first = await send(potter, 1200);
    await send(weaver, 1000);
    await expect(send(weaver, 801)).rejects.toMatchObject({ statusCode: 400 });
    // 30.00 less 0.87 + 0.30 for Stripe and 22.00 for the sellers.
    expect([await total(potter), await total(weaver), await total(bench.platform)]).toEqual([
      1200, 1000, 683,
    ]);
    await stripe.refunds.create({ payment_intent: paid.id, amount: 1200 });
    expect([await total(potter), await total(bench.platform)]).toEqual([1200, -517]);
    await stripe.transfers.createReversal(first.id);
    expect([await total(potter), await total(bench.platform)]).toEqual([0, 683]);
  });

  it('a refund in three exact steps leaves the seller with nothing and the platform without Stripe’s fee', async () => {
    const seller = await bench.seller();
    const paid = await pay(1000, { application_fee_amount: 123, transfer_data: { destination: seller } });
    const charge = await stripe.charges.retrieve(paid.latest_charge as string);
    await stripe.refunds.create({ charge: charge.id });
    await stripe.applicationFees.createRefund(charge.application_fee as string, { amount: 123 });
    await stripe.transfers.createReversal(charge.transfer as string, { amount: 1000 });
    expect([await total(seller), await total(bench.platform)]).toEqual([0, -59]);
  });

  it('a dispute takes amount and fee from the platform, and only a reversal takes anything from the seller', async () => {
    const seller = await bench.seller();
    const paid = await pay(1000, {
      payment_method: 'pm_card_createDispute',
      application_fee_amount: 123,
      transfer_data: { destination: seller },
    });
    expect([await total(seller), await total(bench.platform)]).toEqual([877, 64 - 1000 - 1500]);
    const charge = await stripe.charges.retrieve(paid.latest_charge as string);
    await stripe.transfers.createReversal(charge.transfer as string, { amount: 877 });
    expect([await total(seller), await total(bench.platform)]).toEqual([0, 64 - 1000 - 1500 + 877]);
    const [dispute] = (await stripe.disputes.list({ charge: charge.id })).data;
    await stripe.disputes.update(dispute!.id, {
      evidence: { uncategorized_text: 'winning_evidence' },
      submit: true,
    });
    const won = await stripe.disputes.retrieve(dispute!.id);
    expect(won.status).toBe('won');
    const moved = won.balance_transactions.reduce((sum, { net }) => sum + net, 0);
    expect(await total(bench.platform)).toBe(64 + 877 + moved);
  });

  it('a card that can be saved may decline when it is charged later, off the session', async () => {
    const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
    const saved = await stripe.setupIntents.create({
      customer,
      confirm: true,
      payment_method: 'pm_card_chargeCustomerFail',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      usage: 'off_session',
    });
    expect(saved.status).toBe('succeeded');
    const later = pay(1000, { customer, payment_method: saved.payment_method as string, off_session: true });
    await expect(later).rejects.toMatchObject({
      type: 'StripeCardError',
      code: 'card_declined',
      statusCode: 402,
    });
    expect(await total(bench.platform)).toBe(0);
  });
});
