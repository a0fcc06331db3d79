import 'reflect-metadata';
import { Injectable, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { Config, JobHandler, JobRunner, Jobs, PlatformModule, Transactions } from '#platform';
import { checkWorker } from '../../apps/worker/src/doctor/local.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { untilKilled } from '../support/dying-process.js';
import { eventually } from '../support/eventually.js';

const done: string[] = [];
let release: () => void = () => undefined;

@Injectable()
class Work {
  @JobHandler('test.doom')
  doom(): Promise<void> {
    done.push('doom');
    return Promise.resolve();
  }

  @JobHandler('test.long')
  long(): Promise<void> {
    done.push('long');
    return new Promise((resolve) => (release = resolve));
  }
}

describe('workers and their jobs', () => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  const open: INestApplicationContext[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    environment = { DATABASE_URL: database.url, STRIPE_SECRET_KEY: 'sk_test_x', LOG_LEVEL: 'silent' };
  });

  afterEach(async () => {
    release();
    for (const context of open.splice(0)) await context.close();
    done.length = 0;
  });

  afterAll(() => database.drop());

  async function platform(): Promise<INestApplicationContext> {
    @Module({ imports: [PlatformModule.forRoot(new Config(environment))], providers: [Work] })
    class TestModule {}
    const context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    open.push(context);
    return context;
  }
  const startJobs = async (context: INestApplicationContext) => {
    await context.get(JobRunner).start({ concurrency: 2, crons: false });
    return context.get(Transactions);
  };
  const alive = async (transactions: Transactions) =>
    (await transactions.query<{ pool_id: string }>(`select pool_id from platform.worker_processes`)).length;

  it('the job that a worker was killed in the middle of is done by the next one within seconds', async () => {
    const next = await platform();
    await next.get(Jobs).add('test.doom', {}, { queue: 'one-after-another' });
    await untilKilled(new URL('../support/doomed-worker.mjs', import.meta.url), {}, environment);
    const [left] = await next
      .get(Transactions)
      .query<{ locked_at: Date | null }>(`select locked_at from graphile_worker.jobs`);
    expect(left!.locked_at).not.toBeNull();

    const transactions = await startJobs(next);
    await eventually(() => expect(done).toEqual(['doom']), { timeoutMs: 4_000 });
    expect(await alive(transactions)).toBe(1);
  });

  it('a living worker keeps its job, however long it takes, and one that stops says goodbye', async () => {
    const first = await platform();
    const transactions = await startJobs(first);
    await first.get(Jobs).add('test.long', {});
    await eventually(() => expect(done).toEqual(['long']));
    const second = await platform();
    await startJobs(second);
    await eventually(async () => expect(await alive(transactions)).toBe(2));
    await second.get(Jobs).add('test.doom', {});
    await eventually(() => expect(done).toEqual(['long', 'doom']));
    await second.get(JobRunner).beforeApplicationShutdown();
    expect(await alive(transactions)).toBe(1);
  });

  it('a worker whose machine is gone, but whose connection seems alive, is given up after a minute', async () => {
    const gone = new pg.Client({ connectionString: database.url });
    await gone.connect();
    try {
      const context = await platform();
      await context.get(Jobs).add('test.doom', {});
      await gone.query(`select pg_advisory_lock(hashtextextended('pool-gone', 716206))`);
      await gone.query(
        `update graphile_worker._private_jobs set locked_by = 'pool-gone', locked_at = now() - interval '2 minutes'`,
      );
      await gone.query(
        `insert into platform.worker_processes (pool_id, seen_at) values ('pool-gone', now() - interval '61 seconds')`,
      );
      await startJobs(context);
      await eventually(() => expect(done).toEqual(['doom']), { timeoutMs: 4_000 });
    } finally {
      await gone.end();
    }
  });

  it('the doctor finds a worker well as soon as it has started, and says when there is none', async () => {
    const context = await platform();
    expect(await checkWorker(context)).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(/start/) as string,
    });
    await startJobs(context);
    await eventually(async () => expect(await checkWorker(context)).toMatchObject({ ok: true }));
    await context
      .get(Transactions)
      .query(`update platform.worker_processes set started_at = now() - interval '6 minutes'`);
    expect(await checkWorker(context)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('no schedule') as string,
    });
  });
});
