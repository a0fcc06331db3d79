import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { assertReachable, Config, Log } from '#platform';
import { assertMayRun } from '#stripe';
import { WorkerModule } from './worker.module.js';

/** The libs without doors, checked and ready: for the worker and for every command line. Throws StartupError. */
export async function createWorker(config: Config): Promise<INestApplicationContext> {
  await assertReachable(config.databaseUrl);
  const context = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  context.useLogger(context.get(Log));
  await assertMayRun(context);
  return context;
}
