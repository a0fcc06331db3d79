import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type PostgresServer } from './postgres.js';

describe('the embedded PostgreSQL', () => {
  let folder: string;
  let server: PostgresServer | undefined;
  const start = () =>
    startPostgres({ dataDir: join(folder, 'postgres'), database: 'guildhall', settings: { fsync: 'off' } });

  beforeAll(async () => {
    // Run as root, the server's user must be able to enter it.
    folder = await mkdtemp(join(tmpdir(), 'guildhall-postgres-'));
    await chmod(folder, 0o755);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(url: string, sql: string): Promise<Record<string, unknown> | undefined> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows[0];
    } finally {
      await client.end();
    }
  }

  it('starts once when two processes want it at the same time', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    server = one;
    expect(one.url).toBe(two.url);
    expect([one.adopted, two.adopted].sort()).toEqual([false, true]);
  });

  it('stores UTF-8 and folds the case of every letter', async () => {
    server = await start();
    const row = await ask(
      server.url,
      "SELECT lower('ÄÉŐ') AS low, current_setting('server_encoding') AS encoding",
    );
    expect(row).toEqual({ low: 'äéő', encoding: 'UTF8' });
  });

  it('keeps its rows over a SIGKILL and starts again', async () => {
    server = await start();
    await ask(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    const pid = Number((await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    server = await start();
    expect(server.adopted).toBe(false);
    expect(await ask(server.url, 'SELECT n FROM kept')).toEqual({ n: 7 });
  });
});
