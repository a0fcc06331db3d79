import { Injectable } from '@nestjs/common';
import { methodMarker } from './discover.js';
import { Transactions } from './transactions.js';

export interface JobOptions {
  /** Jobs of one queue run one after another. Keep the number of names small: hash ids into a few. */
  readonly queue?: string;
  readonly runAt?: Date;
  /** A second job with the same key replaces the first while that waits. */
  readonly key?: string;
  /** Default 25, with growing pauses between tries. */
  readonly maxAttempts?: number;
}

const jobs = methodMarker<{ task: string }>('job');
const crons = methodMarker<{ task: string; pattern: string }>('cron');

/** The method works off jobs of this task: `(payload) => Promise<void>`. It may run twice: make that harmless. */
export const JobHandler = (task: string): MethodDecorator => jobs.mark({ task });
/** The method runs by a crontab pattern (UTC), once per tick over all workers. */
export const Cron = (task: string, pattern: string): MethodDecorator => crons.mark({ task, pattern });
export const findJobHandlers = jobs.find;
export const findCrons = crons.find;

/** Adds jobs in the open transaction, so that they exist if and only if it commits. */
@Injectable()
export class Jobs {
  constructor(private readonly transactions: Transactions) {}

  async add(task: string, payload: object, options: JobOptions = {}): Promise<void> {
    await this.transactions.query(
      `select graphile_worker.add_job($1, $2::json, queue_name => $3, run_at => $4, max_attempts => $5, job_key => $6)`,
      [
        task,
        JSON.stringify(payload),
        options.queue ?? null,
        options.runAt ?? null,
        options.maxAttempts ?? null,
        options.key ?? null,
      ],
    );
  }
}
