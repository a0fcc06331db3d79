import 'reflect-metadata';
import { Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DomainError } from '#kernel';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  Config,
  domainEvent,
  IdempotencyKeys,
  JobHandler,
  JobRunner,
  Jobs,
  Outbox,
  PlatformModule,
  Subscribe,
  Transactions,
} from './index.js';

class ThingDone extends domainEvent<{ id: string }>('thing.done') {}
const heard: string[] = [];

@Injectable()
class Listener {
  private failures = 0;

  @Subscribe(ThingDone, 'first')
  first({ id }: { id: string }): Promise<void> {
    heard.push(`first ${id}`);
    return Promise.resolve();
  }

  @Subscribe(ThingDone, 'second')
  second({ id }: { id: string }): Promise<void> {
    if (this.failures++ === 0) return Promise.reject(new Error('not yet'));
    heard.push(`second ${id}`);
    return Promise.resolve();
  }

  @JobHandler('test.note')
  note({ text }: { text: string }): Promise<void> {
    heard.push(text);
    return Promise.resolve();
  }
}

describe('platform', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await testDatabase();
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_x',
      LOG_LEVEL: 'silent',
    });
    @Module({ imports: [PlatformModule.forRoot(config)], providers: [Listener] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    transactions = context.get(Transactions);
    await transactions.query('create table public.things (id text primary key, amount bigint)');
  });

  afterAll(async () => {
    await context.close();
    await database.drop();
  });

  const count = async () =>
    (await transactions.query<{ n: number }>('select count(*)::int as n from public.things'))[0]!.n;
  const put = (id: string) =>
    transactions.write('insert into public.things (id, amount) values ($1, 9007199254740993)', [id]);

  it('undoes everything when the root fails, nested runs included', async () => {
    const before = await count();
    await expect(
      transactions.run(async () => {
        await put('a');
        await transactions.run(() => put('b'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await count()).toBe(before);
  });

  it('does not commit half a verb when somebody swallowed its failure', async () => {
    const before = await count();
    await expect(
      transactions.run(async () => {
        await put('c');
        await transactions.run(() => Promise.reject(new Error('inner'))).catch(() => undefined);
      }),
    ).rejects.toThrow('inner');
    expect(await count()).toBe(before);
  });

  it('refuses money verbs outside a transaction, and keeps bigints exact', async () => {
    await expect((async () => put('d'))()).rejects.toThrow('transactions.run');
    await transactions.run(() => put('d'));
    const [row] = await transactions.query<{ amount: bigint }>(
      `select amount from public.things where id = 'd'`,
    );
    expect(row!.amount).toBe(9007199254740993n);
  });

  it('goes on when a migration changes a table under it, in a transaction and outside of one', async () => {
    await transactions.query('create table public.growing (id int)');
    await transactions.query('insert into public.growing values ($1)', [1]);
    const row = () => transactions.query('select * from public.growing where id = $1', [1]);
    await row();
    await transactions.query('alter table public.growing add column name text');
    expect(await row()).toEqual([{ id: 1, name: null }]);
    await transactions.query('alter table public.growing add column size int');
    expect(await transactions.run(row)).toEqual([{ id: 1, name: null, size: null }]);
  });

  it('repeats the root after a deadlock', async () => {
    await transactions.run(async () => {
      await put('left');
      await put('right');
    });
    const touch = (id: string) =>
      transactions.write(`update public.things set amount = amount + 1 where id = $1`, [id]);
    let tries = 0;
    let holding = 0;
    const bothHaveOne = Promise.withResolvers<void>();
    const both = (first: string, second: string) =>
      transactions.run(async () => {
        tries++;
        await touch(first);
        if (++holding === 2) bothHaveOne.resolve();
        await bothHaveOne.promise;
        await touch(second);
      });
    await Promise.all([both('left', 'right'), both('right', 'left')]);
    expect(tries).toBeGreaterThan(2);
    const [row] = await transactions.query<{ amount: bigint }>(
      `select amount from public.things where id = 'left'`,
    );
    expect(row!.amount).toBe(9007199254740995n);
  });

  it('tells every subscriber of a committed event, each retried alone, and none of one that was rolled back', async () => {
    const outbox = context.get(Outbox);
    const runner = context.get(JobRunner);
    await transactions.run(async () => {
      await outbox.publish(new ThingDone({ id: 'one' }));
      await context.get(Jobs).add('test.note', { text: 'a job' });
    });
    await transactions
      .run(async () => {
        await outbox.publish(new ThingDone({ id: 'never' }));
        throw new Error('undone');
      })
      .catch(() => undefined);
    await runner.start({ crons: false });
    await eventually(() => expect([...heard].sort()).toEqual(['a job', 'first one', 'second one']));
  });

  it('gives the first answer again for the same Idempotency-Key, and refuses the key for another body', async () => {
    const keys = context.get(IdempotencyKeys);
    let runs = 0;
    const work = () => Promise.resolve({ run: ++runs });
    const request = (key: string | undefined, body: object, userId = 'usr_a') => ({
      actor: { kind: 'user' as const, userId, isAdmin: false },
      route: 'POST things',
      key,
      body,
    });
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, () => keys.once(request('k', { a: 1 }), work)),
    );
    expect(runs).toBe(1);
    for (const answer of answers) {
      if (answer.status === 'rejected')
        expect((answer.reason as DomainError).code).toBe('idempotency_in_progress');
    }
    expect(await keys.once(request('k', { a: 1 }), work)).toEqual({ run: 1 });
    await expect(keys.once(request('k', { a: 2 }), work)).rejects.toThrow('another request');
    await expect(
      keys.once(request('refused', {}), () => Promise.reject(new DomainError('x', 'invalid', 'no'))),
    ).rejects.toThrow('no');
    expect(await keys.once(request('refused', {}), work)).toEqual({ run: 2 });
  });

  it('does the work and stores its answer both, or neither; what comes after is repeated with what was stored', async () => {
    const keys = context.get(IdempotencyKeys);
    const request = (key: string) => ({
      actor: { kind: 'user' as const, userId: 'usr_a', isAdmin: false },
      route: 'POST things',
      key,
      body: null,
    });
    const before = await count();
    await transactions.query(
      `create function public.crash() returns trigger language plpgsql as 'begin raise exception ''crashed''; end'`,
    );
    await transactions.query(
      `create trigger crash before insert on platform.idempotency_keys for each row execute function public.crash()`,
    );
    await expect(keys.once(request('e'), () => put('e').then(() => 'e'))).rejects.toThrow('crashed');
    expect(await count()).toBe(before);
    await transactions.query(`drop trigger crash on platform.idempotency_keys`);

    let runs = 0;
    const once = (finish: (begun: { run: number }) => Promise<string>) =>
      keys.once(request('f'), () => Promise.resolve({ run: ++runs }), finish);
    await expect(once(() => Promise.reject(new Error('killed after the commit')))).rejects.toThrow('killed');
    expect(await once(({ run }) => Promise.resolve(`run ${run}`))).toBe('run 1');
  });

  it('keeps the Idempotency-Keys of different people apart, and works without one', async () => {
    const keys = context.get(IdempotencyKeys);
    let runs = 0;
    const as = (userId: string, key: string | undefined) =>
      keys.once(
        { actor: { kind: 'user', userId, isAdmin: false }, route: 'POST others', key, body: null },
        () => Promise.resolve(++runs),
      );
    expect([await as('usr_a', 'k'), await as('usr_b', 'k'), await as('usr_a', 'k')]).toEqual([1, 2, 1]);
    expect([await as('usr_a', undefined), await as('usr_a', undefined)]).toEqual([3, 4]);
    await expect(as('usr_a', '')).rejects.toThrow('1 to 255');
  });
});
