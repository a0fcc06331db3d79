import 'reflect-metadata';
import { Global, Injectable, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import Stripe from 'stripe';
import { Config, PlatformModule, Transactions } from '#platform';
import { StripeApi, StripeModule, StripeObject, StripeSweeps, subscribedEvents } from '#stripe';
import { testDatabase, type TestDatabase } from '../support/database.js';

@StripeObject({ object: 'everything', events: subscribedEvents })
@Injectable()
class OwnerOfEverything {
  fetch = () => Promise.resolve(null);
  record = () => Promise.resolve();
}

const CREATED = 1_800_000_000;
const asked: string[] = [];
const failures = new Map<string, unknown>();

/** Stripe as far as a sweep sees it: every account has one event. */
const stripe = {
  now: () => new Date(CREATED * 1000),
  sdk: {
    events: {
      async *list(_: object, { stripeAccount }: { stripeAccount?: string }) {
        await Promise.resolve();
        const account = stripeAccount ?? 'platform';
        asked.push(account);
        if (failures.has(account)) throw failures.get(account) as Error;
        yield {
          id: `evt_${account}`,
          object: 'event',
          type: stripeAccount ? 'payout.paid' : 'charge.succeeded',
          created: CREATED,
          data: { object: { id: `x_${account}` } },
        };
      },
    },
  },
};

describe('the sweep for events that never arrived', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  let sweeps: StripeSweeps;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await testDatabase();
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_x',
      LOG_LEVEL: 'silent',
    });
    @Global()
    @Module({ imports: [StripeModule], providers: [OwnerOfEverything] })
    class Stubbed {}
    @Module({ imports: [PlatformModule.forRoot(config), Stubbed] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    Object.defineProperties(context.get(StripeApi), {
      sdk: { value: stripe.sdk },
      now: { value: stripe.now },
    });
    sweeps = context.get(StripeSweeps);
    transactions = context.get(Transactions);
    await transactions.run(async () => {
      for (const account of ['acct_1', 'acct_2', 'acct_3', 'acct_4', 'acct_5']) await sweeps.watch(account);
    });
  });

  beforeEach(() => {
    asked.length = 0;
    failures.clear();
  });

  afterAll(async () => {
    await context.close();
    await database.drop();
  });

  it('asks for every account in turn, also where there are more than one sweep takes', async () => {
    for (let sweep = 1; sweep <= 3; sweep++) await sweeps.eventsOfAccounts(2);
    expect([...new Set(asked)].sort()).toEqual(['acct_1', 'acct_2', 'acct_3', 'acct_4', 'acct_5']);
    expect(asked).toHaveLength(6);
    const filed = await transactions.query<{ account: string }>(
      `select account from stripe.inbox_events where door = 'accounts' order by account`,
    );
    expect(filed.map(({ account }) => account)).toEqual(['acct_1', 'acct_2', 'acct_3', 'acct_4', 'acct_5']);
  });

  it('one account that fails does not keep the others waiting, and takes its turn like them', async () => {
    failures.set('acct_2', new Error('Stripe is out of order'));
    await sweeps.eventsOfAccounts(3);
    await sweeps.eventsOfAccounts(3);
    expect([...new Set(asked)].sort()).toEqual(['acct_1', 'acct_2', 'acct_3', 'acct_4', 'acct_5']);
    expect(asked).toHaveLength(6);
  });

  it('gives an account up that no longer lets us in', async () => {
    failures.set(
      'acct_3',
      new Stripe.errors.StripePermissionError({
        type: 'invalid_request_error',
        code: 'account_invalid',
      } as never),
    );
    await sweeps.events();
    await sweeps.events();
    expect(asked.filter((account) => account === 'acct_3')).toHaveLength(1);
    expect(asked.filter((account) => account === 'platform')).toHaveLength(2);
  });

  it('asks once a day for accounts where nothing has happened for two weeks, and each time for the others', async () => {
    const setBack = (account: string, days: number, hours: number) =>
      transactions.query(
        `update stripe.cursors set position = $2, swept_at = now() - make_interval(hours => $3) where account = $1`,
        [account, String(CREATED - days * 86_400), hours],
      );
    await transactions.run(() => sweeps.watch('acct_3'));
    await setBack('acct_1', 13, 1);
    await setBack('acct_2', 15, 23);
    await setBack('acct_3', 15, 25);
    await setBack('acct_4', 0, 1);
    await setBack('acct_5', 200, 2);
    await sweeps.eventsOfAccounts(10);
    expect(asked.sort()).toEqual(['acct_1', 'acct_3', 'acct_4']);
    // Something happened: it is asked for again and again.
    await sweeps.eventsOfAccounts(10);
    expect(asked.filter((account) => account === 'acct_3')).toHaveLength(2);
  });
});
