import { Injectable } from '@nestjs/common';
import { runMigrations } from 'graphile-worker';
import { DataSource } from 'typeorm';
import { StartupError } from './config-error.js';
import { bareDataSource } from './data-source.js';
import { assertReachable } from './reachable.js';

/** Brings the database to this program's version. Safe to run twice, and from two places at once. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  await assertReachable(databaseUrl);
  const source = await bareDataSource(databaseUrl).initialize();
  try {
    // One migrator at a time over all machines; the lock ends with the connection.
    const runner = source.createQueryRunner();
    await runner.query(`select pg_advisory_lock(716204)`);
    try {
      await refuseNewer(source);
      await runMigrations({ connectionString: databaseUrl });
      const done = await source.runMigrations();
      return done.map((migration) => migration.name);
    } finally {
      await runner.query(`select pg_advisory_unlock(716204)`);
      await runner.release();
    }
  } finally {
    await source.destroy();
  }
}

/** Web and worker never migrate, and never run against another version's tables. */
@Injectable()
export class SchemaVersion {
  constructor(private readonly source: DataSource) {}

  async assertCurrent(): Promise<void> {
    if (await this.source.showMigrations()) {
      throw new StartupError('The database is older than this program: run “npm run migrate” first.');
    }
    await refuseNewer(this.source);
  }
}

async function refuseNewer(source: DataSource): Promise<void> {
  const [table] = (await source.query(`select to_regclass('public.migrations') is not null as exists`)) as {
    exists: boolean;
  }[];
  if (!table?.exists) return;
  const known = new Set(source.migrations.map((migration) => migration.name));
  const applied = (await source.query(`select name from public.migrations`)) as { name: string }[];
  const strange = applied.find((row) => !known.has(row.name));
  if (strange) {
    throw new StartupError(
      `The database was made by another version of this program (it knows “${strange.name}”): start that version, or use another DATABASE_URL.`,
    );
  }
}
