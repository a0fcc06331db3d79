import 'reflect-metadata';
import { Injectable, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import Stripe from 'stripe';
import { Clock } from '#kernel';
import { Config, PlatformModule, Transactions } from '#platform';
import { eventually } from '../../../test/support/eventually.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  type Attempt,
  Attempts,
  AttemptWorker,
  type CallOptions,
  StripeApi,
  StripeModule,
  StripeObject,
  StripeWriteKind,
  subscribedEvents,
} from './index.js';

@StripeObject({ object: 'everything', events: subscribedEvents })
@Injectable()
class Everything {
  fetch = () => Promise.resolve(null);
  record = () => Promise.resolve();
}

const errors = {
  refusal: () =>
    new Stripe.errors.StripeInvalidRequestError({
      message: 'No.',
      type: 'invalid_request_error',
      statusCode: 400,
    } as never),
  silence: () => new Stripe.errors.StripeConnectionError({ message: 'timed out' } as never),
  wrongKey: () =>
    new Stripe.errors.StripeAuthenticationError({
      message: 'Expired API Key provided',
      statusCode: 401,
    } as never),
  narrowKey: () =>
    new Stripe.errors.StripePermissionError({
      message: 'The provided key does not have the required permissions for this endpoint',
      statusCode: 403,
    } as never),
  otherParameters: () =>
    new Stripe.errors.StripeIdempotencyError({
      message:
        'Keys for idempotent requests can only be used with the same parameters they were first used with.',
      type: 'idempotency_error',
      statusCode: 400,
    } as never),
  stored: () => new Stripe.errors.StripeAPIError({ message: 'oops', statusCode: 500 } as never),
};

/** A Stripe of one thing: makes it once per key, as Stripe does, and answers what the test wants. */
@StripeWriteKind('thing.make')
@Injectable()
class MakeThing {
  readonly made = new Map<string, string>();
  readonly calls: { request: object; key: string }[] = [];
  readonly records: string[] = [];
  readonly refusals: string[] = [];
  answer: (() => Error) | null = null;
  crashInRecord = false;

  call(request: object, { idempotencyKey }: CallOptions): Promise<{ id: string }> {
    this.calls.push({ request, key: idempotencyKey });
    const error = this.answer?.();
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return Promise.reject(error);
    if (!this.made.has(idempotencyKey)) this.made.set(idempotencyKey, `th_${this.made.size + 1}`);
    return error ? Promise.reject(error) : Promise.resolve({ id: this.made.get(idempotencyKey)! });
  }

  record({ id }: { id: string }): Promise<void> {
    if (this.crashInRecord) return Promise.reject(new Error('killed'));
    this.records.push(id);
    return Promise.resolve();
  }

  refused({ message }: Error): Promise<void> {
    this.refusals.push(message);
    return Promise.resolve();
  }

  find({ idempotency_key }: Attempt): Promise<{ id: string } | null> {
    const id = this.made.get(idempotency_key);
    return Promise.resolve(id ? { id } : null);
  }
}

class HandClock extends Clock {
  offsetMs = 0;
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
}

