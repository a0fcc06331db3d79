import 'reflect-metadata';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { BooksModule, ComparisonTurns, MirrorRounds } from '#books';
import { Config, PlatformModule, Transactions } from '#platform';
import { PlatformAccount, StripeApi } from '#stripe';
import { testDatabase, type TestDatabase } from '../support/database.js';

/** As ten thousand sellers at the 25 requests a second of test mode, everything divided by five: the days pass sooner. */
const MARKET = 2_000;
const RATE = 5;
const BUSY = 80;
const ROUND_MIN = 5;
const ROUNDS_A_DAY = (24 * 60) / ROUND_MIN;

/**
 * The day passes in the database: `now()` is found here before PostgreSQL's own, and adds what has passed. Column defaults
 * and `clock_timestamp()` stay as they are.
 */
const PASSING_DAY = `
  create schema passing;
  create table passing.minutes (passed int not null);
  insert into passing.minutes values (0);
  create function passing.now() returns timestamptz stable language sql
    as 'select pg_catalog.now() + make_interval(mins => passed) from passing.minutes';
  do $$ begin
    execute format('alter database %I set search_path = passing, pg_catalog, public', current_database());
  end $$`;

/** Only who is chosen: accounts are rows, and a look is what `settle` is told. */
describe('a round of the mirror in a market with more sellers than it can look at', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  let rounds: MirrorRounds;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await testDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(PASSING_DAY);
    await client.end();
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_x',
      STRIPE_REQUESTS_PER_SECOND: String(RATE),
      LOG_LEVEL: 'silent',
    });
    @Global()
    @Module({ providers: [StripeApi, PlatformAccount], exports: [StripeApi, PlatformAccount] })
    class StripeOnly {}
    @Module({ imports: [PlatformModule.forRoot(config), StripeOnly, BooksModule] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    rounds = context.get(MirrorRounds);
    transactions = context.get(Transactions);
  });

  beforeEach(async () => {
    await transactions.query(`delete from books.accounts`);
    await transactions.query(`update passing.minutes set passed = 0`);
    // A market that was looked at before, and then not for a day and a half: all are overdue.
    await transactions.query(
      `insert into books.accounts (stripe_account, moved_at, looked_at, next_look_at)
       select 'acct_' || lpad(n::text, 5, '0'), now() - interval '9 days', now() - interval '36 hours',
         now() - interval '12 hours' from generate_series(1, $1) n`,
      [MARKET],
    );
  });

  afterAll(async () => {
    await context.close();
    await database.drop();
  });

  /** A sale, a refund, a payout: what the pull that follows it notes. */
  const moves = (from: number, to: number) =>
    transactions.query(
      `update books.accounts set moved_at = now(), next_look_at = least(next_look_at, now())
       where stripe_account between 'acct_' || lpad($1::text, 5, '0') and 'acct_' || lpad($2::text, 5, '0')`,
      [from, to],
    );
  const pass = (minutes: number) =>
    transactions.query(`update passing.minutes set passed = passed + $1`, [minutes]);
  const isBusy = (account: string) => account <= `acct_${String(BUSY).padStart(5, '0')}`;

  /** One round, in which every look succeeds. */
  async function round(): Promise<string[]> {
    const turns = await rounds.take(rounds.limit);
    const accounts = turns.map(({ stripeAccount }) => stripeAccount);
    if (turns[0]) await rounds.settle(accounts, turns[0].at);
    await pass(ROUND_MIN);
    return accounts;
  }

  it('asks for no more than a twentieth of what Stripe answers in five minutes, at two calls a look', async () => {
    expect(rounds.limit).toBe(37);
    expect(rounds.limit * 2).toBeLessThanOrEqual((RATE * 300) / 20);
    expect(await round()).toHaveLength(37);
  });

  it('takes those that moved first, while the quiet ones are a day behind', async () => {
    await moves(1, 10);
    const taken = await round();
    expect(taken.filter((account) => account <= 'acct_00010')).toHaveLength(10);
    expect(taken).toHaveLength(37);
  });

  it('looks at all of the accounts within a day though some sell all the time, and at each of those every half an hour', async () => {
    const lastLook = new Map<string, number>();
    let longestBusyWait = 0;
    for (let now = 0; now < ROUNDS_A_DAY; now++) {
      await moves(1, BUSY);
      for (const account of await round()) {
        if (isBusy(account)) longestBusyWait = Math.max(longestBusyWait, now - (lastLook.get(account) ?? 0));
        lastLook.set(account, now);
      }
    }
    expect(lastLook.size).toBe(MARKET);
    expect(longestBusyWait * ROUND_MIN).toBeLessThanOrEqual(30);
  });

  it('comes to each quiet account again before a day is over, spread over the day', async () => {
    const lastLook = new Map<string, number>();
    const perRound: number[] = [];
    let longestWait = 0;
    for (let now = 0; now < 2 * ROUNDS_A_DAY; now++) {
      const taken = await round();
      perRound.push(taken.length);
      for (const account of taken) {
        longestWait = Math.max(longestWait, now - (lastLook.get(account) ?? 0));
        lastLook.set(account, now);
      }
    }
    expect(lastLook.size).toBe(MARKET);
    expect(longestWait).toBeLessThanOrEqual(ROUNDS_A_DAY);
    // After the backlog no round is full, and no hour stands idle: 2,000 looks in some 18 hours are nine a round.
    const secondDay = perRound.slice(ROUNDS_A_DAY);
    expect(Math.max(...secondDay)).toBeLessThan(rounds.limit);
    for (let at = 0; at < ROUNDS_A_DAY; at += 12)
      expect(Math.max(...secondDay.slice(at, at + 12))).toBeGreaterThan(0);
  });

  it('compares every account with Stripe within a day, those that move every hour, at a twentieth of Stripe’s rate', async () => {
    const turns = context.get(ComparisonTurns);
    expect(turns.limit * 5).toBeLessThanOrEqual((RATE * 3600) / 20);
    await transactions.query(`update books.accounts set compared_at = now()`);
    const compared = new Set<string>();
    for (let hour = 0; hour < 24; hour++) {
      await moves(1, BUSY);
      await pass(30);
      const accounts = await turns.next(turns.limit);
      expect(accounts.length).toBeLessThanOrEqual(turns.limit);
      expect(accounts.filter(isBusy)).toHaveLength(BUSY);
      for (const account of accounts) compared.add(account);
      await transactions.query(
        `update books.accounts set compared_at = now() where stripe_account = any($1)`,
        [accounts],
      );
      await pass(30);
    }
    expect(compared.size).toBe(MARKET);
  });

  it('leaves a quiet account alone until its next turn, and takes it in the next round once something moves there', async () => {
    await transactions.query(`delete from books.accounts where stripe_account > 'acct_00030'`);
    expect(await round()).toHaveLength(30);
    expect(await round()).toEqual([]);
    await moves(7, 7);
    expect(await round()).toEqual(['acct_00007']);
    expect(await round()).toEqual([]);
  });

  it('does not lose a movement that is heard of while the account is looked at', async () => {
    const [turn] = await rounds.take(1);
    await transactions.query(
      `update books.accounts set moved_at = now() + interval '1 second' where stripe_account = $1`,
      [turn!.stripeAccount],
    );
    await rounds.settle([turn!.stripeAccount], turn!.at);
    await pass(ROUND_MIN);
    expect((await round())[0]).toBe(turn!.stripeAccount);
  });

  it('an account that can’t be looked at gives way to the others, and is tried again: within the hour, or in the next round where something moved', async () => {
    await transactions.query(`delete from books.accounts where stripe_account > 'acct_00002'`);
    await moves(1, 1);
    expect(await rounds.take(1)).toMatchObject([{ stripeAccount: 'acct_00001' }]);
    expect(await rounds.take(2)).toMatchObject([{ stripeAccount: 'acct_00002' }]);
    expect(await rounds.take(2)).toEqual([]);
    await pass(ROUND_MIN);
    expect(await rounds.take(2)).toMatchObject([{ stripeAccount: 'acct_00001' }]);
    await pass(60);
    expect(await rounds.take(2)).toHaveLength(2);
  });

  it('looks again each round where Stripe’s side of something is awaited, and when money becomes available', async () => {
    await transactions.query(`delete from books.accounts where stripe_account > 'acct_00003'`);
    await transactions.query(
      `insert into books.entries (reference, kind, origin, stripe_account, source_id, part, currency, amount, occurred_at)
       values ('transfer:tr_1', 'transfer', 'prediction', 'acct_00001', 'py_1', 'gross', 'usd', 100, now())`,
    );
    await transactions.query(
      `insert into books.balance_transactions
         (stripe_account, id, type, reporting_category, currency, amount, fee, net, created, available_on, status)
       values ('acct_00002', 'txn_1', 'payment', 'charge', 'usd', 100, 0, 100, now(), now() + interval '2 hours', 'pending')`,
    );
    expect(await round()).toHaveLength(3);
    expect(await round()).toEqual(['acct_00001']);
    await pass(120);
    expect((await round()).sort()).toEqual(['acct_00001', 'acct_00002']);
  });
});
