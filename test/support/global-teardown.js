import { reportContract } from './contract-report.js';

/** Stops the server only where nobody will adopt it: in continuous integration. */
export default async function globalTeardown() {
  await reportContract();
  await globalThis.stopTestPostgres?.();
}