describe('an attempt to write to Stripe', () => {
  let database: TestDatabase;
  let context: INestApplicationContext;
  let attempts: Attempts;
  let transactions: Transactions;
  let worker: AttemptWorker;
  let thing: MakeThing;
  let subject = 0;

  beforeAll(async () => {
    database = await testDatabase();
  });

  beforeEach(async () => {
    const config = new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: 'sk_test_x',
      LOG_LEVEL: 'silent',
    });
    @Module({ imports: [PlatformModule.forRoot(config), StripeModule], providers: [Everything, MakeThing] })
    class TestModule {}
    context = await NestFactory.createApplicationContext(TestModule, { logger: false });
    attempts = context.get(Attempts);
    worker = context.get(AttemptWorker);
    transactions = context.get(Transactions);
    thing = context.get(MakeThing);
  });

  afterEach(() => context.close());
  afterAll(() => database.drop());

  const open = (request: object = { amount: 1 }, id = `sub_${++subject}`) =>
    transactions.run(() => attempts.open('thing.make', id, request));

  const perform = async ({ id }: Attempt) => attempts.perform(await attempts.byId(id));
  const due = ({ id }: Attempt) =>
    transactions.query(
      `update stripe.attempts set resume_at = resume_at - interval '1 minute' where id = $1`,
      [id],
    );

  it('is stored before the call, and done after it', async () => {
    const attempt = await open();
    expect(thing.calls).toEqual([]);
    const done = await perform(attempt);
    expect(done).toMatchObject({ state: 'done', result_id: 'th_1' });
    expect(thing.calls).toEqual([{ request: { amount: 1 }, key: attempt.idempotency_key }]);
  });

  it('is one, however often it is opened or performed at once', async () => {
    const [first, second] = await Promise.all([open({ n: 1 }, 'sub_twice'), open({ n: 2 }, 'sub_twice')]);
    expect(second.id).toBe(first.id);
    await Promise.all(Array.from({ length: 5 }, () => perform(first)));
    expect(thing.made.size).toBe(1);
    expect(thing.records).toEqual(['th_1']);
  });

  it('does not exist when its transaction fails', async () => {
    const failed = transactions.run(async () => {
      await attempts.open('thing.make', 'sub_undone', {});
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await attempts.latest('thing.make', 'sub_undone')).toBeNull();
  });

  it('goes on with the same key and the same request when Stripe did not answer', async () => {
    const attempt = await open({ amount: 2 });
    thing.answer = errors.silence;
    await expect(perform(attempt)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    thing.answer = null;
    expect(await perform(attempt)).toMatchObject({ state: 'done' });
    expect(thing.calls[1]).toEqual(thing.calls[0]);
    expect(thing.made.size).toBe(1);
  });

  it('goes on after a crash between Stripe’s answer and our record', async () => {
    const attempt = await open();
    thing.crashInRecord = true;
    await expect(perform(attempt)).rejects.toThrow('killed');
    thing.crashInRecord = false;
    await due(attempt);
    await worker.drain();
    expect(thing.records).toEqual(['th_1']);
    expect(thing.made.size).toBe(1);
  });

  it('is left for a minute to who opened it; then the worker goes on with it by itself', async () => {
    const attempt = await open();
    worker.start();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(thing.calls).toEqual([]);
    await due(attempt);
    await eventually(async () => {
      expect(await attempts.byId(attempt.id)).toMatchObject({ state: 'done' });
    });
    expect(thing.calls).toHaveLength(1);
  });

  it('is tried again after growing pauses while Stripe does not answer', async () => {
    const attempt = await open();
    thing.answer = errors.silence;
    for (const pause of [60, 5, 15, 60, 300, 300]) {
      const before = thing.calls.length;
      await transactions.query(
        `update stripe.attempts set resume_at = resume_at - make_interval(secs => $2) where id = $1`,
        [attempt.id, pause - 2],
      );
      expect(await worker.drain()).toBe(0);
      await transactions.query(
        `update stripe.attempts set resume_at = resume_at - interval '2 seconds' where id = $1`,
        [attempt.id],
      );
      expect(await worker.drain()).toBe(1);
      expect(thing.calls).toHaveLength(before + 1);
    }
    thing.answer = null;
    expect(await perform(attempt)).toMatchObject({ state: 'done', number: 1 });
  });

  it('looks first after a stored failure, and takes what is there', async () => {
    const attempt = await open();
    thing.answer = errors.stored;
    await expect(perform(attempt)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    thing.answer = null;
    expect(await perform(attempt)).toMatchObject({ state: 'done', result_id: 'th_1' });
    expect(thing.calls).toHaveLength(1);
  });

  it('is tried anew with the next key when a stored failure made nothing', async () => {
    const attempt = await open();
    thing.answer = errors.stored;
    await expect(perform(attempt)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    thing.answer = null;
    thing.made.clear();
    const done = await perform(attempt);
    expect(done).toMatchObject({ state: 'done', number: 2 });
    expect(done.idempotency_key).not.toBe(attempt.idempotency_key);
    expect(await attempts.latest('thing.make', attempt.subject_id)).toMatchObject({
      number: 2,
      state: 'done',
    });
  });

  it('makes one thing where several look first at once and find nothing', async () => {
    const attempt = await open();
    thing.answer = errors.stored;
    await expect(perform(attempt)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    thing.answer = null;
    thing.made.clear();
    const seen = await attempts.byId(attempt.id);
    await Promise.all(Array.from({ length: 4 }, () => attempts.perform(seen)));
    expect(thing.made.size).toBe(1);
    expect(await attempts.latest('thing.make', attempt.subject_id)).toMatchObject({
      number: 2,
      state: 'done',
    });
  });

  it('looks first once its key is older than Stripe remembers', async () => {
    const attempt = await open();
    thing.made.set(attempt.idempotency_key, 'th_old');
    const clock = new HandClock();
    clock.offsetMs = 24 * 3_600_000;
    Object.defineProperty(attempts, 'clock', { value: clock });
    expect(await perform(attempt)).toMatchObject({ state: 'done', result_id: 'th_old' });
    expect(thing.calls).toEqual([]);
  });

  it('ends when Stripe says no for good, and the next one has a key of its own', async () => {
    const attempt = await open({}, 'sub_refused');
    thing.answer = errors.refusal;
    expect(await perform(attempt)).toMatchObject({ state: 'refused', error_message: 'No.' });
    expect(thing.refusals).toEqual(['No.']);
    thing.answer = null;
    const next = await open({}, 'sub_refused');
    expect(next.number).toBe(2);
    expect(await perform(next)).toMatchObject({ state: 'done' });
  });

  it.each(['wrongKey', 'narrowKey'] as const)(
    'waits while our own key is not good enough (%s): that says nothing about the request',
    async (problem) => {
      const attempt = await open();
      const before = thing.refusals.length;
      thing.answer = errors[problem];
      await expect(perform(attempt)).rejects.toMatchObject({ code: 'stripe_unavailable' });
      expect(thing.refusals).toHaveLength(before);
      thing.answer = null;
      expect(await perform(attempt)).toMatchObject({ state: 'done', number: 1 });
    },
  );

  it('looks first where Stripe knows its key with other parameters: something was made by it', async () => {
    const attempt = await open();
    thing.answer = errors.otherParameters;
    await expect(perform(attempt)).rejects.toMatchObject({ code: 'stripe_unavailable' });
    thing.answer = null;
    expect(await perform(attempt)).toMatchObject({ state: 'done', result_id: 'th_1' });
    expect(thing.calls).toHaveLength(1);
  });

  it('is refused inside a transaction by the client itself', async () => {
    const inside = transactions.run(() => context.get(StripeApi).sdk.balance.retrieve());
    await expect(inside).rejects.toThrow('inside a transaction');
  });
});
