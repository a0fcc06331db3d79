import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readFile, rm } from 'node:fs/promises';
import { migrate, projectRoot } from '#platform';
import { startPostgres } from './tools.js';

export const STRIPE_KEY = 'sk_test_bench';

/** A PostgreSQL of its own with default durability, and child processes; all gone after `close()`. */
export class Stage {
  private readonly children: ChildProcess[] = [];

  private constructor(
    readonly databaseUrl: string,
    private readonly dataDir: string,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  /** `settings` are PostgreSQL's, beside those of the house. */
  static async open(settings: Record<string, string> = {}): Promise<Stage> {
    const dataDir = join(projectRoot, '.guildhall', `bench-${process.pid}`);
    const server = await startPostgres({
      dataDir,
      database: 'bench',
      settings: { max_wal_size: '4GB', ...settings },
    });
    await migrate(server.url);
    return new Stage(server.url, dataDir, async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  /** For what keeps its state in memory. */
  static withoutDatabase(): Stage {
    return new Stage('', '', async () => {});
  }

  /**
   * What is started, and every connection that is opened, from here on runs on one core: where one request is under way at
   * a time that costs nothing, and on two cores the kernel may keep one side of a comparison on the slower for minutes.
   */
  async onOneCore(): Promise<void> {
    const [postmaster] = (await readFile(join(this.dataDir, 'postmaster.pid'), 'utf8')).split('\n');
    for (const pid of [String(process.pid), postmaster!])
      if (spawnSync('taskset', ['-cp', '0', pid]).status !== 0)
        process.stdout.write(
          'There is no taskset here: the two sides may run on cores that are not alike.\n',
        );
  }

  /** Starts `dist/…` or another script and waits until `healthUrl` answers. */
  async start(args: string[], env: Record<string, string>, healthUrl: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', LOG_LEVEL: 'error', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.children.push(child);
    for (let tries = 0; tries < 600; tries++) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}`);
      const answer = await fetch(healthUrl).catch(() => null);
      if (answer?.ok) return child;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${args.join(' ')} did not answer at ${healthUrl}`);
  }

  async stop(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  async close(): Promise<void> {
    await Promise.all(this.children.map((child) => this.stop(child)));
    await this.cleanUp();
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
