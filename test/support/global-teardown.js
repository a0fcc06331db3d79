/** Stops the server only where nobody will adopt it: in continuous integration. */
export default async function globalTeardown() {
  await globalThis.stopTestPostgres?.();
}
