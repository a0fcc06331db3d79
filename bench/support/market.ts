import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '#platform';

/** The API key, made by `fillMarket`, of an admin who also owns the first shop and is the first buyer. */
export const MARKET_KEY = 'gh_bench';

/** Makes a marketplace of so many orders out of a migrated, empty database; a million takes some minutes. */
export async function fillMarket(databaseUrl: string, orders: number): Promise<void> {
  const clients = [0, 1].map(() => new pg.Client({ connectionString: databaseUrl }));
  const [shop, money] = clients as [pg.Client, pg.Client];
  try {
    for (const client of clients) {
      await client.connect();
      // Keeps triggers and foreign keys still: the rows are sound by construction, and checking each takes most of the time.
      await client.query(`set session_replication_role = replica`);
      await client.query(`set maintenance_work_mem = '512MB'; set work_mem = '256MB'; set jit = off`);
    }
    const tables = await switchIndexesOff(shop);
    await Promise.all([run(shop, 'shop', orders), run(money, 'money', orders)]);
    await Promise.all(
      clients.map(async (client) => {
        for (let table = tables.pop(); table; table = tables.pop())
          await client.query(`reindex table ${table}`);
      }),
    );
    await shop.query('vacuum analyze');
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** Each half works out the same sales for itself, so that both cores have something to do. */
async function run(client: pg.Client, half: 'shop' | 'money', orders: number): Promise<void> {
  for (const file of ['market-sales.sql', `market-${half}.sql`]) {
    const sql = await readFile(join(projectRoot, 'bench/support', file), 'utf8');
    await client.query(sql.replaceAll(':orders', String(orders)));
  }
}

/** Building an index once is many times faster than keeping it through a million inserts; unique ones are checked then. */
async function switchIndexesOff(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `update pg_index set indisready = false from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.oid = indrelid and c.relkind = 'r' and n.nspname not like 'pg\\_%'
       and n.nspname not in ('information_schema', 'graphile_worker', 'public')
     returning c.oid::regclass::text as name`,
  );
  return [...new Set(rows.map((row) => row.name))];
}
