import type Stripe from 'stripe';
import { Bench, KEY } from './support.js';

describe('what v2 refuses, and how', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
  });
  afterAll(() => bench.stop());

  const call = async (path: string, body?: object, key = KEY) => {
    const answer = await fetch(bench.emulator.url + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { error } = (await answer.json()) as { error: Record<string, unknown> };
    return { status: answer.status, error };
  };

  it.each<[string, string, object, string]>([
    ['an unknown field', '/v2/core/accounts', { colour: 1 }, 'colour: unknown field'],
    [
      'an unknown field within another',
      '/v2/core/accounts',
      { identity: { colour: 1 } },
      'identity.colour: unknown field',
    ],
    [
      'a missing field',
      '/v2/core/account_links',
      { account: 'acct_1', use_case: { type: 'account_onboarding', account_onboarding: {} } },
      'use_case.account_onboarding.refresh_url: required request field missing',
    ],
  ])('names the field in the message, and has no param: %s', async (_, path, body, message) => {
    expect(await call(path, body)).toEqual({ status: 400, error: { code: 'invalid_fields', message } });
  });

  it('says not_found for what is not there, and has a code for everything else', async () => {
    const missing = await call('/v2/core/accounts/acct_none');
    expect(missing).toMatchObject({ status: 404, error: { code: 'not_found' } });
    expect(missing.error).not.toHaveProperty('type');
    expect((await call('/v2/core/accounts', undefined, 'sk_wrong')).status).toBe(401);
    await bench.control('/faults', { api: [{ route: 'GET /v2/core/accounts', status: 429 }] });
    expect(await call('/v2/core/accounts')).toMatchObject({ status: 429, error: { type: 'rate_limit' } });
    await bench.control('/faults', { api: [{ route: 'GET /v2/core/accounts', status: 500 }] });
    expect(await call('/v2/core/accounts')).toMatchObject({ status: 500, error: { code: 'internal_error' } });
  });

  it('is understood by the SDK as an error of its kind', async () => {
    const { accounts } = bench.stripe.v2.core;
    await expect(accounts.retrieve('acct_none')).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 404,
      code: 'not_found',
      requestId: expect.stringMatching(/^req_/),
    });
    await expect(accounts.create({ colour: 1 } as Stripe.V2.Core.AccountCreateParams)).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      code: 'invalid_fields',
    });
    await expect(Bench.client(bench.emulator, 'sk_wrong').v2.core.accounts.list()).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
    });
  });

  it('makes no account in what is no country, nor with capabilities in none', async () => {
    const { accounts } = bench.stripe.v2.core;
    const configuration = {
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    };
    await expect(accounts.create({ configuration })).rejects.toMatchObject({
      code: 'identity_country_required',
    });
    for (const country of ['zz', 'xx', 'germany'])
      await expect(accounts.create({ configuration, identity: { country } })).rejects.toMatchObject({
        statusCode: 400,
        code: 'invalid_fields',
      });
    const include = ['configuration.recipient', 'defaults'] as const;
    const far = await accounts.create({ configuration, identity: { country: 'kp' }, include: [...include] });
    expect(far.configuration!.recipient!.capabilities!.stripe_balance!.stripe_transfers).toMatchObject({
      status: 'unsupported',
      status_details: [{ code: 'unsupported_country', resolution: 'no_resolution' }],
    });
  });

  it('says who asks for what is missing: the platform where it bears the losses and the owner has no dashboard', async () => {
    const { accounts } = bench.stripe.v2.core;
    const make = async (dashboard: 'express' | 'none') => {
      const { id, defaults } = await accounts.create({
        dashboard,
        identity: {
          country: 'us',
          attestations: {
            terms_of_service: { account: { date: '2026-11-01T10:00:00Z', ip: '203.0.113.7' } },
          },
        },
        defaults: { responsibilities: { fees_collector: 'application', losses_collector: 'application' } },
        include: ['defaults'],
      });
      return { id, collector: defaults!.responsibilities!.requirements_collector };
    };
    expect((await make('express')).collector).toBe('stripe');
    const { id, collector } = await make('none');
    expect(collector).toBe('application');
    const v1 = await bench.stripe.accounts.retrieve(id);
    expect(v1.controller!.requirement_collection).toBe('application');
    expect(v1.tos_acceptance).toMatchObject({
      ip: '203.0.113.7',
      date: Date.parse('2026-11-01T10:00:00Z') / 1000,
    });
    const { identity } = await accounts.retrieve(id, { include: ['identity'] });
    expect(identity!.attestations!.terms_of_service!.account).toMatchObject({ ip: '203.0.113.7' });
  });

  it('closes only what it may: all of its configurations, and none whose losses Stripe bears', async () => {
    const id = await bench.seller();
    const { accounts } = bench.stripe.v2.core;
    await expect(accounts.close(id, { applied_configurations: ['merchant'] })).rejects.toMatchObject({
      code: 'configs_must_match_to_close',
    });
    const independent = await accounts.create({
      dashboard: 'full',
      identity: { country: 'us' },
      defaults: { responsibilities: { fees_collector: 'stripe', losses_collector: 'stripe' } },
    });
    await expect(accounts.close(independent.id)).rejects.toMatchObject({
      code: 'stripe_loss_liable_cannot_be_deleted',
    });
    expect(await accounts.close(id, { applied_configurations: ['recipient'] })).toMatchObject({
      closed: true,
    });
  });
});
