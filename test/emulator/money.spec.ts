import type Stripe from 'stripe';
import { Bench } from './support.js';

describe('the money of a destination charge', () => {
  let bench: Bench;
  let seller: string;
  beforeAll(async () => {
    bench = await Bench.start();
    seller = await bench.seller();
  });
  afterAll(() => bench.stop());

  it('splits 10.00 with a fee of 1.23 into 8.77 for the seller and 0.64 for the platform', async () => {
    const charge = await bench.sale({ amount: 1000, fee: 123, seller });
    expect(charge).toMatchObject({
      amount: 1000,
      application_fee_amount: 123,
      status: 'succeeded',
      paid: true,
    });

    const lines = (await bench.transactions(bench.platform)).map(({ type, amount, fee, net, source }) => [
      type,
      amount,
      fee,
      net,
      String(source).split('_')[0],
    ]);
    expect(lines.reverse()).toEqual([
      ['charge', 1000, 59, 941, 'ch'],
      ['transfer', -1000, 0, -1000, 'tr'],
      ['application_fee', 123, 0, 123, 'fee'],
    ]);
    const [payment] = await bench.transactions(seller);
    expect(payment).toMatchObject({ type: 'payment', amount: 1000, fee: 123, net: 877, status: 'pending' });
    expect(payment!.fee_details).toMatchObject([{ type: 'application_fee', amount: 123 }]);
    expect(await bench.balance(seller)).toEqual({ pending: 877, available: 0 });
    expect(await bench.balance(bench.platform)).toEqual({ pending: 64, available: 0 });
  });

  it('links charge, transfer, destination payment and fee to one another', async () => {
    const { data } = await bench.stripe.charges.list({
      limit: 1,
      expand: ['data.transfer', 'data.application_fee'],
    });
    const charge = data[0]!;
    const transfer = charge.transfer as Stripe.Transfer;
    const fee = charge.application_fee as Stripe.ApplicationFee;
    expect(transfer).toMatchObject({ source_transaction: charge.id, destination: seller, amount: 1000 });
    expect(fee).toMatchObject({
      account: seller,
      originating_transaction: charge.id,
      charge: transfer.destination_payment,
    });
    const payment = await bench.stripe.charges.retrieve(
      transfer.destination_payment as string,
      {},
      { stripeAccount: seller },
    );
    expect(payment).toMatchObject({
      source_transfer: transfer.id,
      application_fee: fee.id,
      application_fee_amount: 123,
    });
  });

  it('makes pending money available two days later', async () => {
    await bench.advance(2);
    const [payment] = await bench
      .transactions(seller)
      .then((all) => all.filter((one) => one.type === 'payment'));
    expect(payment!.status).toBe('available');
    expect((await bench.balance(seller)).pending).toBe(0);
  });
});
