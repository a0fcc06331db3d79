import 'reflect-metadata';
import { Injectable, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Books, BooksCheck, Mirror } from '#books';
import { Users } from '#identity';
import { type Actor, Money } from '#kernel';
import { Config, PlatformModule, Subscribe, Transactions } from '#platform';
import { Sellers, SellerOnboarding, SellersModule, SellerSignUp } from '#sellers';
import { StripeApi, StripeModule, StripeObject, StripeRegistry, subscribedEvents } from '#stripe';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { PayoutFailed, Payouts, PayoutsModule, SellerBalances } from '#payouts';

const DAY_S = 86_400;
/** A Wednesday. */
const noon = new Date('2026-11-25T12:00:00Z');
const eur = (amount: bigint) => Money.of(amount, 'eur');

@Injectable()
class Listener {
  @Subscribe(PayoutFailed, 'test')
  hear(): Promise<void> {
    return Promise.resolve();
  }
}

/** Stands for the modules that own the other events, since start-up asks for an owner of each. */
@StripeObject({
  object: 'others',
  events: { payments: subscribedEvents.payments.filter((type) => !type.startsWith('payout.')) },
})
@Injectable()
class OwnerOfOthers {
  fetch = () => Promise.resolve(null);
  record = () => Promise.resolve();
}

