import Stripe from 'stripe';
import { Bench } from './support.js';

const INCLUDE: Stripe.V2.Core.AccountRetrieveParams.Include[] = [
  'configuration.recipient',
  'requirements',
  'identity',
  'defaults',
];

describe('accounts and their onboarding', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.stop());

  const look = async (id: string) => {
    const account = await bench.stripe.v2.core.accounts.retrieve(id, { include: INCLUDE });
    const balance = account.configuration!.recipient!.capabilities!.stripe_balance!;
    return {
      account,
      transfers: balance.stripe_transfers!.status,
      payouts: balance.payouts!.status,
      due: account.requirements!.entries!.map((entry) => entry.description),
    };
  };

  it('shows most of a v2 account only when it is included', async () => {
    const id = await bench.seller();
    const bare = await bench.stripe.v2.core.accounts.retrieve(id);
    expect(bare.configuration).toBeUndefined();
    expect(bare.requirements).toBeUndefined();
    expect(bare).toMatchObject({
      object: 'v2.core.account',
      dashboard: 'express',
      applied_configurations: ['recipient'],
    });
  });

  it('asks for what is missing until nothing is, and only then lets money in', async () => {
    const id = await bench.seller({ onboarded: false });
    expect(await look(id)).toMatchObject({ transfers: 'restricted', payouts: 'restricted' });
    await bench.control(`/accounts/${id}/answer`, {
      answers: { entity_type: 'individual', accept_terms: true },
    });
    const half = await look(id);
    expect(half.due).toContain('identity.individual.given_name');
    expect(half.due).not.toContain('identity.attestations.terms_of_service.account.date');
    await bench.control(`/accounts/${id}/complete_onboarding`, {});
    expect(await look(id)).toMatchObject({ transfers: 'active', payouts: 'active', due: [] });
    expect(await bench.stripe.accounts.retrieve(id)).toMatchObject({
      payouts_enabled: true,
      details_submitted: true,
      capabilities: { transfers: 'active' },
    });
  });

  it('asks a company for other things than a person', async () => {
    const id = await bench.seller({ onboarded: false });
    await bench.control(`/accounts/${id}/answer`, { answers: { entity_type: 'company' } });
    expect((await look(id)).due).toContain('identity.business_details.registered_name');
  });

  it('opens an account link once and for a few minutes', async () => {
    const id = await bench.seller({ onboarded: false });
    const make = () =>
      bench.stripe.v2.core.accountLinks.create({
        account: id,
        use_case: {
          type: 'account_onboarding',
          account_onboarding: {
            refresh_url: 'https://shop.example/again',
            return_url: 'https://shop.example/back',
          },
        },
      });
    const visit = (url: string) => {
      const token = url.split('/').at(-1)!;
      return bench.emulator.engine.transact(() => bench.emulator.engine.accountLinks.visit(id, token));
    };
    const { url } = await make();
    expect(url).toBe(`${bench.emulator.url}/setup/e/${id}/${url.split('/').at(-1)}`);
    const first = visit(url);
    expect(first).toMatchObject({ outcome: 'opened', session: { account: id } });
    expect(visit(url)).toEqual({ outcome: 'refresh', url: 'https://shop.example/again' });
    const late = await make();
    await bench.control('/clock/advance', { seconds: 301 });
    expect(visit(late.url)).toMatchObject({ outcome: 'refresh' });
    expect(visit(`${url}x`)).toEqual({ outcome: 'unknown' });
  });

  it('refuses a link to update an account whose owner has a dashboard of Stripe’s', async () => {
    const account = await bench.seller();
    const urls = { refresh_url: 'https://shop.example/again', return_url: 'https://shop.example/back' };
    await expect(
      bench.stripe.v2.core.accountLinks.create({
        account,
        use_case: { type: 'account_update', account_update: urls },
      }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it('restricts from the deadline of a requirement on, and says so by events', async () => {
    const id = await bench.seller();
    await bench.control(`/accounts/${id}/requirement`, {
      field: 'individual.verification.document',
      deadline_in_seconds: 86_400,
    });
    const raised = await look(id);
    expect(raised).toMatchObject({
      transfers: 'active',
      account: { requirements: { summary: { minimum_deadline: { status: 'currently_due' } } } },
    });
    await bench.advance(1);
    expect(await look(id)).toMatchObject({ transfers: 'restricted', payouts: 'restricted' });
    const { data } = await bench.stripe.v2.core.events.list({ object_id: id, limit: 100 });
    const types = data.map((event) => event.type);
    expect(types[0]).toBe('v2.core.account[configuration.recipient].capability_status_updated');
    expect(types).toContain('v2.core.account[requirements].updated');
    await bench.control(`/accounts/${id}/restore`, {});
    expect(await look(id)).toMatchObject({ transfers: 'active', due: [] });
  });

  it('stops only payouts when the bank account is the problem', async () => {
    const id = await bench.seller({ bank: '000111111116' });
    await bench.sale({ seller: id });
    await bench.advance(10);
    expect(await look(id)).toMatchObject({
      transfers: 'active',
      payouts: 'restricted',
      due: ['defaults.payout_methods'],
    });
  });

  it('refuses to pay a restricted seller, also by a session that was open', async () => {
    const id = await bench.seller();
    const session = await bench.session({ seller: id });
    await bench.control(`/accounts/${id}/restrict`, {});
    await expect(bench.pay(session.id)).rejects.toThrow('insufficient_capabilities_for_transfer');
    await expect(bench.session({ seller: id })).rejects.toMatchObject({
      code: 'insufficient_capabilities_for_transfer',
    });
  });

  it('closes an empty account only', async () => {
    const id = await bench.seller();
    await bench.sale({ seller: id });
    await expect(bench.stripe.v2.core.accounts.close(id, {})).rejects.toMatchObject({ statusCode: 400 });
    await bench.advance(3);
    expect(await bench.stripe.v2.core.accounts.close(id, {})).toMatchObject({ closed: true });
    expect((await bench.stripe.v2.core.accounts.list()).data).toEqual([]);
    const { data } = await bench.stripe.v2.core.events.list({
      object_id: id,
      types: ['v2.core.account.closed'],
    });
    expect(data).toHaveLength(1);
  });

  it('says by thin events which parts of it changed, and of no other', async () => {
    const id = await bench.seller({ onboarded: false });
    const told = async (change: Stripe.V2.Core.AccountUpdateParams) => {
      const seen = (await bench.stripe.v2.core.events.list({ object_id: id, limit: 100 })).data.length;
      await bench.stripe.v2.core.accounts.update(id, change);
      const { data } = await bench.stripe.v2.core.events.list({ object_id: id, limit: 100 });
      return data.slice(0, data.length - seen).map(({ type }) => type).filter((type) => /\[(defaults|identity|configuration.merchant)\]/.test(type)); // prettier-ignore
    };
    expect(await told({ defaults: { locales: ['en-US'] } })).toEqual(['v2.core.account[defaults].updated']);
    const individual = { given_name: 'Ada' };
    expect(await told({ identity: { individual } })).toEqual(['v2.core.account[identity].updated']);
    expect(await told({ configuration: { merchant: { capabilities: { card_payments: { requested: true } } } } })).toEqual(['v2.core.account[configuration.merchant].updated']); // prettier-ignore
    expect(await told({ metadata: { shop: '1' } })).toEqual([]);
  });

  it("takes the platform's access away when a seller leaves it", async () => {
    const id = await bench.seller();
    await bench.control(`/accounts/${id}/deauthorize`, {});
    await expect(bench.stripe.balance.retrieve({}, { stripeAccount: id })).rejects.toMatchObject({
      statusCode: 403,
      code: 'account_invalid',
    });
    await expect(bench.session({ seller: id })).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it('makes login links for onboarded Express accounts', async () => {
    const id = await bench.seller();
    const link = await bench.stripe.accounts.createLoginLink(id);
    const token = link.url.split('/').at(-1)!;
    expect(link.url).toBe(`${bench.emulator.url}/express/${id}/${token}`);
    expect(bench.emulator.engine.accountLinks.opensDashboard(id, token)).toBe(true);
    const fresh = await bench.seller({ onboarded: false });
    await expect(bench.stripe.accounts.createLoginLink(fresh)).rejects.toMatchObject({ statusCode: 400 });
  });
});
