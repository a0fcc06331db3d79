import type { INestApplicationContext } from '@nestjs/common';
import { SchemaVersion } from '#platform';
import { PlatformAccount } from './platform-account.js';

/**
 * What every program makes sure of before it does anything: tables of its own version, and a key of the account that they
 * belong to. One that must not run is closed, since open connections would keep its process alive after the sentence.
 */
export async function assertMayRun(context: INestApplicationContext): Promise<void> {
  try {
    await context.get(SchemaVersion).assertCurrent();
    await context.get(PlatformAccount).assertBelongs();
  } catch (error) {
    await context.close();
    throw error;
  }
}
