import pg from 'pg';
import { StartupError } from './config-error.js';

const PATIENCE_MS = 10_000;

/** Throws a StartupError with one sentence, before anything else could fail on the database with a page of traces. */
export async function assertReachable(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
  } catch (error) {
    const { host, pathname } = new URL(databaseUrl);
    // A host with several addresses fails with an error that has a code and no words.
    const { message, code } = error as Error & { code?: string };
    throw new StartupError(
      `The database ${pathname.slice(1)} at ${host} can't be reached (${message || code}). Check DATABASE_URL.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
