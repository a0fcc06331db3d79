import 'reflect-metadata';
import { Injectable, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Config, JobRunner, PlatformModule, Transactions } from '#platform';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { untilKilled } from '../../../test/support/dying-process.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  InboxIntake,
  InboxView,
  InboxWorker,
  StripeModule,
  StripeObject,
  type StripeRef,
  subscribedEvents,
} from './index.js';

/** Owns everything, writes down what it is asked to record, and fails when told to. */
@StripeObject({ object: 'everything', events: subscribedEvents, idFrom: 'object' })
@Injectable()
class Everything {
  readonly recorded: string[] = [];
  readonly atOnce = new Map<string, number>();
  mostAtOnce = 0;
  failing = new Set<string>();
  gone = new Set<string>();

  fetch({ id }: StripeRef): Promise<string | null> {
    return Promise.resolve(this.gone.has(id) ? null : id);
  }

  async record(id: string): Promise<void> {
    const running = (this.atOnce.get(id) ?? 0) + 1;
    this.atOnce.set(id, running);
    this.mostAtOnce = Math.max(this.mostAtOnce, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    this.atOnce.set(id, running - 1);
    if (this.failing.has(id)) throw new Error(`${id} can't be recorded`);
    this.recorded.push(id);
  }
}

let serial = 0;
const event = (objectId: string, more: object = {}) => ({
  id: `evt_${++serial}`,
  type: 'charge.updated',
  created: 1_800_000_000,
  livemode: false,
  data: { object: { id: objectId } },
  ...more,
});

describe('the inbox', () => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  let context: INestApplicationContext;
  let owner: Everything;
  let worker: InboxWorker;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await testDatabase();
    environment = { DATABASE_URL: database.url, STRIPE_SECRET_KEY: 'sk_test_x', LOG_LEVEL: 'silent' };
    const config = new Config(environment);
    @Module({ imports: [PlatformModule.forRoot(config), StripeModule], providers: [Everything] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    owner = context.get(Everything);
    worker = context.get(InboxWorker);
    transactions = context.get(Transactions);
  });

  afterAll(async () => {
    await context.close();
    await database.drop();
  });

  const store = (one: ReturnType<typeof event>) =>
    context.get(InboxIntake).store('payments', JSON.stringify(one), one);
  const state = async (id: string) => {
    const { state, tries, last_error } = await context.get(InboxView).byEventId(id);
    return { state, tries, last_error };
  };
  /** Lets every pause run out. */
  const hurry = () =>
    transactions.query(`update stripe.inbox_events set run_at = now() where state = 'queued'`);

  it('works an event off once, though it came eight times at once', async () => {
    const one = event('ch_eight');
    await Promise.all(Array.from({ length: 8 }, () => store(one)));
    expect(await worker.drain()).toBe(1);
    expect(owner.recorded.filter((id) => id === 'ch_eight')).toHaveLength(1);
    expect(await state(one.id)).toMatchObject({ state: 'done', tries: 1 });
  });

  it('stores many that come together in few commits, all of them', async () => {
    const many = Array.from({ length: 200 }, (_, i) => event(`ch_many_${i}`));
    await Promise.all(many.map(store));
    expect(await worker.drain()).toBe(200);
    expect(owner.recorded.filter((id) => id.startsWith('ch_many_'))).toHaveLength(200);
  });

  it('works off one object’s events one at a time and in order, and others’ beside them', async () => {
    owner.mostAtOnce = 0;
    const same = [event('ch_same'), event('ch_same'), event('ch_same')];
    for (const one of same) await store(one);
    await store(event('ch_other'));
    await worker.drain();
    expect(owner.mostAtOnce).toBe(1);
    expect(owner.recorded.slice(-4).filter((id) => id === 'ch_same')).toHaveLength(3);
    const rows = await transactions.query<{ id: bigint }>(
      `select id from stripe.inbox_events where object_id = 'ch_same' order by done_at`,
    );
    expect(rows.map(({ id }) => id)).toEqual([...rows.map(({ id }) => id)].sort((a, b) => Number(a - b)));
  });

  it('keeps the events of an object waiting behind one that fails', async () => {
    owner.failing.add('ch_stuck');
    const first = event('ch_stuck');
    const second = event('ch_stuck');
    await store(first);
    await store(second);
    await worker.drain();
    expect(await state(first.id)).toMatchObject({
      state: 'queued',
      tries: 1,
      last_error: "ch_stuck can't be recorded",
    });
    expect(await state(second.id)).toMatchObject({ state: 'queued', tries: 0 });
    owner.failing.delete('ch_stuck');
    await hurry();
    await worker.drain();
    expect(await state(first.id)).toMatchObject({ state: 'done', last_error: null });
    expect(await state(second.id)).toMatchObject({ state: 'done' });
  });

  it('gives up after the last try, lets the next one through, and can be replayed', async () => {
    owner.failing.add('ch_dead');
    const one = event('ch_dead');
    await store(one);
    for (let tries = 0; tries < 11; tries++) {
      await worker.drain();
      await hurry();
    }
    expect(await state(one.id)).toMatchObject({ state: 'dead', tries: 11 });
    expect((await context.get(InboxView).counts()).dead).toBe(1);
    expect((await context.get(InboxView).page({ state: 'dead' })).items.map((e) => e.event_id)).toEqual([
      one.id,
    ]);
    owner.failing.delete('ch_dead');
    await context.get(InboxView).replay(one.id);
    await worker.drain();
    expect(await state(one.id)).toMatchObject({ state: 'done', tries: 1 });
  });

  it('gives the event that a worker was killed in the middle of to the next one within seconds', async () => {
    const one = event('ch_killed');
    await store(one);
    await untilKilled(new URL('../../../test/support/doomed-inbox.mjs', import.meta.url), {}, environment);
    expect(await state(one.id)).toMatchObject({ state: 'running', tries: 1 });
    expect(await worker.drain()).toBe(0);

    await context.get(JobRunner).start({ concurrency: 1, crons: false });
    try {
      await eventually(async () => expect(await worker.drain()).toBe(1), { timeoutMs: 6_000 });
      expect(await state(one.id)).toMatchObject({ state: 'done', tries: 2 });
    } finally {
      await context.get(JobRunner).beforeApplicationShutdown();
    }
  });

  it('takes an event up again whose worker hangs, after two minutes', async () => {
    const one = event('ch_crash');
    await store(one);
    await transactions.query(
      `update stripe.inbox_events set state = 'running', tries = 1, locked_until = now() - interval '1 second' where event_id = $1`,
      [one.id],
    );
    expect(await worker.drain()).toBe(1);
    expect(await state(one.id)).toMatchObject({ state: 'done', tries: 2 });
  });

  it('finishes an event about something that Stripe no longer has, or that nobody subscribes to any more', async () => {
    owner.gone.add('ch_gone');
    const gone = event('ch_gone');
    const strange = event('ch_strange', { type: 'charge.captured' });
    await store(gone);
    await store(strange);
    await worker.drain();
    expect(await state(gone.id)).toMatchObject({ state: 'done' });
    expect(await state(strange.id)).toMatchObject({ state: 'done' });
    expect(owner.recorded).not.toContain('ch_gone');
  });

  it('refuses to replay what is still being worked on', async () => {
    const one = event('ch_busy');
    await store(one);
    await expect(context.get(InboxView).replay(one.id)).rejects.toMatchObject({
      code: 'event_not_replayable',
    });
    await worker.drain();
  });
});
