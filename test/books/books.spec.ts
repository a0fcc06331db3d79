import 'reflect-metadata';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Money } from '#kernel';
import { Ledger } from '#ledger';
import { Config, PlatformModule, Transactions } from '#platform';
import { PlatformAccount, StripeApi } from '#stripe';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Books, BooksCheck, BooksModule, BooksView, Mirror, type Prediction } from '#books';

const usd = (amount: bigint) => Money.of(amount, 'usd');
const about = { orderId: 'ord_1', sellerId: 'sel_1', occurredAt: new Date('2026-05-03T12:00:00Z') };

describe('the books', () => {
  let database: TestDatabase;
  let emulator: RunningEmulator;
  let context: INestApplicationContext;
  let transactions: Transactions;
  let books: Books;
  let mirror: Mirror;
  let seller: string;

  beforeEach(async () => {
    [database, emulator] = await Promise.all([testDatabase(), startEmulator()]);
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_x',
      STRIPE_API_BASE: emulator.url,
      STRIPE_REQUESTS_PER_SECOND: '1000',
      LOG_LEVEL: 'silent',
    });
    @Global()
    @Module({ providers: [StripeApi, PlatformAccount], exports: [StripeApi, PlatformAccount] })
    class StripeOnly {}
    @Module({ imports: [PlatformModule.forRoot(config), StripeOnly, BooksModule] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    transactions = context.get(Transactions);
    books = context.get(Books);
    mirror = context.get(Mirror);
    seller = emulator.engine.transact(() => emulator.engine.accounts.create({}).id);
  });

  afterEach(async () => {
    await context.close();
    await emulator.close();
    await database.drop();
  });

  const expecting = (...predictions: Prediction[]) => transactions.run(() => books.expect(...predictions));
  const differences = async (graceMinutes = 0) => {
    const report = await context.get(BooksCheck).run({ graceMinutes });
    return report.differences.map(({ code, subject }) => `${code} ${subject}`);
  };

  /** What Stripe does for a sale of 10.00 with a fee of 1.23 and 0.59 for Stripe itself. */
  function stripeSells(): void {
    const { engine } = emulator;
    const fee = (type: string, amount: number) => ({
      type,
      amount,
      currency: 'usd',
      application: null,
      description: null,
    });
    const post = (
      account: string,
      type: string,
      amount: number,
      source: string,
      fees: ReturnType<typeof fee>[] = [],
    ) => engine.ledger.post(account, { type, amount, currency: 'usd', source, fees });
    engine.transact(() => {
      post(engine.platform, 'charge', 1000, 'ch_1', [fee('stripe_fee', 59)]);
      post(engine.platform, 'transfer', -1000, 'tr_1');
      post(seller, 'payment', 1000, 'py_1', [fee('application_fee', 123)]);
      post(engine.platform, 'application_fee', 123, 'fee_1');
    });
  }

  const sale = (): Prediction[] => [
    { ...about, kind: 'charge', chargeId: 'ch_1', gross: usd(1000n) },
    {
      ...about,
      kind: 'transfer',
      transferId: 'tr_1',
      destinationPaymentId: 'py_1',
      account: seller,
      gross: usd(1000n),
    },
    {
      ...about,
      kind: 'application_fee',
      feeId: 'fee_1',
      destinationPaymentId: 'py_1',
      account: seller,
      amount: usd(123n),
    },
  ];

  const mirrorAll = async () => {
    for (const stripeAccount of ['platform', seller]) await mirror.mirror({ stripeAccount });
  };

  async function soldAndMatched(): Promise<void> {
    await expecting(...sale());
    stripeSells();
    await mirrorAll();
  }

  it('match when the prediction comes first, and when Stripe does', async () => {
    await soldAndMatched();
    expect(await differences()).toEqual([]);
    const { lines } = await context.get(BooksCheck).run();
    expect(
      lines.map(({ ledger, mirror: m, stripeAvailable, agree }) => [ledger, m, stripeAvailable, agree]),
    ).toEqual([
      [877n, 877n, 877n, true],
      [64n, 64n, 64n, true],
    ]);
  });

  it('match when Stripe comes first, one prediction after another in the wrong order', async () => {
    stripeSells();
    await mirrorAll();
    await mirrorAll();
    expect(await differences()).toContain(
      `transaction_alone ${seller} ${await idOf('payment')} application_fee`,
    );
    for (const prediction of sale().reverse()) await expecting(prediction);
    await expecting(...sale());
    expect(await differences()).toEqual([]);
  });

  it('match when both come at the same moment', async () => {
    await mirrorAll();
    stripeSells();
    await Promise.all([...sale().map((one) => expecting(one)), mirrorAll(), mirrorAll()]);
    await mirrorAll();
    expect(await differences()).toEqual([]);
  });

  it('name a prediction that Stripe never met, after its grace', async () => {
    await expecting(sale()[0]!);
    expect(await differences(60)).toEqual([]);
    expect(await differences()).toEqual(['prediction_alone charge:ch_1 platform usd']);
  });

  it('name a leg whose figures are not the predicted ones', async () => {
    const [charge, ...rest] = sale();
    await expecting({ ...charge, gross: usd(1001n) } as Prediction, ...rest);
    stripeSells();
    await mirrorAll();
    const report = await context.get(BooksCheck).run();
    expect(report.differences.map((one) => one.sentence)).toEqual([
      expect.stringContaining('charge:ch_1 on the platform was expected to move $10.01'),
      expect.stringContaining('do not meet'),
    ]);
  });

  it('put what no rule knows into suspense, so that the totals meet, and name it', async () => {
    const { engine } = emulator;
    engine.transact(() =>
      engine.ledger.post(engine.platform, {
        type: 'adjustment',
        amount: -500,
        currency: 'usd',
        source: 'dp_1',
      }),
    );
    await mirrorAll();
    expect(await differences()).toEqual([`suspense platform ${await idOf('adjustment')} gross`]);
  });

  it('book what the platform lost on an overdrawn seller, and what Stripe held back for it, by rule', async () => {
    const { engine } = emulator;
    const post = (account: string, type: string, amount: number, source: string | null) =>
      engine.ledger.post(account, { type, amount, currency: 'usd', source });
    engine.transact(() => {
      post(engine.platform, 'reserved_funds', -500, null);
      post(engine.platform, 'reserved_funds', 500, null);
      post(engine.platform, 'connect_collection_transfer', -500, 'cct_1');
    });
    const balance = async (account: string) =>
      (await context.get(Ledger).balances(account)).map(({ amount }) => amount);
    await mirrorAll();
    expect(await differences()).toEqual([]);
    expect(await balance('collections')).toEqual([500n]);
    engine.transact(() => post(seller, 'connect_collection_transfer', 500, 'cct_1'));
    await mirrorAll();
    expect(await differences()).toEqual([]);
    // From the platform to the seller: no fee, and nothing that stays open.
    expect(await balance('collections')).toEqual([0n]);
    expect(await balance('connect_fees')).toEqual([]);
    expect(await balance('reserves')).toEqual([0n]);
  });

  it.each(['fr', 'fee'])(
    'match a fee’s refund that the seller’s account shows as an adjustment of its %s_…, equal ones in turn',
    async (source) => {
      await soldAndMatched();
      const refund = (n: number): Prediction => ({
        ...about,
        kind: 'application_fee_refund',
        feeRefundId: `fr_${n}`,
        balanceTransaction: null,
        feeId: 'fee_1',
        account: seller,
        amount: usd(n === 3 ? 23n : 50n),
      });
      await expecting(refund(1));
      const { engine } = emulator;
      const seen = engine.transact(() =>
        [1, 2, 3].map((n) => {
          const amount = n === 3 ? 23 : 50;
          const back = { type: 'application_fee_refund', amount: -amount, currency: 'usd', source: 'fee_1' };
          const { id } = engine.ledger.post(engine.platform, back);
          const shown = engine.ledger.post(seller, {
            type: 'adjustment',
            amount,
            currency: 'usd',
            source: source === 'fr' ? `fr_${n}` : 'fee_1',
          });
          engine.store.update('balance_transaction', seller, shown.id, { reporting_category: 'fee' });
          return id;
        }),
      );
      await mirrorAll();
      await expecting(refund(3), refund(2));
      await expecting(
        ...[1, 2, 3].map((n) => ({ ...refund(n), balanceTransaction: seen[n - 1]! }) as Prediction),
      );
      expect(await differences()).toEqual([]);
    },
  );

  it('book a conversion in the open', async () => {
    await expecting({ ...about, kind: 'charge', chargeId: 'ch_2', gross: Money.of(1000n, 'eur') });
    const { engine } = emulator;
    engine.transact(() => {
      const { id } = engine.ledger.post(engine.platform, {
        type: 'charge',
        amount: 1082,
        currency: 'usd',
        source: 'ch_2',
      });
      engine.store.update('balance_transaction', engine.platform, id, { exchange_rate: 1.0821 });
    });
    await mirrorAll();
    expect(await differences()).toEqual([]);
  });

  it('show what is pending by day, and what is available', async () => {
    await soldAndMatched();
    const view = context.get(BooksView);
    expect(await view.balances(seller)).toEqual([
      { currency: 'usd', available: usd(877n), pending: usd(0n) },
    ]);
    const page = await view.page(seller, null);
    expect(page.items.map(({ type, orderId, net }) => [type, orderId, net.amount])).toEqual([
      ['payment', 'ord_1', 877n],
    ]);
  });

  it('keep the balance of an account with every row, whichever way a row’s status goes', async () => {
    await soldAndMatched();
    const view = context.get(BooksView);
    for (const status of ['pending', 'available'] as const) {
      await transactions.query(
        `update books.balance_transactions set status = $1 where stripe_account = $2`,
        [status, seller],
      );
      const [balance] = await view.balances(seller);
      expect([balance!.pending, balance!.available]).toEqual(
        status === 'pending' ? [usd(877n), usd(0n)] : [usd(0n), usd(877n)],
      );
      expect((await differences()).filter((name) => name.startsWith('balance_'))).toEqual([]);
    }
  });

  it('keep what they were told', async () => {
    await soldAndMatched();
    const rewrite = (sql: string) => transactions.run(() => transactions.write(sql));
    await expect(
      rewrite('update books.balance_transactions set net = 1, amount = 1, fee = 0'),
    ).rejects.toThrow('keeps');
    await expect(rewrite('delete from books.legs')).rejects.toThrow('keeps');
  });

  const tampered: [string, string, string][] = [
    [
      'a mirror row deleted',
      `delete from books.balance_transactions where type = 'transfer'`,
      'mirror_missing platform',
    ],
    [
      'a mirror row altered',
      `update books.balance_transactions set amount = amount - 1, net = net - 1 where type = 'transfer'`,
      'mirror_altered platform',
    ],
    [
      'a mirror row altered in its source',
      `update books.balance_transactions set source_id = 'tr_2' where type = 'transfer'`,
      'mirror_altered platform',
    ],
    [
      'a mirror row doubled',
      `alter table books.balance_transactions drop constraint balance_transactions_pkey;
       insert into books.balance_transactions select * from books.balance_transactions where type = 'transfer'`,
      'mirror_doubled platform',
    ],
    [
      'a kept balance altered',
      `update books.balances set available = available + 1 where stripe_account = 'platform'`,
      'balance_against_mirror platform usd available',
    ],
    [
      'a kept balance deleted',
      `delete from books.balances where stripe_account = 'platform'`,
      'balance_against_mirror platform usd available',
    ],
    [
      'a match deleted',
      `delete from books.legs where reference = 'transfer:tr_1'`,
      'match_missing transfer:tr_1 platform',
    ],
    [
      'a match altered',
      `update books.legs set amount = amount + 1 where reference = 'charge:ch_1'`,
      'figures charge:ch_1 platform',
    ],
    [
      'a match doubled',
      `alter table books.legs drop constraint legs_pkey;
       insert into books.legs select * from books.legs where reference = 'charge:ch_1'`,
      'legs_against_mirror platform',
    ],
    [
      'a match undone',
      `update books.legs set state = 'waiting', reference = null where reference = 'charge:ch_1'`,
      'match_missing charge:ch_1 platform',
    ],
    [
      'an entry deleted',
      `delete from books.entries where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'an entry altered',
      `update books.entries set amount = 1 where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'an entry doubled',
      `alter table books.entries drop constraint entries_pkey; drop index books.entries_awaited;
       insert into books.entries select * from books.entries where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'a ledger transaction deleted with its postings',
      `delete from ledger.postings where transaction_id = (select id from ledger.transactions where reference = 'charge:ch_1');
       delete from ledger.transactions where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'a ledger transaction renamed',
      `update ledger.transactions set reference = 'charge:ch_9' where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_9 platform',
    ],
    [
      'a ledger transaction given to another order',
      `update ledger.transactions set order_id = 'ord_9' where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'a balance row altered',
      `update ledger.balances set amount = amount + 1 where account = 'stripe:platform'`,
      'totals platform usd',
    ],
  ];
  it.each(tampered)('notice %s, and name it', async (_, sql, name) => {
    await soldAndMatched();
    await transactions.run(async () => {
      await transactions.write(`set local session_replication_role = replica`);
      for (const statement of sql.split(';')) await transactions.write(statement);
    });
    expect((await differences(60)).join('\n')).toContain(name);
  });

  async function idOf(type: string): Promise<string> {
    const [row] = await transactions.query<{ id: string }>(
      `select id from books.balance_transactions where type = $1`,
      [type],
    );
    return row!.id;
  }
});
