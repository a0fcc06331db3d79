import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '#platform';

/** What `fillMarket` puts in: an admin who also owns the first shop, by this API key. */
export const MARKET_KEY = 'gh_bench';

/** Makes a marketplace of so many orders out of a migrated, empty database; a million takes a few minutes. */
export async function fillMarket(databaseUrl: string, orders: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    // Keeps triggers and foreign keys still: the rows are known to be sound, and checking each would take most of the time.
    await client.query(`set local session_replication_role = replica`);
    await client.query(`set local maintenance_work_mem = '512MB'`);
    await client.query(`set local work_mem = '256MB'`);
    const tables = await switchIndexesOff(client);
    for (const file of ['market.sql', 'market-money.sql']) {
      const sql = await readFile(join(projectRoot, 'bench/support', file), 'utf8');
      await client.query(sql.replaceAll(':orders', String(orders)));
    }
    for (const table of tables) await client.query(`reindex table ${table}`);
    await client.query('commit');
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** Building an index once is many times faster than keeping it through a million inserts; unique ones are checked then. */
async function switchIndexesOff(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `update pg_index set indisready = false from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.oid = indrelid and c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'graphile_worker', 'public')
     returning c.oid::regclass::text as name`,
  );
  return [...new Set(rows.map((row) => row.name))];
}
