import { Bench } from './support.js';

describe('money that a platform adds to its own balance', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.stop());

  it('arrives, can be canceled before, and fails where the bank says so', async () => {
    const { topups, balanceTransactions } = bench.stripe;
    const pay = (source?: string) =>
      topups.create({ amount: 2000, currency: 'usd', description: 'For refunds', ...(source && { source }) });
    const [arrives, canceled, fails] = [await pay(), await pay(), await pay('btok_us_verified_noAccount')];
    expect(arrives).toMatchObject({ status: 'pending', balance_transaction: null });
    await topups.cancel(canceled.id);
    await bench.advance(0.001);
    const done = await topups.retrieve(arrives.id);
    expect(done.status).toBe('succeeded');
    expect(await balanceTransactions.retrieve(done.balance_transaction as string)).toMatchObject({
      type: 'topup',
      amount: 2000,
      source: arrives.id,
    });
    expect((await topups.retrieve(fails.id)).failure_code).toBe('no_account');
    expect(await bench.balance(bench.platform)).toEqual({ pending: 0, available: 2000 });
    await expect(topups.cancel(arrives.id)).rejects.toThrow(/already succeeded/);
    expect(await bench.eventTypes()).toEqual(
      expect.arrayContaining([
        'topup.created',
        'topup.succeeded',
        'topup.failed',
        'topup.canceled',
        'balance.available',
      ]),
    );
  });
});
