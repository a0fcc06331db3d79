import 'reflect-metadata';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Money } from '#kernel';
import { Config, PlatformModule, Transactions } from '#platform';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { accounts, Ledger, LedgerModule, type LedgerTransaction, LedgerVerification } from './index.js';

const usd = (amount: bigint) => Money.of(amount, 'usd');
const when = new Date('2026-05-03T23:30:00Z');

function sale(number: number, gross = 1000n): LedgerTransaction {
  return {
    reference: `transfer:tr_${number}`,
    kind: 'transfer',
    occurredAt: when,
    orderId: `ord_${number}`,
    postings: [{ from: accounts.stripe('platform'), to: accounts.stripe('acct_1'), money: usd(gross) }],
  };
}

describe('the ledger', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  let transactions: Transactions;
  let ledger: Ledger;
  let verification: LedgerVerification;

  beforeEach(async () => {
    database = await testDatabase();
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_x',
      LOG_LEVEL: 'silent',
      DATABASE_POOL: '20',
    });
    @Module({ imports: [PlatformModule.forRoot(config), LedgerModule] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    transactions = context.get(Transactions);
    ledger = context.get(Ledger);
    verification = context.get(LedgerVerification);
  });

  afterEach(async () => {
    await context.close();
    await database.drop();
  });

  const post = (...posted: LedgerTransaction[]) => transactions.run(() => ledger.post(...posted));
  /** What somebody with the database's password could do. */
  const tamper = (sql: string) =>
    transactions.run(async () => {
      await transactions.write(`set local session_replication_role = replica`);
      await transactions.write(sql);
    });

  it('posts a reference once, however often it is posted, and refuses it with other figures', async () => {
    await post(sale(1));
    await post(sale(1), sale(2));
    expect(await ledger.balances('stripe:acct_1')).toEqual([usd(2000n)]);
    await expect(post(sale(1, 999n))).rejects.toThrow('transfer:tr_1 was posted before with other figures');
    expect(await verification.faults()).toEqual([]);
  });

  it('refuses what is no posting: nothing, less than nothing, or to itself', async () => {
    await expect(post({ ...sale(1), postings: [] })).rejects.toThrow('no postings');
    await expect(post(sale(1, -5n))).rejects.toThrow('greater than zero');
    const own = { from: 'buyers', to: 'buyers', money: usd(1n) };
    await expect(post({ ...sale(1), postings: [own] })).rejects.toThrow('can’t pay itself'.replace('’', "'"));
  });

  it('keeps balances and daily totals true when 40 post at once, the same ones twice', async () => {
    const all = Array.from({ length: 40 }, (_, i) => i % 30);
    await Promise.all(all.map((number) => post(sale(number))));
    expect(await ledger.balances('stripe:acct_1')).toEqual([usd(30_000n)]);
    expect(await ledger.balances('stripe:platform')).toEqual([usd(-30_000n)]);
    const days = await ledger.dailyTotals('transfer', '2026-05-03', '2026-05-03');
    expect(days.map(({ stripeAccount, money, count }) => [stripeAccount, money.amount, count])).toEqual([
      ['acct_1', 30_000n, 30n],
      ['platform', -30_000n, 30n],
    ]);
    expect(await verification.faults()).toEqual([]);
  });

  it('can only be added to', async () => {
    await post(sale(1));
    const rewrite = (sql: string) => transactions.run(() => transactions.write(sql));
    await expect(rewrite('update ledger.postings set amount = 1')).rejects.toThrow('append-only');
    await expect(rewrite('delete from ledger.transactions')).rejects.toThrow('append-only');
    await expect(rewrite('truncate ledger.transactions cascade')).rejects.toThrow('append-only');
  });

  const changes: [string, string, string][] = [
    ['a posting altered', `update ledger.postings set amount = amount + 1`, 'transfer:tr_1'],
    ['a posting deleted', `delete from ledger.postings`, 'transfer:tr_1'],
    [
      'a posting doubled',
      `insert into ledger.postings select transaction_id, 7, source, destination, currency, amount from ledger.postings`,
      'transfer:tr_1',
    ],
    ['a transaction deleted', `delete from ledger.transactions`, 'transaction '],
    [
      'a transaction doubled',
      `insert into ledger.transactions (reference, kind, occurred_at, posting_count, posting_total)
       select reference || '_again', kind, occurred_at, posting_count, posting_total from ledger.transactions`,
      'transfer:tr_1_again',
    ],
    [
      'a transaction moved to another day',
      `update ledger.transactions set occurred_at = occurred_at + interval '1 day'`,
      '2026-05-03 transfer acct_1 usd',
    ],
    ['a balance row altered', `update ledger.balances set amount = amount + 1`, 'stripe:acct_1 usd'],
    ['a balance row deleted', `delete from ledger.balances`, 'stripe:acct_1 usd'],
    [
      'a daily total altered',
      `update ledger.daily_totals set amount = amount + 1`,
      '2026-05-03 transfer acct_1 usd',
    ],
    ['a daily total deleted', `delete from ledger.daily_totals`, '2026-05-03 transfer acct_1 usd'],
  ];
  it.each(changes)('notices %s, and names it', async (_, sql, subject) => {
    await post(sale(1));
    await tamper(sql);
    const subjects = (await verification.faults()).map((fault) => fault.subject).join('\n');
    expect(subjects).toContain(subject);
  });
});
