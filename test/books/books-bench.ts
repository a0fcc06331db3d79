import 'reflect-metadata';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Books, BooksCheck, BooksModule, Mirror, type Prediction } from '#books';
import { Money } from '#kernel';
import { Config, PlatformModule, Transactions } from '#platform';
import { PlatformAccount, StripeApi } from '#stripe';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

export const usd = (amount: bigint): Money => Money.of(amount, 'usd');
export const about = {
  orderId: 'ord_1',
  sellerId: 'sel_1',
  occurredAt: new Date('2026-05-03T12:00:00Z'),
} as const;

/** The books alone, beside an emulator whose ledger is written to directly, and one seller's account there. */
export class BooksBench {
  private constructor(
    readonly context: INestApplicationContext,
    readonly emulator: RunningEmulator,
    readonly seller: string,
    private readonly database: TestDatabase,
  ) {}

  static async open(): Promise<BooksBench> {
    const [database, emulator] = await Promise.all([testDatabase(), startEmulator()]);
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
    const context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    const seller = emulator.engine.transact(() => emulator.engine.accounts.create({}).id);
    return new BooksBench(context, emulator, seller, database);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.emulator.close();
    await this.database.drop();
  }

  get transactions(): Transactions {
    return this.context.get(Transactions);
  }

  expecting(...predictions: Prediction[]): Promise<void> {
    return this.transactions.run(() => this.context.get(Books).expect(...predictions));
  }

  async differences(graceMinutes = 0): Promise<string[]> {
    const report = await this.context.get(BooksCheck).run({ graceMinutes });
    return report.differences.map(({ code, subject }) => `${code} ${subject}`);
  }

  /** What Stripe does for a sale of 10.00 with a fee of 1.23 and 0.59 for Stripe itself. */
  stripeSells(): void {
    const { engine } = this.emulator;
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
      post(this.seller, 'payment', 1000, 'py_1', [fee('application_fee', 123)]);
      post(engine.platform, 'application_fee', 123, 'fee_1');
    });
  }

  /** What we say of that sale. */
  sale(): Prediction[] {
    const transfer = { destinationPaymentId: 'py_1', account: this.seller };
    return [
      { ...about, kind: 'charge', chargeId: 'ch_1', gross: usd(1000n) },
      { ...about, ...transfer, kind: 'transfer', transferId: 'tr_1', gross: usd(1000n) },
      { ...about, ...transfer, kind: 'application_fee', feeId: 'fee_1', amount: usd(123n) },
    ];
  }

  async mirrorAll(): Promise<void> {
    for (const stripeAccount of ['platform', this.seller])
      await this.context.get(Mirror).mirror({ stripeAccount });
  }

  async soldAndMatched(): Promise<void> {
    await this.expecting(...this.sale());
    this.stripeSells();
    await this.mirrorAll();
  }

  async idOf(type: string): Promise<string> {
    const [row] = await this.transactions.query<{ id: string }>(
      `select id from books.balance_transactions where type = $1`,
      [type],
    );
    return row!.id;
  }
}