describe('payouts', () => {
  let database: TestDatabase;
  let emulator: RunningEmulator;
  let context: INestApplicationContext;
  let payouts: Payouts;
  let owner: Actor;
  let sellerId: string;
  let account: string;

  beforeEach(async () => {
    [database, emulator] = await Promise.all([testDatabase(), startEmulator({ now: noon })]);
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_guildhall',
      STRIPE_API_BASE: emulator.url,
      STRIPE_REQUESTS_PER_SECOND: '1000',
      LOG_LEVEL: 'silent',
      DATABASE_POOL: '5',
    });
    @Module({
      imports: [PlatformModule.forRoot(config), StripeModule, SellersModule, PayoutsModule],
      providers: [Listener, OwnerOfOthers],
    })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    payouts = context.get(Payouts);
    const users = context.get(Users, { strict: false });
    const user = await users.create({
      email: 'mara@example.com',
      name: 'Mara',
      password: 'a long password 1',
    });
    owner = { kind: 'user', userId: user.id, isAdmin: false };
    const seller = await context
      .get(SellerSignUp)
      .create(owner, { name: 'Falz & Faden', country: 'DE', currency: 'eur', acceptTerms: true });
    sellerId = seller.id;
    account = seller.stripeAccount!;
    await control(`accounts/${account}/complete_onboarding`);
    await context.get(SellerOnboarding).refresh(sellerId);
  });

  afterEach(async () => {
    await context.close();
    await emulator.close();
    await database.drop();
  });

  async function control(path: string, body: object = {}): Promise<void> {
    const answer = await fetch(`${emulator.url}/_emulator/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  }

  const advance = (days: number) =>
    control('clock/advance', { seconds: Math.round(days * DAY_S), wait: false });
  const refresh = (id: string) => context.get(StripeRegistry).refresh('payout', { id, account });

  /** A sale of 10.00 with a fee of 1.23, as both sides see it; available in two days. */
  async function sell(number: number): Promise<void> {
    const { engine } = emulator;
    const occurredAt = new Date(engine.clock.now());
    const about = { orderId: `ord_${number}`, sellerId, occurredAt, account };
    const payment = `py_${number}`;
    await context.get(Transactions).run(() =>
      context.get(Books, { strict: false }).expect(
        {
          ...about,
          kind: 'transfer',
          transferId: `tr_${number}`,
          destinationPaymentId: payment,
          gross: eur(1000n),
        },
        {
          ...about,
          kind: 'application_fee',
          feeId: `fee_${number}`,
          destinationPaymentId: payment,
          amount: eur(123n),
        },
      ),
    );
    const availableOn = engine.clock.seconds() + 2 * DAY_S;
    const fee = {
      type: 'application_fee',
      amount: 123,
      currency: 'eur',
      application: null,
      description: null,
    };
    engine.transact(() => {
      const shared = { currency: 'eur', availableOn };
      engine.ledger.post(engine.platform, {
        ...shared,
        type: 'transfer',
        amount: -1000,
        source: `tr_${number}`,
      });
      engine.ledger.post(engine.platform, {
        ...shared,
        type: 'application_fee',
        amount: 123,
        source: `fee_${number}`,
      });
      engine.ledger.post(account, { ...shared, type: 'payment', amount: 1000, source: payment, fees: [fee] });
    });
  }

  const mirror = async () => {
    const books = context.get(Mirror, { strict: false });
    for (const stripeAccount of ['platform', account]) await books.mirror({ stripeAccount });
  };

  /** The seller's payouts at Stripe, taken in. */
  async function takeIn(): Promise<string[]> {
    const { data } = await context.get(StripeApi).sdk.payouts.list({}, { stripeAccount: account });
    for (const { id } of data) await refresh(id);
    await mirror();
    return data.map(({ id }) => id);
  }

  /** How many times an event waits to be told to a subscriber. */
  async function told(name: string): Promise<number> {
    const rows = await context
      .get(Transactions)
      .query(`select from graphile_worker._private_jobs where payload->>'name' = $1`, [name]);
    return rows.length;
  }

  const differences = async () => {
    const report = await context.get(BooksCheck, { strict: false }).run({ graceMinutes: 0 });
    return report.differences.map(({ code, subject }) => `${code} ${subject}`);
  };

  it('show every line with its order, adding up to the amount, once Stripe has put the list together', async () => {
    await sell(1);
    await sell(2);
    await mirror();
    await advance(3);
    const [id] = await takeIn();
    const early = await payouts.storyForSeller(owner, sellerId, id!);
    expect([early.payout.status, early.payout.composed, early.lines]).toEqual(['in_transit', false, []]);
    await advance(3);
    await takeIn();
    const { payout, lines } = await payouts.storyForSeller(owner, sellerId, id!);
    expect(payout).toMatchObject({ status: 'paid', composed: true, amount: eur(1754n), bankLast4: '6789' });
    // Both were made in the same second: their order is Stripe's affair.
    expect(lines.map(({ reason, orderId, net }) => [reason, orderId, net.amount]).sort()).toEqual([
      ['Sale', 'ord_1', 877n],
      ['Sale', 'ord_2', 877n],
    ]);
    expect(await differences()).toEqual([]);
  });

  it('can fail after they were paid: the money is back, the seller is told, and an older picture changes nothing', async () => {
    await control(`accounts/${account}/bank`, {
      account_number: '000111111113',
      currency: 'eur',
      country: 'US',
    });
    await sell(1);
    await advance(3);
    const [id] = await takeIn();
    await advance(2);
    // A picture from before the failure, fetched by somebody who takes it in only after it.
    const { handler } = context
      .get(StripeRegistry)
      .owners.find((one) => one.declaration.object === 'payout')!;
    const ref = { id: id!, account };
    const older = await handler.fetch(ref);
    await handler.record(older, ref);
    expect((await payouts.story(id!)).payout.status).toBe('paid');
    await control(`accounts/${account}/payouts/${id}/fail`, { code: 'account_closed' });
    await Promise.all([refresh(id!), refresh(id!), handler.record(older, ref)]);
    await handler.record(older, ref);
    await mirror();
    const { payout, happenings } = await payouts.storyForSeller(owner, sellerId, id!);
    expect(payout.status).toBe('failed');
    expect(payout.failure).toContain('the bank account was closed');
    expect(happenings.map(({ status }) => status).sort()).toEqual(['failed', 'in_transit', 'paid']);
    // The totals follow: it is counted once, in the state that it is in.
    expect(await payouts.countByStatus()).toEqual(new Map([['failed', 1]]));
    const { totals } = await payouts.totalsByDay({});
    expect(totals.map(({ status, amount }) => [status, amount])).toEqual([['failed', payout.amount.amount]]);
    expect(await told('payout.failed test')).toBe(1);
    const balance = await context.get(SellerBalances).of(owner, sellerId);
    expect(balance.currencies.map(({ available }) => available)).toEqual([eur(877n)]);
    expect(balance.holds.map(({ code }) => code)).toContain('bank_failed');
    expect((await payouts.page({})).items.map((one) => one.id)[0]).toBe(id);
    expect(await differences()).toEqual([]);
  });

  it('are plotted up to the newest day, also when this process has not heard yet how far Stripe’s clock is ahead', async () => {
    await sell(1);
    await advance(3);
    await takeIn();
    expect((await payouts.totalsByDay({})).totals).toHaveLength(1);
    await context.get(Transactions).query(`update payouts.daily_totals set day = day + 90`);
    const later = await payouts.totalsByDay({});
    expect(later.days).toHaveLength(30);
    expect(later.totals.map(({ day }) => day)).toEqual([later.days.at(-1)]);
  });

  it('are forecast from what is there', async () => {
    await sell(1);
    await mirror();
    const { currencies, schedule } = await context.get(SellerBalances).of(owner, sellerId);
    expect(schedule).toMatchObject({ interval: 'daily' });
    expect(currencies).toHaveLength(1);
    expect(currencies[0]).toMatchObject({ available: eur(0n), pending: eur(877n) });
    expect(currencies[0]!.forecast.payouts).toEqual([{ day: '2026-11-27', money: eur(877n) }]);
  });

  it('are not shown to another seller', async () => {
    await sell(1);
    await advance(3);
    const [id] = await takeIn();
    const other = await context
      .get(SellerSignUp)
      .create(owner, { name: 'Another', country: 'DE', currency: 'eur', acceptTerms: true });
    await expect(payouts.storyForSeller(owner, other.id, id!)).rejects.toThrow('could not find this payout');
    const stranger: Actor = { kind: 'user', userId: 'usr_nobody', isAdmin: false };
    await expect(payouts.storyForSeller(stranger, sellerId, id!)).rejects.toThrow();
    expect((await context.get(Sellers).byId(other.id)).id).toBe(other.id);
  });

  const tampered: [string, string, string][] = [
    ['altered', `update payouts.payouts set amount = amount + 1`, 'payout_altered'],
    ['altered in its state', `update payouts.payouts set status = 'failed'`, 'payout_altered'],
    ['deleted', `delete from payouts.payouts`, 'payout_missing'],
    [
      'doubled',
      `alter table payouts.payouts drop constraint payouts_pkey cascade;
       insert into payouts.payouts (id, stripe_account, seller_id, currency, amount, status, automatic, method, arrival_on, created)
       select id, stripe_account, seller_id, currency, amount, status, automatic, method, arrival_on, created from payouts.payouts`,
      'payout_doubled',
    ],
    [
      'robbed of a line',
      `update books.balance_transactions set payout_id = null where source_id = 'py_1'`,
      'payout_lines',
    ],
  ];
  it.each(tampered)('that were %s are noticed by the books', async (_, sql, code) => {
    await sell(1);
    await mirror();
    await advance(6);
    const [id] = await takeIn();
    expect(await differences()).toEqual([]);
    await context.get(Transactions).run(async () => {
      await context.get(Transactions).write(`set local session_replication_role = replica`);
      for (const statement of sql.split(';')) await context.get(Transactions).write(statement);
    });
    expect(await differences()).toContain(`${code} ${account} ${id}`);
  });

  it.each([
    ['altered', `update payouts.daily_totals set amount = amount + 1`],
    ['altered in its count', `update payouts.daily_totals set payouts = payouts + 1`],
    ['deleted', `delete from payouts.daily_totals`],
    [
      'doubled',
      `alter table payouts.daily_totals drop constraint daily_totals_pkey;
       insert into payouts.daily_totals select * from payouts.daily_totals`,
    ],
    ['moved to another day', `update payouts.daily_totals set day = day + 1`],
    ['invented', `insert into payouts.daily_totals values ('2026-11-27', 'eur', 'paid', 100, 1)`],
  ])('whose daily total was %s are noticed by the books', async (how, sql) => {
    await sell(1);
    await advance(6);
    await takeIn();
    expect(await differences()).toEqual([]);
    await context.get(Transactions).run(async () => {
      for (const statement of sql.split(';')) await context.get(Transactions).write(statement);
    });
    const day = how === 'invented' ? '2026-11-27' : '2026-11-28';
    expect(await differences()).toContain(`payout_daily_total ${day} paid eur`);
  });
});
