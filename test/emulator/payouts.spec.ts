import type Stripe from 'stripe';
import { Bench } from './support.js';

describe('payouts', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.stop());

  it('pays out what is available by schedule, and names every transaction in it', async () => {
    const seller = await bench.seller();
    const at = { stripeAccount: seller };
    await bench.sale({ amount: 1000, fee: 123, seller });
    await bench.sale({ amount: 2000, fee: 200, seller });
    await bench.advance(2);
    const { data } = await bench.stripe.payouts.list({}, at);
    expect(data).toHaveLength(1);
    const payout = data[0]!;
    expect(payout).toMatchObject({
      amount: 877 + 1800,
      automatic: true,
      currency: 'usd',
      status: 'in_transit',
    });
    const lines = await bench.stripe.balanceTransactions.list({ payout: payout.id }, at);
    const paidOut = lines.data.filter((line) => line.type !== 'payout');
    expect(paidOut.map((line) => line.net).sort()).toEqual([1800, 877]);
    expect(await bench.balance(seller)).toEqual({ pending: 0, available: 0 });
    await bench.advance(5);
    const paid = await bench.stripe.payouts.retrieve(payout.id, {}, at);
    expect(paid).toMatchObject({ status: 'paid', reconciliation_status: 'completed', failure_code: null });
    const types = (await bench.eventTypes(seller)).filter((type) => type.startsWith('payout'));
    expect(types).toEqual([
      'payout.created',
      'payout.updated',
      'payout.paid',
      'payout.reconciliation_completed',
    ]);
  });

  it.each([
    ['000111111116', 'no_account'],
    ['000111111113', 'account_closed'],
    ['000222222227', 'insufficient_funds'],
  ])(
    'bank %s: is paid first, then fails with %s, comes back, and stops further payouts',
    async (bank, code) => {
      const seller = await bench.seller({ bank });
      const at = { stripeAccount: seller };
      await bench.sale({ amount: 1000, fee: 100, seller });
      await bench.advance(2);
      const payout = (await bench.stripe.payouts.list({}, at)).data[0]!;
      await bench.advance(8);
      const failed = await bench.stripe.payouts.retrieve(
        payout.id,
        { expand: ['failure_balance_transaction'] },
        at,
      );
      expect(failed).toMatchObject({
        status: 'failed',
        failure_code: code,
        failure_balance_transaction: { amount: 900, type: 'payout_failure' },
      });
      expect(await bench.balance(seller)).toEqual({ pending: 0, available: 900 });
      const types = await bench.eventTypes(seller);
      expect(types.indexOf('payout.failed')).toBeGreaterThan(types.indexOf('payout.paid'));
      expect(types).toContain('account.external_account.updated');

      await bench.advance(2);
      expect((await bench.stripe.payouts.list({}, at)).data).toHaveLength(1);
      await bench.control(`/accounts/${seller}/bank`, { account_number: '000123456789', currency: 'usd' });
      await bench.advance(2);
      const again = (await bench.stripe.payouts.list({}, at)).data[0]!;
      expect(again).toMatchObject({ amount: 900, status: expect.not.stringContaining('failed') });
    },
  );

  it('lets a manual payout be made, cancelled, and refused when funds are short', async () => {
    const seller = await bench.seller();
    const at = { stripeAccount: seller };
    await bench.stripe.balanceSettings.update(
      { payments: { payouts: { schedule: { interval: 'manual' } } } },
      at,
    );
    await bench.sale({ amount: 1000, fee: 100, seller, card: '4000000000000077' });
    await bench.advance(3);
    expect((await bench.stripe.payouts.list({}, at)).data).toEqual([]);
    await expect(bench.stripe.payouts.create({ amount: 901, currency: 'usd' }, at)).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
    const payout = await bench.stripe.payouts.create({ amount: 900, currency: 'usd' }, at);
    expect(payout).toMatchObject({
      automatic: false,
      status: 'pending',
      reconciliation_status: 'not_applicable',
    });
    expect((await bench.balance(seller)).available).toBe(0);
    await expect(bench.stripe.balanceTransactions.list({ payout: payout.id }, at)).rejects.toMatchObject({
      param: 'payout',
    });
    expect(await bench.stripe.payouts.cancel(payout.id, {}, at)).toMatchObject({ status: 'canceled' });
    expect((await bench.balance(seller)).available).toBe(900);
  });

  it('is on its way before it arrives, also when made late in the evening', async () => {
    const seller = await bench.seller();
    const at = { stripeAccount: seller };
    const { payouts, balanceSettings } = bench.stripe;
    await balanceSettings.update({ payments: { payouts: { schedule: { interval: 'manual' } } } }, at);
    await bench.sale({ seller, amount: 1000, card: '4000000000000077' });
    await bench.control('/clock/set', { now: '2026-11-27T23:40:00Z' });
    const { id, arrival_date } = await payouts.create({ amount: 1000, currency: 'usd' }, at);
    expect(new Date(arrival_date * 1000).toISOString()).toBe('2026-11-30T00:00:00.000Z');
    await bench.control('/clock/set', { now: '2026-11-30T01:00:00Z' });
    expect(await payouts.retrieve(id, {}, at)).toMatchObject({ status: 'paid' });
    const steps = (await bench.eventTypes(seller)).filter((type) => type.startsWith('payout.'));
    expect(steps).toEqual(['payout.created', 'payout.updated', 'payout.paid']);

    await bench.control('/clock/set', { now: '2026-11-30T23:40:00Z' });
    await bench.sale({ seller, amount: 500, card: '4000000000000077' });
    const late = await payouts.create({ amount: 500, currency: 'usd' }, at);
    await bench.control('/clock/set', { now: '2026-12-01T02:00:00Z' });
    expect(await payouts.retrieve(late.id, {}, at)).toMatchObject({ status: 'paid' });
  });

  it('follows a schedule whose days belong to its interval', async () => {
    const set = (payments: Stripe.BalanceSettingsUpdateParams.Payments) =>
      bench.stripe.balanceSettings.update({ payments });
    const weekly = await set({
      payouts: { schedule: { interval: 'weekly', weekly_payout_days: ['friday'] } },
    });
    expect(weekly.payments.payouts).toMatchObject({
      status: 'enabled',
      schedule: { interval: 'weekly', weekly_payout_days: ['friday'] },
    });
    const daily = await set({ payouts: { schedule: { interval: 'daily' } } });
    expect(daily.payments.payouts!.schedule).toEqual({ interval: 'daily' });
    await expect(set({ payouts: { schedule: { interval: 'monthly' } } })).rejects.toMatchObject({
      param: 'payments[payouts][schedule][monthly_payout_days]',
    });
    await expect(set({ payouts: { schedule: { weekly_payout_days: ['monday'] } } })).rejects.toThrow(
      /weekly/,
    );
    await expect(set({ settlement_timing: { delay_days_override: 1 } })).rejects.toThrow(/delay days/);
    const seller = await bench.seller({ onboarded: false });
    const { payments } = await bench.stripe.balanceSettings.retrieve({}, { stripeAccount: seller });
    expect(payments.payouts!.status).toBe('disabled');
  });

  it('pays forints out in whole hundreds and carries the rest over', async () => {
    const seller = await bench.seller({ country: 'hu' });
    const at = { stripeAccount: seller };
    await bench.sale({ amount: 123_456, currency: 'huf', seller });
    await bench.advance(2);
    const payout = (await bench.stripe.payouts.list({}, at)).data[0]!;
    expect(payout.amount).toBe(123_400);
    expect((await bench.balance(seller, 'huf')).available).toBe(56);
    const lines = await bench.stripe.balanceTransactions.list({ payout: payout.id }, at);
    const sum = lines.data
      .filter((line) => line.type !== 'payout')
      .reduce((total, line) => total + line.net, 0);
    expect(sum).toBe(payout.amount);
    await expect(bench.stripe.payouts.create({ amount: 50, currency: 'huf' }, at)).rejects.toMatchObject({
      param: 'amount',
    });
    await expect(bench.stripe.payouts.create({ amount: 99, currency: 'eur' }, at)).rejects.toMatchObject({
      code: 'amount_too_small',
    });
  });

  it('keeps the minimum balance, pays nothing from a negative one', async () => {
    await bench.stripe.balanceSettings.update({
      payments: { payouts: { minimum_balance_by_currency: { usd: 500 } } },
    });
    const charge = await bench.sale({ amount: 2000 });
    await bench.advance(2);
    const payout = (await bench.stripe.payouts.list()).data[0]!;
    expect(payout.amount).toBe(2000 - 88 - 500);
    expect((await bench.balance(bench.platform)).available).toBe(500);
    await bench.stripe.refunds.create({ charge: charge.id });
    await bench.advance(2);
    expect((await bench.stripe.payouts.list()).data).toHaveLength(1);
    expect((await bench.balance(bench.platform)).available).toBe(-1500);
  });
});
