import type Stripe from 'stripe';
import { Bench } from './support.js';

const US_BANK = {
  object: 'bank_account',
  country: 'US',
  currency: 'usd',
  routing_number: '110000000',
  account_number: '000123456789',
} as const;

const COMPLETE: Stripe.AccountUpdateParams = {
  business_type: 'individual',
  business_profile: { mcc: '5734', product_description: 'Bowls', support_email: 'help@clay.example' },
  individual: {
    first_name: 'Jenny',
    last_name: 'Rosen',
    email: 'jenny@clay.example',
    dob: { day: 1, month: 1, year: 1990 },
    address: {
      line1: '1 Market Street',
      city: 'Springfield',
      state: 'CA',
      postal_code: '94105',
      country: 'US',
    },
    id_number: '000000000',
  },
  external_account: US_BANK,
  tos_acceptance: { date: 1_790_000_000, ip: '203.0.113.7' },
};

describe('accounts by the first version of the API', () => {
  let bench: Bench;
  let stripe: Stripe;
  beforeAll(async () => {
    bench = await Bench.start();
    stripe = bench.stripe;
  });
  afterAll(() => bench.stop());

  const asking = { card_payments: { requested: true }, transfers: { requested: true } };
  const custom = () => stripe.accounts.create({ type: 'custom', country: 'US', capabilities: asking });

  it.each([
    [
      'standard',
      { fees: { payer: 'account' }, losses: { payments: 'stripe' }, stripe_dashboard: { type: 'full' } },
    ],
    ['express', { fees: { payer: 'application_express' }, losses: { payments: 'application' } }],
    ['custom', { requirement_collection: 'application', stripe_dashboard: { type: 'none' } }],
  ] as const)('say who is responsible: %s', async (type, controller) => {
    const made = await stripe.accounts.create({ type, country: 'GB', email: 'seller@example.com' });
    expect(made).toMatchObject({
      type,
      controller,
      country: 'GB',
      default_currency: 'gbp',
      email: 'seller@example.com',
    });
    const { fees, losses, requirement_collection, stripe_dashboard } = made.controller!;
    const payer = fees!.payer === 'account' ? ('account' as const) : ('application' as const);
    const same = await stripe.accounts.create({
      controller: {
        fees: { payer },
        losses: { payments: losses!.payments as 'stripe' },
        requirement_collection: requirement_collection as 'stripe',
        stripe_dashboard: { type: stripe_dashboard!.type as 'full' },
      },
    });
    expect(same.controller).toMatchObject({
      losses,
      requirement_collection,
      stripe_dashboard,
      fees: { payer },
    });
    await expect(stripe.accounts.create({ type, controller: { fees: { payer } } })).rejects.toMatchObject({
      param: 'controller',
    });
  });

  it('are active once everything asked for was given, and tell of each step', async () => {
    const { id, requirements, charges_enabled } = await custom();
    expect(charges_enabled).toBe(false);
    expect(requirements!.currently_due).toEqual(
      expect.arrayContaining(['business_type', 'external_account']),
    );
    const done = await stripe.accounts.update(id, COMPLETE);
    expect(done).toMatchObject({
      charges_enabled: true,
      payouts_enabled: true,
      details_submitted: true,
      capabilities: { card_payments: 'active', transfers: 'active' },
      business_profile: { mcc: '5734', support_email: 'help@clay.example', product_description: 'Bowls' },
      requirements: { currently_due: [], disabled_reason: null },
    });
    expect(done.external_accounts!.data).toMatchObject([{ last4: '6789', default_for_currency: true }]);
    const types = await bench.eventTypes(id);
    expect(types).toEqual(
      expect.arrayContaining(['account.updated', 'capability.updated', 'account.external_account.created']),
    );
  });

  it('list, request and drop capabilities', async () => {
    const { id } = await custom();
    expect((await stripe.accounts.listCapabilities(id)).data.map((one) => [one.id, one.status])).toEqual([
      ['card_payments', 'inactive'],
      ['transfers', 'inactive'],
    ]);
    expect(await stripe.accounts.retrieveCapability(id, 'klarna_payments')).toMatchObject({
      status: 'unrequested',
    });
    const asked = await stripe.accounts.updateCapability(id, 'klarna_payments', { requested: true });
    expect(asked).toMatchObject({ requested: true, status: 'inactive', account: id });
    expect(asked.requirements!.currently_due).toContain('business_type');
    await stripe.accounts.updateCapability(id, 'transfers', { requested: false });
    expect((await stripe.accounts.retrieve(id)).capabilities).not.toHaveProperty('transfers');
  });

  it('keep the people of a company, and never their id numbers', async () => {
    const { id } = await custom();
    const owner = await stripe.accounts.createPerson(id, {
      first_name: 'Kathleen',
      relationship: { owner: true, percent_ownership: 80 },
      id_number: '123456789',
      metadata: { desk: '4' },
    });
    expect(owner).toMatchObject({
      id_number_provided: true,
      relationship: { owner: true, percent_ownership: 80 },
    });
    expect(JSON.stringify(owner)).not.toContain('123456789');
    await stripe.accounts.createPerson(id, { relationship: { director: true } });
    const { data } = await stripe.accounts.listPersons(id, { relationship: { owner: true } });
    expect(data.map((person) => person.id)).toEqual([owner.id]);
    await stripe.accounts.updatePerson(id, owner.id, {
      last_name: 'Banks',
      dob: { day: 2, month: 3, year: 1980 },
    });
    expect(await stripe.accounts.retrievePerson(id, owner.id)).toMatchObject({
      first_name: 'Kathleen',
      last_name: 'Banks',
      dob: { day: 2, month: 3, year: 1980 },
    });
    expect(await stripe.accounts.deletePerson(id, owner.id)).toMatchObject({ deleted: true });
    await expect(stripe.accounts.retrievePerson(id, owner.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
    expect(await bench.eventTypes(id)).toEqual(
      expect.arrayContaining(['person.created', 'person.updated', 'person.deleted']),
    );
  });

  it('show the same people by the second version of the API, with thin events', async () => {
    const { id } = await custom();
    const { persons } = stripe.v2.core.accounts;
    const made = await persons.create(id, {
      given_name: 'Ada',
      surname: 'Byron',
      date_of_birth: { day: 10, month: 12, year: 1985 },
      address: { line1: '1 Market Street', country: 'US' },
      relationship: { director: true, title: 'Founder' },
    });
    expect(made).toMatchObject({
      object: 'v2.core.account_person',
      given_name: 'Ada',
      surname: 'Byron',
      account: id,
    });
    expect(await stripe.accounts.retrievePerson(id, made.id)).toMatchObject({
      first_name: 'Ada',
      relationship: { director: true, title: 'Founder' },
    });
    await persons.update(id, made.id, { surname: 'Lovelace' });
    expect((await persons.retrieve(id, made.id)).surname).toBe('Lovelace');
    expect((await persons.list(id)).data.map((person) => person.id)).toEqual([made.id]);
    expect(await persons.del(id, made.id)).toMatchObject({ id: made.id });
    const { data } = await stripe.v2.core.events.list({ object_id: made.id });
    expect(data.map((event) => event.type).reverse()).toEqual([
      'v2.core.account_person.created',
      'v2.core.account_person.updated',
      'v2.core.account_person.deleted',
    ]);
  });

  it('are rejected by the platform only where it bears the losses', async () => {
    const { id } = await custom();
    const rejected = await stripe.accounts.reject(id, { reason: 'fraud_other' });
    expect(rejected.requirements!.disabled_reason).toBe('rejected.fraud');
    const again = await stripe.accounts.unreject(id);
    expect(again.requirements!.disabled_reason).not.toMatch(/^rejected/);
    await expect(stripe.accounts.unreject(id)).rejects.toMatchObject({ statusCode: 400 });
    const standard = await stripe.accounts.create({ type: 'standard' });
    await expect(stripe.accounts.reject(standard.id, { reason: 'other' })).rejects.toThrow(
      /negative balances/,
    );
  });

  it('are gone for the platform once they are deleted', async () => {
    const { id } = await stripe.accounts.create({ type: 'standard' });
    expect(await stripe.accounts.del(id)).toMatchObject({ id, deleted: true });
    await expect(stripe.accounts.retrieve(id)).rejects.toMatchObject({ code: 'resource_missing' });
    const seen = [...bench.emulator.engine.store.all('event', id)].map((event) => event.type);
    expect(seen).toContain('account.application.deauthorized');
  });

  it('lead their owners to the pages by links, and say what countries can do', async () => {
    const { id } = await custom();
    const urls = { refresh_url: 'https://shop.example/again', return_url: 'https://shop.example/done' };
    const link = await stripe.accountLinks.create({ account: id, type: 'account_onboarding', ...urls });
    expect((await fetch(link.url, { redirect: 'manual' })).status).toBeLessThan(400);
    await expect(
      stripe.accountLinks.create({ account: id, type: 'account_onboarding' }),
    ).rejects.toMatchObject({
      param: 'refresh_url',
    });
    const session = await stripe.accountSessions.create({
      account: id,
      components: { payouts: { enabled: true, features: { instant_payouts: true } } },
    });
    expect(session.components).toMatchObject({
      payouts: { enabled: true, features: { instant_payouts: true, standard_payouts: false } },
      payments: { enabled: false },
    });
    expect(await stripe.countrySpecs.retrieve('DE')).toMatchObject({ default_currency: 'eur' });
    expect((await stripe.countrySpecs.list({ limit: 3 })).data).toHaveLength(3);
    await expect(stripe.countrySpecs.retrieve('XX')).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it('are not onboarded by a change of their metadata', async () => {
    const { id } = await stripe.accounts.create({ type: 'standard' });
    const changed = await stripe.accounts.update(id, { metadata: { shop: '7' } });
    expect(changed).toMatchObject({
      details_submitted: false,
      charges_enabled: false,
      payouts_enabled: false,
    });
    expect(changed.requirements!.currently_due).toContain('business_type');
  });

  it('may be sent money when they are full accounts of their own', async () => {
    await bench.sale({ amount: 5000, card: '4000000000000077' });
    const { id } = await stripe.accounts.create({});
    const sent = await stripe.transfers.create({ amount: 1000, currency: 'usd', destination: id });
    expect(sent.destination).toBe(id);
    expect(await bench.balance(id)).toEqual({ pending: 0, available: 1000 });
  });
});
