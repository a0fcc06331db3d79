import type Stripe from 'stripe';
import { Bench } from './support.js';

describe('money that is settled in another currency', () => {
  let bench: Bench;
  let stripe: Stripe;
  let seller: string;
  beforeAll(async () => {
    bench = await Bench.start({ settle: ['usd'] });
    stripe = bench.stripe;
    seller = await bench.seller({ country: 'gb' });
    await bench.control(`/accounts/${seller}/settlement`, { currencies: ['gbp'] });
  });
  afterAll(() => bench.stop());

  const movement = (id: unknown, account?: string) =>
    stripe.balanceTransactions.retrieve(id as string, {}, account ? { stripeAccount: account } : {});

  it('reaches the platform in its own, at the rate that the balance transaction shows', async () => {
    const charge = await bench.sale({ amount: 10_000, currency: 'eur' });
    expect(charge).toMatchObject({ amount: 10_000, currency: 'eur' });
    const paid = await movement(charge.balance_transaction);
    expect(paid.currency).toBe('usd');
    expect(paid.amount).toBe(Math.round(10_000 * paid.exchange_rate!));
    expect(paid.exchange_rate).toBeCloseTo(1.07, 1);
    expect(paid.fee).toBe(Math.round(paid.amount * 0.029) + 30);
    expect((await stripe.balance.retrieve()).pending.map(({ currency }) => currency)).toEqual(['usd']);
  });

  it('counts yen as whole units', async () => {
    const charge = await bench.sale({ amount: 5000, currency: 'jpy' });
    const paid = await movement(charge.balance_transaction);
    expect(paid.amount).toBe(Math.round(5000 * paid.exchange_rate! * 100));
    expect(paid.amount).toBeGreaterThan(3200);
    expect(paid.amount).toBeLessThan(3400);
  });

  it('goes on to a seller as what it became, and is exchanged there again', async () => {
    const charge = await bench.sale({ amount: 10_000, currency: 'eur', seller, fee: 1000 });
    const paid = await movement(charge.balance_transaction);
    const transfer = await stripe.transfers.retrieve(charge.transfer as string);
    expect(transfer).toMatchObject({ amount: paid.amount, currency: 'usd' });
    const payment = await stripe.charges.retrieve(
      transfer.destination_payment as string,
      {},
      { stripeAccount: seller },
    );
    expect(payment).toMatchObject({ amount: paid.amount, currency: 'usd' });
    const received = await movement(payment.balance_transaction, seller);
    expect(received).toMatchObject({
      currency: 'gbp',
      fee_details: [{ type: 'application_fee', currency: 'gbp' }],
    });
    expect(received.amount).toBe(Math.round(paid.amount * received.exchange_rate!));
    expect(received.fee).toBeCloseTo(received.amount / 10, -1);

    const fee = await stripe.applicationFees.retrieve(charge.application_fee as string);
    expect(fee).toMatchObject({ amount: received.fee, currency: 'gbp' });
    const income = await movement(fee.balance_transaction);
    expect(income.currency).toBe('usd');
    expect(income.amount).toBe(Math.round(fee.amount * income.exchange_rate!));
  });

  it('comes back at the rate of the day: refund, reversal and dispute', async () => {
    const charge = await bench.sale({ amount: 10_000, currency: 'eur', seller, fee: 1000 });
    const paid = await movement(charge.balance_transaction);
    await bench.advance(1);
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 5000, reverse_transfer: true });
    const back = await movement(refund.balance_transaction);
    expect(back).toMatchObject({ currency: 'usd', amount: -Math.round(5000 * back.exchange_rate!) });
    expect(back.exchange_rate).not.toBe(paid.exchange_rate);
    const reversal = (await stripe.transfers.listReversals(charge.transfer as string)).data[0]!;
    expect(reversal).toMatchObject({ currency: 'usd', amount: Math.round(paid.amount / 2) });

    const disputed = await bench.control<Stripe.Dispute>(`/charges/${charge.id}/dispute`, {});
    expect(disputed).toMatchObject({ amount: 5000, currency: 'eur' });
    const [withdrawn] = disputed.balance_transactions;
    expect(withdrawn).toMatchObject({
      currency: 'usd',
      amount: -Math.round(5000 * withdrawn!.exchange_rate!),
      fee: 1500,
    });
  });

  it('is transferred from a charge in the currency that it became, and no more of it', async () => {
    const charge = await bench.sale({ amount: 10_000, currency: 'eur' });
    const { amount } = await movement(charge.balance_transaction);
    const send = (sent: number, currency: string) =>
      stripe.transfers.create({ amount: sent, currency, destination: seller, source_transaction: charge.id });
    await expect(send(100, 'eur')).rejects.toThrow(/must be the same as the transfer currency/);
    await expect(send(amount + 1, 'usd')).rejects.toMatchObject({ param: 'amount' });
    expect((await send(amount, 'usd')).amount).toBe(amount);
    await expect(stripe.topups.create({ amount: 100, currency: 'eur' })).rejects.toMatchObject({
      param: 'currency',
    });
  });

  it('stays as it is where the account holds that currency', async () => {
    await bench.control(`/accounts/${bench.platform}/settlement`, { currencies: ['usd', 'eur'] });
    const charge = await bench.sale({ amount: 10_000, currency: 'eur' });
    expect(await movement(charge.balance_transaction)).toMatchObject({
      currency: 'eur',
      exchange_rate: null,
    });
    await bench.control(`/accounts/${bench.platform}/settlement`, { currencies: null });
    const pounds = await bench.sale({ amount: 10_000, currency: 'gbp' });
    expect(await movement(pounds.balance_transaction)).toMatchObject({
      currency: 'gbp',
      exchange_rate: null,
    });
  });
});
