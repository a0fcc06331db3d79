import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Log } from '#platform';

/** Rows that are their own jobs: worked off batch by batch, and looked for anew after a pause where none is due. */
@Injectable()
export abstract class DueWork implements BeforeApplicationShutdown {
  private loop: Promise<void> | null = null;
  private stopping = false;
  private wake: () => void = () => undefined;

  protected constructor(
    protected readonly log: Log,
    private readonly idleMs: number,
  ) {}

  /** Claims what is due and works it off; answers how many that were. */
  protected abstract batch(): Promise<number>;

  start(): void {
    this.loop ??= this.run();
  }

  /** Waits for the batch that runs, while the database is still there for it. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.loop;
  }

  /** Works off all that is due now; answers how many. For tests and the command line. */
  async drain(): Promise<number> {
    let done = 0;
    for (let batch = await this.batch(); batch > 0; batch = await this.batch()) done += batch;
    return done;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const done = await this.batch().catch((error: unknown) => {
        this.log.error('what is due could not be read', { worker: this.constructor.name, error });
        return 0;
      });
      if (done === 0 && !this.stopping) await this.pause();
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.idleMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
