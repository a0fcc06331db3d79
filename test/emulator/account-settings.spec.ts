import type Stripe from 'stripe';
import { Bench } from './support.js';

describe('what v1 keeps of an account', () => {
  let bench: Bench;
  let accounts: Stripe['accounts'];
  beforeAll(async () => {
    bench = await Bench.start();
    ({ accounts } = bench.stripe);
  });
  afterAll(() => bench.stop());

  const custom = (more: Stripe.AccountCreateParams = {}) =>
    accounts.create({
      type: 'custom',
      country: 'DE',
      capabilities: { transfers: { requested: true } },
      ...more,
    });

  it('shows every group of settings from the beginning, and keeps what it is told of each', async () => {
    const { id, settings } = await custom();
    expect(settings).toMatchObject({
      bacs_debit_payments: { display_name: null, service_user_number: null },
      card_issuing: { tos_acceptance: { date: null, ip: null } },
      card_payments: { decline_on: { avs_failure: false, cvc_failure: false } },
      invoices: { default_account_tax_ids: null, hosted_payment_method_save: null },
      payouts: { debit_negative_balances: true, schedule: { interval: 'daily', delay_days: 2 } },
      sepa_debit_payments: {},
    });
    const changed = await accounts.update(id, {
      settings: {
        branding: { primary_color: '#112233' },
        card_payments: { decline_on: { cvc_failure: true }, statement_descriptor_prefix: 'CLAY' },
        invoices: { hosted_payment_method_save: 'offer' },
        payments: { statement_descriptor: 'CLAY AND CO' },
        sepa_debit_payments: { creditor_id: 'DE98ZZZ09999999999' },
      },
    });
    expect(changed.settings).toMatchObject({
      branding: { primary_color: '#112233', logo: null },
      card_payments: {
        decline_on: { avs_failure: false, cvc_failure: true },
        statement_descriptor_prefix: 'CLAY',
      },
      invoices: { hosted_payment_method_save: 'offer' },
      payments: { statement_descriptor: 'CLAY AND CO' },
      sepa_debit_payments: { creditor_id: 'DE98ZZZ09999999999' },
    });
    const unset = await accounts.update(id, {
      settings: { card_payments: { statement_descriptor_prefix: '' } },
    });
    expect(unset.settings!.card_payments).toMatchObject({
      decline_on: { cvc_failure: true },
      statement_descriptor_prefix: null,
    });
  });

  it('has one way of being paid out, in the account and in its balance settings', async () => {
    const { id } = await custom();
    const { settings } = await accounts.update(id, {
      settings: {
        payouts: {
          debit_negative_balances: false,
          schedule: { interval: 'weekly', weekly_anchor: 'friday', delay_days: 7 },
          statement_descriptor: 'CLAY POTS',
        },
      },
    });
    expect(settings!.payouts).toEqual({
      debit_negative_balances: false,
      schedule: {
        interval: 'weekly',
        weekly_anchor: 'friday',
        weekly_payout_days: ['friday'],
        delay_days: 7,
      },
      statement_descriptor: 'CLAY POTS',
    });
    const { payments } = await bench.stripe.balanceSettings.retrieve({}, { stripeAccount: id });
    expect(payments.payouts).toMatchObject({
      schedule: { interval: 'weekly', weekly_payout_days: ['friday'] },
    });
    await bench.stripe.balanceSettings.update(
      {
        payments: {
          payouts: { schedule: { interval: 'manual' } },
          settlement_timing: { delay_days_override: '' },
        },
      },
      { stripeAccount: id },
    );
    expect((await accounts.retrieve(id)).settings!.payouts!.schedule).toEqual({
      interval: 'manual',
      delay_days: 2,
    });
    const types = await bench.eventTypes(id);
    expect(types.slice(-2)).toEqual(['balance_settings.updated', 'account.updated']);
    await accounts.update(id, { settings: { payouts: { schedule: { delay_days: 9 } } } });
    const least = await accounts.update(id, {
      settings: { payouts: { schedule: { delay_days: 'minimum' } } },
    });
    expect(least.settings!.payouts!.schedule.delay_days).toBe(2);
  });

  it.each<[string, Stripe.AccountUpdateParams.Settings, string]>([
    ['a weekly payout without its day', { payouts: { schedule: { interval: 'weekly' } } }, 'settings[payouts][schedule][weekly_anchor]'],
    ['a descriptor of four letters', { payments: { statement_descriptor: 'CLAY' } }, 'settings[payments][statement_descriptor]'],
    ['a prefix of eleven', { card_payments: { statement_descriptor_prefix: 'CLAYANDSONS' } }, 'settings[card_payments][statement_descriptor_prefix]'],
    ['a delay that is no number', { payouts: { schedule: { delay_days: 'soon' as 'minimum' } } }, 'settings[payouts][schedule][delay_days]'],
  ])('refuses %s', async (_, settings, param) => {
    const { id } = await custom();
    await expect(accounts.update(id, { settings })).rejects.toMatchObject({ statusCode: 400, param });
  }); // prettier-ignore

  it('knows who accepted which terms, when, and does not let a platform accept them for an owner whom Stripe asks', async () => {
    const terms = { date: 1_790_000_000, ip: '203.0.113.7', user_agent: 'Test/1' };
    const { id, tos_acceptance } = await custom();
    expect(tos_acceptance).toEqual({ date: null, ip: null, user_agent: null });
    const accepted = await accounts.update(id, { tos_acceptance: terms });
    expect(accepted.tos_acceptance).toEqual(terms);
    const express = await accounts.create({ type: 'express' });
    await expect(accounts.update(express.id, { tos_acceptance: terms })).rejects.toThrow(
      'You cannot accept the Terms of Service on behalf of Standard and Express connected accounts.',
    );
  });

  it('keeps those under the recipient agreement from buyers, and from money across borders', async () => {
    const tos_acceptance = { service_agreement: 'recipient' } as const;
    const recipient = await custom({ tos_acceptance });
    expect(recipient.tos_acceptance).toMatchObject({ service_agreement: 'recipient' });
    const asked = { capabilities: { card_payments: { requested: true } } };
    await expect(accounts.update(recipient.id, asked)).rejects.toMatchObject({
      param: 'capabilities[card_payments]',
    });
    await expect(custom({ ...asked, tos_acceptance })).rejects.toMatchObject({
      param: 'capabilities[card_payments]',
    });
    await bench.control(`/accounts/${recipient.id}/complete_onboarding`, {});
    await bench.sale({ amount: 5000, card: '4000000000000077' });
    await expect(
      bench.stripe.transfers.create({ amount: 100, currency: 'usd', destination: recipient.id }),
    ).rejects.toThrow("Funds can't be sent to accounts located in DE");
    await expect(
      accounts.update(recipient.id, { tos_acceptance: { service_agreement: 'full' } }),
    ).rejects.toThrow('cannot be changed');
  });

  it.each<[string, Stripe.AccountCreateParams]>([
    ['in the platform’s country', { type: 'custom', country: 'US' }],
    ['with the full dashboard', { type: 'standard', country: 'DE' }],
  ])('has no recipient agreement %s', async (_, params) => {
    await expect(
      accounts.create({ ...params, tos_acceptance: { service_agreement: 'recipient' } }),
    ).rejects.toMatchObject({ param: 'tos_acceptance[service_agreement]' });
  });

  it('shows a platform that asks for everything itself what it was told of the company, or of the person', async () => {
    const company = await custom({
      business_type: 'company',
      company: {
        name: 'Clay GmbH',
        address: { line1: 'Ring 1', city: 'Berlin', country: 'DE' },
        owners_provided: true,
        vat_id: 'DE123456789',
        registration_date: { day: 1, month: 2, year: 2020 },
      },
    });
    expect(company.company).toMatchObject({
      name: 'Clay GmbH',
      address: { line1: 'Ring 1', line2: null, city: 'Berlin' },
      owners_provided: true,
      directors_provided: false,
      vat_id_provided: true,
      registration_date: { day: 1, month: 2, year: 2020 },
    });
    const person = await custom({
      business_type: 'individual',
      individual: { first_name: 'Jenny', last_name: 'Rosen', id_number: '000000000' },
    });
    expect(person.company).toBeUndefined();
    expect(person.individual).toMatchObject({
      object: 'person',
      first_name: 'Jenny',
      id_number_provided: true,
      relationship: { representative: true },
    });
    const { id } = person.individual!;
    expect(await accounts.retrievePerson(person.id, id)).toMatchObject({ last_name: 'Rosen' });
    expect((await accounts.listPersons(person.id)).data.map((one) => one.id)).toEqual([id]);
    await accounts.updatePerson(person.id, id, { first_name: 'Ada' });
    expect((await accounts.retrieve(person.id)).individual).toMatchObject({ first_name: 'Ada' });
    await expect(accounts.deletePerson(person.id, id)).rejects.toThrow('representative');
  });

  it('refuses a country in which Stripe has no accounts', async () => {
    await expect(accounts.create({ type: 'custom', country: 'KP' })).rejects.toMatchObject({
      code: 'country_unsupported',
      param: 'country',
    });
  });
});
