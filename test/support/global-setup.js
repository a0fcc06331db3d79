/**
 * One PostgreSQL for every test run on this machine: the first run starts it, the others adopt it, and all leave it
 * running, since each makes databases of its own in it. TEST_DATABASE_URL names another server.
 */
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../../tools/postgres.ts';
import { forgetContract } from './contract-report.js';

export default async function globalSetup() {
  await forgetContract();
  if (process.env.TEST_DATABASE_URL) return;
  const server = await startPostgres({
    dataDir: fileURLToPath(new URL('../../.guildhall/test-postgres', import.meta.url)),
    // Test data is thrown away, so it needs no durability; the connections are those of several runs at once.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      autovacuum: 'off',
      max_connections: '400',
    },
    onProgress: (message) => process.stderr.write(`tests: ${message}\n`),
  });
  process.env.TEST_DATABASE_URL = server.url;
  if (process.env.CI && !server.adopted) globalThis.stopTestPostgres = server.stop;
}
