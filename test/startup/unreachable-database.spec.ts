import 'reflect-metadata';
import { createServer } from 'node:net';
import { Config, StartupError } from '#platform';
import { createApp } from '../../apps/marketplace/src/create-app.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';

describe('starting without a database', () => {
  let config: Config;

  beforeAll(async () => {
    const port = await unusedPort();
    config = new Config({
      DATABASE_URL: `postgres://somebody:a-password@127.0.0.1:${port}/nowhere`,
      STRIPE_SECRET_KEY: 'sk_test_none',
    });
  });

  it.each([
    ['the worker', createWorker],
    ['the web', createApp],
  ])('%s says in one sentence which database it can’t reach, and not its password', async (_, start) => {
    const error = await start(config).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StartupError);
    const { message } = error as StartupError;
    expect(message).toMatch(
      /^The database nowhere at 127\.0\.0\.1:\d+ can't be reached \(.*\)\. Check DATABASE_URL\.$/,
    );
    expect(message).not.toContain('a-password');
  });
});

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
