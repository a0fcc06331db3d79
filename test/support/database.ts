import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, projectRoot } from '#platform';

/** The server that test/support/global-setup started, or that TEST_DATABASE_URL names. */
function serverUrl(database: string): string {
  const base = process.env['TEST_DATABASE_URL'];
  if (!base) throw new Error('TEST_DATABASE_URL is not set: run the tests with npm test');
  const url = new URL(base);
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl('postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The migrations are run once per version of them; every test's database is a copy of the result. */
async function template(): Promise<string> {
  const folder = join(projectRoot, 'migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  const name = `template_${hash.digest('hex').slice(0, 16)}`;
  await onServer(async (client) => {
    // Several test processes may come here at once: one makes it, under a name that only a finished one gets.
    await client.query(`select pg_advisory_lock(716205)`);
    const { rowCount } = await client.query(`select from pg_database where datname = $1`, [name]);
    if (rowCount) return;
    const raw = `${name}_raw`;
    await client.query(`drop database if exists ${raw} with (force)`);
    await client.query(`create database ${raw} template template0`);
    await migrate(serverUrl(raw));
    await client.query(`alter database ${raw} rename to ${name}`);
  });
  return name;
}

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database of its own. */
export async function testDatabase(): Promise<TestDatabase> {
  const from = await template();
  const name = `test_${randomBytes(6).toString('hex')}`;
  // As files: through the log, as is the default, it takes ten times as long. A log is for what must survive.
  await onServer((client) => client.query(`create database ${name} template ${from} strategy file_copy`));
  return {
    url: serverUrl(name),
    drop: async () => {
      await onServer(async (client) => {
        // A pool says that it has ended before its last connection is gone; cut off, that connection would fail the test.
        for (let waited = 0; waited < 5_000; waited += 50) {
          const { rowCount } = await client.query(`select from pg_stat_activity where datname = $1`, [name]);
          if (rowCount === 0) break;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        await client.query(`drop database if exists ${name} with (force)`);
      });
    },
  };
}
