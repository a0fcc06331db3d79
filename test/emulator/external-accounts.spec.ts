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

  it('are replaced only on request, and the default of the account’s own currency is never deleted', async () => {
    const id = await bench.seller();
    const before = (await bench.stripe.accounts.listExternalAccounts(id)).data[0]!;
    await expect(add(id, '000111111116')).rejects.toMatchObject({ param: 'default_for_currency' });
    const after = await add(id, '000111111116', { default_for_currency: true });
    await expect(bench.stripe.accounts.retrieveExternalAccount(id, before.id)).rejects.toMatchObject({ code: 'resource_missing' }); // prettier-ignore
    await expect(bench.stripe.accounts.deleteExternalAccount(id, after.id)).rejects.toThrow(/default/);
    const euro = await bench.stripe.accounts.createExternalAccount(id, {
      external_account: {
        object: 'bank_account',
        country: 'DE',
        currency: 'eur',
        account_number: 'DE89370400440532013000',
      },
    });
    expect(await bench.stripe.accounts.deleteExternalAccount(id, euro.id)).toMatchObject({ deleted: true });
    expect(await bench.stripe.accounts.retrieve(id)).toMatchObject({ payouts_enabled: false });
    expect(await bench.eventTypes(id)).toContain('account.external_account.deleted');
  });
});
