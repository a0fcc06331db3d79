import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Global, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Books } from '#books';
import { type Actor, Money } from '#kernel';
import { Ledger } from '#ledger';
import { Config, PlatformModule, projectRoot, Transactions } from '#platform';
import { PlatformAccount, StripeApi } from '#stripe';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Differences, Reconciliation, ReconciliationModule } from '#reconciliation';

const admin: Actor = { kind: 'user', userId: 'usr_admin', isAdmin: true };

describe('reconciliation', () => {
  let database: TestDatabase;
  let emulator: RunningEmulator;
  let context: INestApplicationContext;
  let reconciliation: Reconciliation;
  let differences: Differences;
  let environment: Record<string, string>;

  beforeEach(async () => {
    [database, emulator] = await Promise.all([testDatabase(), startEmulator()]);
    environment = {
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_x',
      STRIPE_API_BASE: emulator.url,
      STRIPE_REQUESTS_PER_SECOND: '1000',
      LOG_LEVEL: 'silent',
    };
    const config = new Config(environment);
    @Global()
    @Module({ providers: [StripeApi, PlatformAccount], exports: [StripeApi, PlatformAccount] })
    class StripeOnly {}
    @Module({ imports: [PlatformModule.forRoot(config), StripeOnly, ReconciliationModule] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    reconciliation = context.get(Reconciliation);
    differences = context.get(Differences);
    const { engine } = emulator;
    engine.transact(() =>
      engine.ledger.post(engine.platform, {
        type: 'adjustment',
        amount: 500,
        currency: 'usd',
        source: 'dp_1',
      }),
    );
    await reconciliation.check();
  });

  afterEach(async () => {
    await context.close();
    await emulator.close();
    await database.drop();
  });

  it('keeps a difference once, however often it is seen, and shows the columns of the latest check', async () => {
    await reconciliation.check();
    const { items } = await differences.page('open');
    expect(items.map(({ code, currency }) => [code, currency])).toEqual([['suspense', 'usd']]);
    const run = await reconciliation.latest();
    expect(run).toMatchObject({ differenceCount: 1 });
    expect((await reconciliation.lines()).items).toEqual([
      expect.objectContaining({
        stripeAccount: 'platform',
        ledger: 500n,
        mirror: 500n,
        stripeAvailable: 500n,
        agree: true,
      }),
    ]);
  });

  it('remembers who explained it and why, over the next check, and in the audit log', async () => {
    const [difference] = (await differences.page('open')).items;
    await differences.explain(admin, difference!.id, 'A correction that Stripe announced by mail.');
    await reconciliation.check();
    const [explained] = (await differences.page('explained')).items;
    expect(explained).toMatchObject({
      id: difference!.id,
      explainedBy: 'user usr_admin',
      note: expect.stringContaining('by mail'),
    });
    const entries = await context
      .get(Transactions)
      .query(`select from audit.entries where action = 'difference.explained' and subject = $1`, [
        difference!.id,
      ]);
    expect(entries).toHaveLength(1);
  });

  it('closes what is gone, and opens it again when it comes back', async () => {
    const transactions = context.get(Transactions);
    const tamper = (by: number) =>
      transactions.query(`update ledger.balances set amount = amount + $1 where account = 'suspense'`, [by]);
    const open = async () => (await differences.page('open')).items.map(({ code }) => code).sort();
    await tamper(1);
    await reconciliation.check();
    expect(await open()).toEqual(['balance_row', 'suspense', 'suspense_total']);
    await tamper(-1);
    await reconciliation.check();
    expect(await open()).toEqual(['suspense']);
    const [gone] = (await differences.page('closed')).items;
    expect(gone).toMatchObject({ code: expect.stringMatching(/balance_row|suspense_total/) as string });
    await expect(differences.explain(admin, gone!.id, 'Too late.')).rejects.toThrow('is gone by now');
    await tamper(1);
    await reconciliation.check();
    expect(await open()).toEqual(['balance_row', 'suspense', 'suspense_total']);
  });

  it('books what is in suspense where it belongs, once, so that the books agree; a row changed by hand is found', async () => {
    const [difference] = (await differences.page('open')).items;
    const { id } = difference!;
    const transactions = context.get(Transactions);
    await transactions.query(`update books.legs set state = 'booked' where state = 'unknown'`);
    await reconciliation.check();
    expect((await differences.page('open')).items.map(({ code }) => code)).toEqual(['suspense_total']);
    await transactions.query(`update books.legs set state = 'unknown' where reference like 'suspense:%'`);
    await reconciliation.check();

    const why = 'Stripe corrected a fee of May.';
    expect(await differences.book(admin, id, 'adjustments', why)).toMatchObject({
      state: 'closed',
      note: why,
    });
    const ledger = context.get(Ledger, { strict: false });
    expect((await ledger.balances('suspense')).map(({ amount }) => amount)).toEqual([0n]);
    expect((await ledger.balances('adjustments')).map(({ amount }) => amount)).toEqual([-500n]);
    expect((await reconciliation.check()).differences).toEqual([]);
    expect(
      await transactions.query(`select reason from audit.entries where action = 'difference.booked'`),
    ).toEqual([{ reason: why }]);
    await expect(differences.book(admin, id, 'buyers', why)).rejects.toMatchObject({
      code: 'difference_closed',
    });
    await transactions.query(`update reconciliation.differences set state = 'open', closed_at = null`);
    await expect(differences.book(admin, id, 'buyers', why)).rejects.toMatchObject({
      code: 'not_in_suspense',
    });
  });

  it('takes a booking back to suspense and books it anew, as often as it takes; the books agree all the while', async () => {
    const [difference] = (await differences.page('open')).items;
    const { id } = difference!;
    const ledger = context.get(Ledger, { strict: false });
    const balance = async (account: string) => (await ledger.balances(account)).map(({ amount }) => amount);
    const seen = async () => (await reconciliation.check()).differences.map(({ code }) => code);
    await expect(differences.takeBack(admin, id, 'Too early.')).rejects.toMatchObject({ code: 'not_booked' });
    await differences.book(admin, id, 'adjustments', 'A correction.');
    expect((await differences.byId(id)).bookedTo).toBe('adjustments');
    for (const account of ['topups', 'adjustments'] as const) {
      expect(await differences.takeBack(admin, id, 'It was something else.')).toMatchObject({
        state: 'open',
        bookedTo: null,
        note: 'It was something else.',
      });
      expect(await balance('suspense')).toEqual([-500n]);
      expect(await seen()).toEqual(['suspense']);
      await differences.book(admin, id, account, 'That is what it was.');
      expect([await balance(account), await balance('suspense'), await seen()]).toEqual([[-500n], [0n], []]);
    }
    expect(await balance('topups')).toEqual([0n]);
    await expect(differences.takeBack(admin, 'dif_none', 'No such one.')).rejects.toMatchObject({
      code: 'difference_not_found',
    });
    const entries = await context
      .get(Transactions)
      .query<{ action: string }>(`select action from audit.entries where subject = $1 order by id`, [id]);
    const [booked, back] = ['difference.booked', 'difference.booking_taken_back'];
    expect(entries.map(({ action }) => action)).toEqual([booked, back, booked, back, booked]);
  });

  it('in turn leaves alone what it did not look at: figures and differences of other accounts stay until their turn', async () => {
    const { engine } = emulator;
    const [mine, other] = engine.transact(() => [1, 2].map(() => engine.accounts.create({}).id));
    await context.get(Transactions).run(() => context.get(Books, { strict: false }).watch(mine!, other!));
    const moved = { type: 'adjustment', amount: 100, currency: 'usd', source: 'dp_2' };
    engine.transact(() => [mine!, other!].forEach((account) => engine.ledger.post(account, moved)));
    await reconciliation.checkInTurn();
    const differing = async () =>
      new Set((await differences.page('open')).items.map(({ stripeAccount }) => stripeAccount));
    expect(await differing()).toEqual(new Set(['platform', mine, other]));
    // Nothing is booked meanwhile: a check that looks at one of them keeps the word of the last one about the other.
    await reconciliation.check({ accounts: ['platform', mine!] });
    expect(await differing()).toEqual(new Set(['platform', mine, other]));
    expect((await reconciliation.lines()).items).toHaveLength(3);
    expect(await reconciliation.latest()).toMatchObject({ differenceCount: 3 });
  });

  it('in turn closes a difference that is gone, whoever’s turn it is', async () => {
    const { engine } = emulator;
    const accounts = engine.transact(() => [1, 2].map(() => engine.accounts.create({}).id));
    const query = (sql: string, ...parameters: unknown[]) => context.get(Transactions).query(sql, parameters);
    for (const account of accounts)
      await query(`insert into books.accounts (stripe_account, compared_at) values ($1, now())`, account);
    // Of two that are quiet a check takes the one compared longest ago.
    await query(
      `update books.accounts set compared_at = now() + interval '1 hour' where stripe_account = $1`,
      accounts[1],
    );
    await query(
      `insert into reconciliation.differences (id, code, subject, stripe_account, sentence, state, first_seen_at, last_seen_at)
       values ('dif_x', 'mirror_missing', 'txn_x', $1, 'It was missing.', 'open', now(), now())`,
      accounts[1],
    );
    const { accounts: compared } = await reconciliation.checkInTurn();
    expect(compared).toContain(accounts[1]);
    expect((await differences.byId('dif_x')).state).toBe('closed');
  });

  it('waits an hour for what Stripe has not shown yet', async () => {
    const charge = { kind: 'charge', chargeId: 'ch_1', gross: Money.of(100n, 'usd') } as const;
    const about = { orderId: null, sellerId: null, occurredAt: new Date() };
    await context
      .get(Transactions)
      .run(() => context.get(Books, { strict: false }).expect({ ...charge, ...about }));
    await reconciliation.check();
    expect((await differences.page('open')).items.map(({ code }) => code)).toEqual(['suspense']);
    expect((await reconciliation.lines()).items[0]).toMatchObject({
      ledger: 600n,
      onItsWay: 100n,
      agree: true,
    });
  });

  it('knows of a check from the command line as of its own; a strict one, which finds what goes by itself, leaves nothing', async () => {
    const command = async (...args: string[]) => {
      const child = spawn(process.execPath, [join(projectRoot, 'dist/apps/worker/src/books.js'), ...args], {
        env: { ...process.env, ...environment },
        stdio: 'ignore',
      });
      const [code] = (await once(child, 'close')) as [number];
      return code;
    };
    const before = await reconciliation.latest();
    expect(await command('--strict')).toBe(1);
    expect(await reconciliation.latest()).toEqual(before);
    expect(await command()).toBe(1);
    const after = await reconciliation.latest();
    expect(after!.checkedAt.getTime()).toBeGreaterThan(before!.checkedAt.getTime());
    expect(after!.differenceCount).toBe(1);
  });
});
