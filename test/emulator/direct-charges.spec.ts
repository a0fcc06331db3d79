import type Stripe from 'stripe';
import { Bench } from './support.js';

describe('a payment that a buyer makes to the seller itself', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeAll(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
  });
  afterAll(() => bench.stop());

  const charge = async (account: string, card = 'pm_card_visa'): Promise<Stripe.Charge> => {
    const intent = await stripe.paymentIntents.create(
      {
        amount: 10_000,
        currency: 'usd',
        payment_method: card,
        confirm: true,
        application_fee_amount: 1000,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        expand: ['latest_charge'],
      },
      { stripeAccount: account },
    );
    return intent.latest_charge as Stripe.Charge;
  };
  const totals = async (...accounts: string[]) =>
    Promise.all(
      accounts.map(async (account) => {
        const { pending, available } = await bench.balance(account);
        return pending + available;
      }),
    );

  it('pays the seller less both fees, and the platform its own, where the account pays Stripe', async () => {
    const account = await bench.merchant('account');
    const [before] = await totals(bench.platform);
    const paid = await charge(account);
    expect(await totals(account, bench.platform)).toEqual([10_000 - 320 - 1000, before! + 1000]);
    const fee = await stripe.applicationFees.retrieve(paid.application_fee as string);
    expect(fee).toMatchObject({ account, amount: 1000, charge: paid.id, originating_transaction: null });
    const movement = await stripe.balanceTransactions.retrieve(paid.balance_transaction as string, {}, { stripeAccount: account }); // prettier-ignore
    expect(movement.fee_details.map(({ type, amount }) => [type, amount])).toEqual([
      ['application_fee', 1000],
      ['stripe_fee', 320],
    ]);
    await expect(stripe.charges.retrieve(paid.id)).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it("leaves Stripe's fee to the platform where it took that on", async () => {
    const account = await bench.merchant('application');
    const [before] = await totals(bench.platform);
    await charge(account);
    expect(await totals(account, bench.platform)).toEqual([9000, before! + 1000 - 320]);
  });

  it("is refunded from the seller's balance, with the platform's fee when asked", async () => {
    const account = await bench.merchant('account');
    const [before] = await totals(bench.platform);
    const paid = await charge(account);
    const on = { stripeAccount: account };
    await stripe.refunds.create({ charge: paid.id, amount: 2500, refund_application_fee: true }, on);
    expect(await totals(account, bench.platform)).toEqual([8680 - 2500 + 250, before! + 750]);
    await stripe.applicationFees.createRefund(paid.application_fee as string, {});
    expect(await totals(account, bench.platform)).toEqual([8680 - 2500 + 1000, before]);
    await expect(stripe.refunds.create({ charge: paid.id, reverse_transfer: true }, on)).rejects.toMatchObject({ param: 'reverse_transfer' }); // prettier-ignore
  });

  it('is disputed against the seller, with the fee on who pays Stripe', async () => {
    const own = await bench.merchant('account');
    const managed = await bench.merchant('application');
    await charge(own, 'pm_card_createDispute');
    expect(await totals(own)).toEqual([8680 - 11_500]);
    const [before] = await totals(bench.platform);
    const { id } = await charge(managed, 'pm_card_createDispute');
    // What the seller now owes is kept back as well.
    expect(await totals(managed, bench.platform)).toEqual([
      9000 - 10_000,
      before! + 1000 - 320 - 1500 - 1000,
    ]);
    const { data } = await stripe.disputes.list({ charge: id }, { stripeAccount: managed });
    expect(data[0]!.balance_transactions[0]).toMatchObject({ amount: -10_000, fee: 0 });
    const won = await stripe.disputes.update(
      data[0]!.id,
      { evidence: { uncategorized_text: 'winning_evidence' } },
      { stripeAccount: managed },
    );
    expect(won.status).toBe('won');
    expect(await totals(managed, bench.platform)).toEqual([9000, before! + 1000 - 320 - 1500]);
  });

  it('leaves a debt that the platform keeps money for, until the bank pays it', async () => {
    const account = await bench.merchant('application');
    await stripe.balanceSettings.update({ payments: { payouts: { schedule: { interval: 'manual' } } } });
    await stripe.topups.create({ amount: 50_000, currency: 'usd' });
    await charge(account);
    await bench.advance(4);
    expect(await bench.balance(account)).toEqual({ pending: 0, available: 0 });
    const own = await stripe.balance.retrieve();
    const { data } = await stripe.charges.list({ limit: 1 }, { stripeAccount: account });
    await bench.control(`/charges/${data[0]!.id}/dispute`, {});
    expect(await bench.balance(account)).toEqual({ pending: 0, available: -10_000 });
    const kept = await stripe.balance.retrieve();
    expect(kept.connect_reserved).toMatchObject([{ amount: 10_000, currency: 'usd' }]);
    expect(kept.available[0]!.amount).toBe(own.available[0]!.amount - 10_000 - 1500);

    await bench.advance(1);
    const [debit] = (await stripe.payouts.list({ limit: 1 }, { stripeAccount: account })).data;
    expect(debit).toMatchObject({ amount: -10_000, automatic: true });
    expect(await bench.balance(account)).toEqual({ pending: 0, available: 0 });
    expect((await stripe.balance.retrieve()).connect_reserved).toMatchObject([{ amount: 0 }]);
  });

  it('is refused until the seller may be paid by buyers', async () => {
    const seller = await bench.seller();
    await expect(charge(seller)).rejects.toMatchObject({ statusCode: 403 });
    const account = await stripe.v2.core.accounts.create({
      identity: { country: 'us' },
      dashboard: 'full',
      defaults: { responsibilities: { fees_collector: 'stripe', losses_collector: 'stripe' } },
      configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
      include: ['configuration.merchant'],
    });
    expect(account.configuration!.merchant!.capabilities!.card_payments!.status).toBe('restricted');
    await bench.control(`/accounts/${account.id}/complete_onboarding`, {});
    expect((await charge(account.id)).paid).toBe(true);
  });
});
