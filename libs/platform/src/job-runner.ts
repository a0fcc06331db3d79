import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Logger as WorkerLogger, parseCronItems, run, type Runner, type TaskList } from 'graphile-worker';
import { InvariantError } from '#kernel';
import { Config } from './config.js';
import { findCrons, findJobHandlers } from './jobs.js';
import { Log } from './log.js';
import { Outbox } from './outbox.js';
import { Transactions } from './transactions.js';
import { WorkerPresence } from './worker-presence.js';

/** Works off jobs and crons. Only the worker starts it; the web merely adds jobs. */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  private runner: Runner | null = null;
  private presence: WorkerPresence | null = null;

  constructor(
    private readonly config: Config,
    private readonly discovery: DiscoveryService,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** The name under which this process claims work; `WorkerDied` tells it should it be killed. Null while none is known. */
  get worker(): string | null {
    return this.presence?.worker ?? null;
  }

  async start(options: { concurrency?: number; crons?: boolean } = {}): Promise<void> {
    const crons = findCrons(this.discovery);
    const presence = new WorkerPresence(this.config.databaseUrl, this.transactions, this.outbox, this.log);
    this.presence = presence;
    this.runner = await run({
      connectionString: this.config.databaseUrl,
      concurrency: options.concurrency ?? 8,
      maxPoolSize: (options.concurrency ?? 8) + 2,
      noHandleSignals: true,
      preset: { plugins: [announcing(presence)] },
      pollInterval: 1000,
      logger: new WorkerLogger(() => (level, message) => {
        if (level === 'error') this.log.error('a job failed', { reason: message });
        else if (level === 'warning') this.log.warn(message);
      }),
      taskList: this.tasks(),
      parsedCronItems: parseCronItems(
        options.crons === false
          ? []
          : crons.map(({ meta }) => ({
              task: meta.task,
              match: meta.pattern,
              options: { jobKey: meta.task },
            })),
      ),
    });
    await presence.ready;
  }

  /** Waits for the jobs that run; on application shutdown, one step later, the database is no longer there for them. */
  async beforeApplicationShutdown(): Promise<void> {
    const { runner, presence } = this;
    this.runner = this.presence = null;
    try {
      await runner?.stop();
    } finally {
      await presence?.end();
    }
  }

  /** Runs one cron or job now, in this process: for command lines and tests. */
  async runNow(task: string, payload: object = {}): Promise<void> {
    const handler = [...findJobHandlers(this.discovery), ...findCrons(this.discovery)].find(
      (h) => h.meta.task === task,
    );
    if (!handler) throw new InvariantError(`no job is called “${task}”`);
    await handler.invoke(payload);
  }

  private tasks(): TaskList {
    const tasks: TaskList = {};
    for (const { meta, invoke } of [...findJobHandlers(this.discovery), ...findCrons(this.discovery)]) {
      if (tasks[meta.task]) throw new InvariantError(`two methods work off “${meta.task}”`);
      tasks[meta.task] = async (payload) => {
        await invoke(payload);
      };
    }
    return tasks;
  }
}

/** No job is taken before the process is known as alive: nobody could give it back. */
function announcing(presence: WorkerPresence): GraphileConfig.Plugin {
  return {
    name: 'guildhall-presence',
    version: '0.0.0',
    worker: { hooks: { startWorker: (_context, { worker }) => presence.begin(worker.workerPool.id) } },
  };
}
