import pg from 'pg';
import type { Log } from './log.js';
import { domainEvent, type Outbox } from './outbox.js';
import type { Transactions } from './transactions.js';

/** A worker process ended without a word: whatever it had claimed under its name is free. */
export class WorkerDied extends domainEvent<{ worker: string }>('worker.died') {}

const BEAT_MS = 5_000;
/** Long enough for a busy process; a machine that lost its power leaves a connection that seems alive for hours. */
const SILENT = '1 minute';
const lockOf = (poolId: string) => `hashtextextended(${poolId}, 716206)`;

/**
 * Says that this worker process lives, and gives the jobs of dead ones back, which graphile-worker would keep locked for
 * four hours. The sign of life is a lock of the session, so that PostgreSQL itself notices a killed process at once; one
 * whose connection only seems alive is given up when it has been silent for a minute.
 */
export class WorkerPresence {
  private client: pg.Client | null = null;
  private poolId: string | null = null;
  private holdsLock = false;
  private beating: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private ended = false;
  private readonly known = Promise.withResolvers<void>();

  constructor(
    private readonly databaseUrl: string,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** The name of this process, known once it has begun. */
  get worker(): string | null {
    return this.poolId;
  }

  /** Resolves when this process is known; nothing is claimed before that. */
  get ready(): Promise<void> {
    return this.known.promise;
  }

  begin(poolId: string): Promise<void> {
    this.poolId = poolId;
    this.beating ??= this.beat().then(() => this.known.resolve());
    return this.ready;
  }

  async end(): Promise<void> {
    this.ended = true;
    if (this.timer) clearTimeout(this.timer);
    await this.beating;
    await this.client?.query(`delete from platform.worker_processes where pool_id = $1`, [this.poolId]);
    await this.client?.end();
    this.client = null;
  }

  private async beat(): Promise<void> {
    try {
      const client = (this.client ??= await this.connect());
      await this.sayAlive(client);
      await this.freeDead();
    } catch (error) {
      this.log.warn('this worker could not say that it lives', { error });
    }
    if (this.ended) return;
    this.timer = setTimeout(() => {
      this.beating = this.beat();
    }, BEAT_MS);
    this.timer.unref();
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'guildhall-worker',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    const lost = () => {
      if (this.client === client) this.client = null;
      this.holdsLock = false;
    };
    client.on('error', lost).on('end', lost);
    await client.connect();
    return client;
  }

  /** The lock comes before the row: whoever sees the row must not find the lock free. */
  private async sayAlive(client: pg.Client): Promise<void> {
    if (!this.holdsLock) {
      // Our own last connection may hold it still, where PostgreSQL has not noticed its end: then the next beat takes it.
      const { rows } = await client.query<{ held: boolean }>(
        `select pg_try_advisory_lock(${lockOf('$1')}) as held`,
        [this.poolId],
      );
      this.holdsLock = rows[0]!.held;
    }
    await client.query(
      `insert into platform.worker_processes (pool_id) values ($1)
       on conflict (pool_id) do update set seen_at = now()`,
      [this.poolId],
    );
  }

  private async freeDead(): Promise<void> {
    const dead = await this.transactions.run(async () => {
      const rows = await this.transactions.write<{ pool_id: string }>(
        `with dead as (
           delete from platform.worker_processes
           where pool_id <> $1
             and (seen_at < now() - interval '${SILENT}' or pg_try_advisory_xact_lock(${lockOf('pool_id')}))
           returning pool_id)
         select pool_id, graphile_worker.force_unlock_workers(array[pool_id]) from dead`,
        [this.poolId],
      );
      for (const { pool_id } of rows) await this.outbox.publish(new WorkerDied({ worker: pool_id }));
      return rows;
    });
    for (const { pool_id } of dead)
      this.log.warn('a worker process ended without a word: its jobs are free again', { pool: pool_id });
  }
}
