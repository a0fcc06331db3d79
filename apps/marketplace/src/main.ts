import 'reflect-metadata';
import { Config, StartupError } from '#platform';
import { createApp } from './create-app.js';

try {
  const config = new Config(process.env);
  const app = await createApp(config);
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
} catch (error) {
  const known = error instanceof StartupError || (error as { code?: string }).code === 'EADDRINUSE';
  process.stderr.write(`${known ? (error as Error).message : String((error as Error).stack)}\n`);
  process.exit(1);
}
