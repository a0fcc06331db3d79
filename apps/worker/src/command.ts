import 'reflect-metadata';
import { type INestApplicationContext } from '@nestjs/common';
import { Config, StartupError } from '#platform';
import { createWorker } from './create-worker.js';

/**
 * A command line over the libs: one sentence and exit code 1 for what the person can mend, a stack for what we must.
 * Its own words say what it did, so the log keeps to what is wrong.
 */
export async function command(
  work: (context: INestApplicationContext, config: Config) => Promise<number | void>,
): Promise<void> {
  let context: INestApplicationContext | null = null;
  try {
    const config = new Config({ LOG_LEVEL: 'warn', ...process.env });
    context = await createWorker(config);
    process.exitCode = (await work(context, config)) ?? 0;
  } catch (error) {
    process.stderr.write(
      `${error instanceof StartupError ? error.message : String((error as Error).stack)}\n`,
    );
    process.exitCode = 1;
  } finally {
    await context?.close();
  }
}
