import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { assertReachable, Config, Log, SchemaVersion } from '#platform';
import { PlatformAccount } from '#stripe';
import { WorkerModule } from './worker.module.js';

/** The libs without doors, checked and ready: for the worker and for every command line. Throws StartupError. */
export async function createWorker(config: Config): Promise<INestApplicationContext> {
  await assertReachable(config.databaseUrl);
  const context = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  context.useLogger(context.get(Log));
  await context.get(SchemaVersion).assertCurrent();
  await context.get(PlatformAccount).assertBelongs();
  return context;
}
