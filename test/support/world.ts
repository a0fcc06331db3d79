import 'reflect-metadata';
import { type INestApplicationContext, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Stripe from 'stripe';
import { Config, JobRunner, Transactions } from '#platform';
import { Destinations, InboxWorker } from '#stripe';
import { createApp } from '../../apps/marketplace/src/create-app.js';
import { type RunningEmulator, startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { BodyCheck } from '../emulator/contract/body-check.js';
import { Browser } from './browser-like.js';
import { testDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';
import { freePort } from '../../tools/free-port.js';

const KEY = 'sk_test_guildhall';
/** Schedules would make a test depend on the wall clock: it runs them by name instead. */
const JOBS = { concurrency: 4, crons: false };

/** A marketplace of its own: database, emulator, web and worker, all in this process, all gone after `stop()`. */
export class World {
  private constructor(
    readonly database: TestDatabase,
    readonly emulator: RunningEmulator,
    readonly config: Config,
    readonly web: NestFastifyApplication,
    readonly worker: INestApplicationContext,
    /** Stripe's SDK against the emulator, as a second opinion on what happened there. */
    readonly stripe: Stripe,
    /** The settings, for a process of its own in this world. */
    readonly environment: Readonly<Record<string, string>>,
    private readonly bodies: BodyCheck,
  ) {}

  /** `history`: what happens at Stripe before the marketplace meets its account. */
  static async start(
    history?: (emulator: RunningEmulator) => Promise<void>,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<World> {
    const bodies = new BodyCheck();
    const [database, emulator, port] = await Promise.all([
      testDatabase(),
      startEmulator({ port: 0, observe: bodies.observe }),
      freePort(),
    ]);
    await history?.(emulator);
    const environment = {
      DATABASE_URL: database.url,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      STRIPE_SECRET_KEY: KEY,
      STRIPE_API_BASE: emulator.url,
      STRIPE_REQUESTS_PER_SECOND: '1000',
      // Every guest of a test comes from this machine.
      GUEST_CHECKOUTS_PER_HALF_HOUR: '1000',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
      DEMO: '1',
      DATABASE_POOL: '5',
      ...settings,
    };
    const config = new Config(environment);
    const web = await createApp(config);
    await web.listen(port, '127.0.0.1');
    const worker = await createWorker(config);
    await worker.get(Destinations).register(`http://127.0.0.1:${port}`);
    await worker.get(JobRunner).start(JOBS);
    worker.get(InboxWorker).start();
    const { hostname, port: stripePort } = new URL(emulator.url);
    const stripe = new Stripe(KEY, {
      host: hostname,
      port: stripePort,
      protocol: 'http',
      maxNetworkRetries: 0,
    });
    return new World(database, emulator, config, web, worker, stripe, environment, bodies);
  }

  get url(): string {
    return `http://127.0.0.1:${this.config.port}`;
  }

  /** A service of the worker's process. */
  get<T>(type: Type<T>): T {
    return this.worker.get(type, { strict: false });
  }

  /** Somebody with cookies of their own who opens pages, sends forms and calls the API. */
  visitor(): Browser {
    return new Browser(this.url);
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.get(Transactions).query<Row>(sql, parameters);
  }

  /** The emulator's control API. */
  async control<T = unknown>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.emulator.url}/_emulator/${path}`, {
      method: body ? 'POST' : 'GET',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Runs a scheduled job now. */
  async run(cron: string): Promise<void> {
    await this.get(JobRunner).runNow(cron);
  }

  /** A round of the mirror in which it is every account's turn. */
  async mirrorEverything(): Promise<void> {
    await this.rows(`update books.accounts set next_look_at = now()`);
    await this.run('books.mirror.round');
  }

  /** The worker takes no more jobs until `startJobs`, as if it were not there. */
  async stopJobs(): Promise<void> {
    await this.get(JobRunner).beforeApplicationShutdown();
  }

  async startJobs(): Promise<void> {
    await this.get(JobRunner).start(JOBS);
  }

  /** Waits until every delivery, event and job that is due has been worked off. */
  async settle(): Promise<void> {
    let quiet = 0;
    await eventually(
      async () => {
        const [row] = await this.rows<{ inbox: number; jobs: number }>(
          `select (select count(*)::int from stripe.inbox_events where state in ('queued', 'running') and run_at <= now() + interval '3 seconds') as inbox,
                  (select count(*)::int from graphile_worker.jobs where (run_at <= now() + interval '3 seconds' or locked_at is not null) and attempts < max_attempts) as jobs`,
        );
        const waiting = row!.inbox + row!.jobs + this.emulator.pendingDeliveries();
        quiet = waiting === 0 ? quiet + 1 : 0;
        if (quiet < 2)
          throw new Error(
            `still waiting: ${JSON.stringify(row)} and ${this.emulator.pendingDeliveries()} deliveries`,
          );
      },
      { timeoutMs: 30_000, everyMs: 60 },
    );
  }

  /** Throws when anything that the emulator said is not what the SDK declares: the story then proves nothing. */
  async stop(): Promise<void> {
    await this.worker.close();
    await this.web.close();
    await this.emulator.close();
    await this.database.drop();
    await this.bodies.assertDeclared(this.emulator);
  }
}
