import { Bench } from './support.js';

describe('bank accounts through the API', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.stop());

  const US = { object: 'bank_account', country: 'US', currency: 'usd', routing_number: '110000000' } as const;
  const add = (id: string, account_number: string, more: object = {}) =>
    bench.stripe.accounts.createExternalAccount(id, {
      external_account: { ...US, account_number, account_holder_name: 'Jenny Rosen' },
      ...more,
    });

  it('settle what onboarding asked for, and show no more than the last digits', async () => {
    const id = await bench.seller({ onboarded: false });
    const bank = await add(id, '000123456789', { metadata: { shop: '1' } });
    expect(bank).toMatchObject({
      object: 'bank_account',
      account: id,
      account_holder_name: 'Jenny Rosen',
      default_for_currency: true,
      last4: '6789',
      metadata: { shop: '1' },
      status: 'new',
    });
    expect(JSON.stringify(bank)).not.toContain('000123456789');
    const account = await bench.stripe.accounts.retrieve(id);
    expect(account.requirements!.currently_due).not.toContain('external_account');
    expect(account.external_accounts!.data).toMatchObject([{ id: bank.id }]);
    expect((await bench.stripe.accounts.listExternalAccounts(id)).data).toMatchObject([{ id: bank.id }]);
    expect((await bench.stripe.accounts.listExternalAccounts(id, { object: 'card' })).data).toEqual([]);
    expect(await bench.stripe.accounts.retrieveExternalAccount(id, bank.id)).toMatchObject({ id: bank.id });
    expect(await bench.eventTypes(id)).toContain('account.external_account.created');
  });

  it.each([
    ['US', '110000000', '000222222227', 'insufficient_funds'],
    ['DE', undefined, 'DE62370400440532013001', 'no_account'],
    ['GB', '108800', '11111113', 'account_closed'],
  ])('decide by their number how payouts end: %s', async (country, routing_number, account_number, code) => {
    const id = await bench.seller();
    await bench.stripe.accounts.createExternalAccount(id, {
      default_for_currency: true,
      external_account: {
        object: 'bank_account',
        country,
        currency: 'usd',
        account_number,
        ...(routing_number && { routing_number }),
      },
    });
    await bench.sale({ seller: id, amount: 1000, fee: 100 });
    await bench.advance(8);
    const { data } = await bench.stripe.payouts.list({}, { stripeAccount: id });
    expect(data.at(-1)).toMatchObject({ status: 'failed', failure_code: code });
  });

  it('are refused when the number is nobody’s test account, or a US one has no routing number', async () => {
    const id = await bench.seller({ onboarded: false });
    await expect(add(id, '987654321')).rejects.toMatchObject({ code: 'account_number_invalid' });
    await expect(
      bench.stripe.accounts.createExternalAccount(id, {
        external_account: { object: 'bank_account', country: 'US', account_number: '000123456789' },
      }),
    ).rejects.toMatchObject({ param: 'external_account[routing_number]' });
    await expect(
      bench.stripe.accounts.createExternalAccount('acct_nobody', { external_account: { ...US, account_number: '000123456789' } }),
    ).rejects.toMatchObject({ code: 'resource_missing' }); // prettier-ignore
  });

  it('are several, one the default of each currency, and that of the account’s own is never deleted', async () => {
    const { accounts } = bench.stripe;
    const id = await bench.seller();
    const first = (await accounts.listExternalAccounts(id)).data[0]!;
    const second = await add(id, '000111111116');
    expect(second.default_for_currency).toBe(false);
    await accounts.updateExternalAccount(id, second.id, {
      default_for_currency: true,
      metadata: { main: 'yes' },
    });
    expect(await accounts.retrieveExternalAccount(id, first.id)).toMatchObject({
      default_for_currency: false,
    });
    expect(await accounts.retrieveExternalAccount(id, second.id)).toMatchObject({
      default_for_currency: true,
      metadata: { main: 'yes' },
    });
    await expect(accounts.deleteExternalAccount(id, second.id)).rejects.toThrow(/default/);
    const euro = await accounts.createExternalAccount(id, {
      external_account: {
        object: 'bank_account',
        country: 'DE',
        currency: 'eur',
        account_number: 'DE89370400440532013000',
      },
    });
    expect(euro.default_for_currency).toBe(true);
    expect(await accounts.deleteExternalAccount(id, euro.id)).toMatchObject({ deleted: true });
    expect(await accounts.deleteExternalAccount(id, first.id)).toMatchObject({ deleted: true });
    expect((await accounts.listExternalAccounts(id)).data.map((one) => one.id)).toEqual([second.id]);
    expect(await bench.eventTypes(id)).toEqual(
      expect.arrayContaining(['account.external_account.updated', 'account.external_account.deleted']),
    );
  });

  it('are paid each in its own currency', async () => {
    const id = await bench.seller();
    const euro = await bench.stripe.accounts.createExternalAccount(id, {
      external_account: { object: 'bank_account', country: 'DE', currency: 'eur', account_number: 'DE89370400440532013000' },
    }); // prettier-ignore
    await bench.sale({ seller: id, currency: 'eur', amount: 5000, fee: 500 });
    await bench.sale({ seller: id, amount: 3000, fee: 300 });
    await bench.advance(4);
    const { data } = await bench.stripe.payouts.list({}, { stripeAccount: id });
    expect(data.find(({ currency }) => currency === 'eur')!.destination).toBe(euro.id);
    expect(data.find(({ currency }) => currency === 'usd')!.destination).not.toBe(euro.id);
  });

  it('can be debit cards, to which money is paid within minutes for a fee', async () => {
    const id = await bench.seller();
    await bench.sale({ seller: id, amount: 20_000, fee: 1, card: '4000000000000077' });
    const instant = { amount: 10_000, currency: 'usd', method: 'instant' } as const;
    await expect(bench.stripe.payouts.create(instant, { stripeAccount: id })).rejects.toMatchObject({
      code: 'instant_payouts_unsupported',
    });
    const card = await bench.stripe.accounts.createExternalAccount(id, {
      external_account: 'tok_visa_debit',
    });
    expect(card).toMatchObject({
      object: 'card',
      last4: '5556',
      available_payout_methods: ['standard', 'instant'],
    });
    const before = await bench.balance(id);
    const payout = await bench.stripe.payouts.create(instant, { stripeAccount: id });
    expect(payout).toMatchObject({ method: 'instant', type: 'card', destination: card.id, amount: 10_000 });
    const paid = await bench.stripe.balanceTransactions.retrieve(payout.balance_transaction as string, {}, { stripeAccount: id }); // prettier-ignore
    expect(paid).toMatchObject({ amount: -10_000, fee: 100, net: -10_100 });
    expect((await bench.balance(id)).available).toBe(before.available - 10_100);
    await bench.advance(0.03);
    expect((await bench.stripe.payouts.retrieve(payout.id, {}, { stripeAccount: id })).status).toBe('paid');
  });
});
