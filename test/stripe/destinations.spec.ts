import 'reflect-metadata';
import { Injectable, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Config, PlatformModule } from '#platform';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Destinations, StripeApi, StripeModule, StripeObject, subscribedEvents } from '#stripe';

@StripeObject({ object: 'everything', events: subscribedEvents })
@Injectable()
class Everything {
  fetch = () => Promise.resolve(null);
  record = () => Promise.resolve();
}

describe('event destinations', () => {
  let database: TestDatabase;
  let emulator: RunningEmulator;
  let context: INestApplicationContext;
  let destinations: Destinations;

  beforeAll(async () => {
    [database, emulator] = await Promise.all([testDatabase(), startEmulator({ port: 0 })]);
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_guildhall',
      STRIPE_API_BASE: emulator.url,
      LOG_LEVEL: 'silent',
    });
    @Module({ imports: [PlatformModule.forRoot(config), StripeModule], providers: [Everything] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    destinations = context.get(Destinations);
  });

  afterAll(async () => {
    await context.close();
    await emulator.close();
    await database.drop();
  });

  const atStripe = () =>
    context
      .get(StripeApi)
      .sdk.v2.core.eventDestinations.list({ include: ['webhook_endpoint.url'] })
      .autoPagingToArray({ limit: 100 });

  it('are missing before they are registered', async () => {
    expect((await destinations.inspect()).map(({ state }) => state)).toEqual([
      'missing',
      'missing',
      'missing',
    ]);
    expect(await destinations.secrets('payments')).toEqual([]);
  });

  it('are three, each with its own secret, and registering again makes no more and loses none', async () => {
    const first = await destinations.register('https://shop.example/');
    expect(first.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created']);
    const secrets = await Promise.all(first.map(({ door }) => destinations.secrets(door)));
    expect(new Set(secrets.flat()).size).toBe(3);
    const again = await destinations.register('https://moved.example');
    expect(again.map(({ outcome }) => outcome)).toEqual(['updated', 'updated', 'updated']);
    expect(await Promise.all(first.map(({ door }) => destinations.secrets(door)))).toEqual(secrets);
    expect((await atStripe()).map((one) => one.webhook_endpoint?.url).sort()).toEqual([
      'https://moved.example/webhooks/accounts',
      'https://moved.example/webhooks/accounts/thin',
      'https://moved.example/webhooks/payments',
    ]);
  });

  it('made anew after somebody deleted one, and its older secret stays good for what is on its way', async () => {
    const [before] = await destinations.secrets('payments');
    const payments = (await atStripe()).find((one) => one.webhook_endpoint?.url?.endsWith('/payments'))!;
    await context.get(StripeApi).sdk.v2.core.eventDestinations.del(payments.id);
    const outcomes = await destinations.register('https://moved.example');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated']);
    const after = await destinations.secrets('payments');
    expect(after).toHaveLength(2);
    expect(after).toContain(before);
    expect(await atStripe()).toHaveLength(3);
  });

  it('are switched on and completed again by registering', async () => {
    const { sdk } = context.get(StripeApi);
    const accounts = (await atStripe()).find((one) => one.webhook_endpoint?.url?.endsWith('/accounts'))!;
    await sdk.v2.core.eventDestinations.update(accounts.id, { enabled_events: ['account.updated'] });
    await sdk.v2.core.eventDestinations.disable(accounts.id);
    const broken = (await destinations.inspect()).find(({ door }) => door === 'accounts')!;
    expect(broken.state).toBe('disabled');
    expect(broken.missing).toContain('payout.paid');
    await destinations.register('https://moved.example');
    for (const state of await destinations.inspect())
      expect(state).toMatchObject({ state: 'enabled', missing: [] });
  });

  it('accept the command line’s secret beside their own, once', async () => {
    const before = await destinations.secrets('accounts');
    await destinations.accept('accounts', 'whsec_cli');
    await destinations.accept('accounts', 'whsec_cli');
    expect([...(await destinations.secrets('accounts'))].sort()).toEqual([...before, 'whsec_cli'].sort());
  });
});
