import { JobRunner, Log } from '#platform';
import { AttemptWorker, InboxWorker } from '#stripe';
import { command } from './command.js';

await command(async (context) => {
  context.enableShutdownHooks();
  await context.get(JobRunner).start();
  context.get(InboxWorker).start();
  context.get(AttemptWorker).start();
  context.get(Log).info('the worker is ready');
  await new Promise(() => undefined); // Until a signal ends the process.
});
