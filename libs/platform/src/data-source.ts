import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface, type QueryRunner } from 'typeorm';
import { PreparedClient } from './prepared-client.js';
import { projectRoot } from './project-root.js';

const INT8 = 20;
/** A new connection has every statement to prepare anew, so one that a burst has opened is kept for the next. */
const IDLE_MS = 10 * 60 * 1000;

/** int8 as bigint on our own connections only: graphile-worker's expect strings. */
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary'
      ? (value: string) => BigInt(value)
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

export function dataSourceOptions(databaseUrl: string, poolSize: number): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    poolSize,
    extra: { types, connectionTimeoutMillis: 10_000, idleTimeoutMillis: IDLE_MS, Client: PreparedClient },
    migrations: sqlMigrations(),
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    applicationName: 'guildhall',
  };
}

/** A data source without entities, for migrations and command lines. */
export function bareDataSource(databaseUrl: string): DataSource {
  return new DataSource(dataSourceOptions(databaseUrl, 2));
}

/** `migrations/0001_name.sql` as TypeORM's migrations, in the order of their numbers. */
function sqlMigrations(): (new () => MigrationInterface)[] {
  const folder = join(projectRoot, 'migrations');
  return readdirSync(folder)
    .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const number = file.slice(0, 4);
      return class {
        // TypeORM orders by the 13 digits at the end of the name.
        readonly name = `${file.slice(5, -4)}${number.padStart(13, '0')}`;
        async up(runner: QueryRunner): Promise<void> {
          await runner.query(readFileSync(join(folder, file), 'utf8'));
        }
        down(): Promise<void> {
          return Promise.reject(
            new Error('Migrations only go forward: restore a backup, or write a new one.'),
          );
        }
      };
    });
}
