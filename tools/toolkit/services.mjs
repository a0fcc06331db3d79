/** What the apps need beside themselves: settings, a database and a Stripe, real or not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../postgres.ts';
import { DIST, ROOT, STATE } from './paths.mjs';
import { Problem } from './problem.mjs';

export const DATABASE_DIR = join(STATE, 'postgres');
export const EMULATOR_DIR = join(STATE, 'stripe');
export const EMULATOR_KEY = 'sk_test_guildhall';
export const EMULATOR_PORT = 12111;

/** Settings from the environment, and from `.env` what the environment leaves open. */
export function loadSettings() {
  const file = join(ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  const { DATABASE_URL: database, STRIPE_SECRET_KEY: key } = process.env;
  if (database && !/^postgres(ql)?:\/\//.test(database)) {
    throw new Problem(
      'DATABASE_URL must start with postgres://, such as postgres://user:password@localhost:5432/guildhall; unset it to use the built-in database.',
    );
  }
  if (key && !/^(sk|rk)_(test|live)_\w+$/.test(key)) {
    throw new Problem(
      'STRIPE_SECRET_KEY is not a secret key of Stripe, which begins with sk_test_ or sk_live_: copy it from https://dashboard.stripe.com/apikeys, or unset it to use the emulator.',
    );
  }
}

/** The database of DATABASE_URL, or else the embedded one, started if need be. */
export async function database(onProgress) {
  if (process.env.DATABASE_URL)
    return { url: process.env.DATABASE_URL, adopted: true, stop: async () => undefined };
  return startPostgres({ dataDir: DATABASE_DIR, database: 'guildhall', onProgress });
}

export function usesEmulator() {
  return !process.env.STRIPE_SECRET_KEY || process.env.STRIPE_SECRET_KEY === EMULATOR_KEY;
}

/** The settings that lead the apps to Stripe; with a key of one's own, Stripe itself. */
export function stripeSettings(emulatorPort) {
  if (!usesEmulator()) return {};
  return {
    STRIPE_SECRET_KEY: EMULATOR_KEY,
    STRIPE_API_BASE: process.env.STRIPE_API_BASE ?? `http://127.0.0.1:${emulatorPort}`,
  };
}

export function emulatorCommand(port) {
  return [
    join(DIST, 'apps/stripe-emulator/src/main.js'),
    ...['--port', String(port)],
    ...['--data', EMULATOR_DIR],
    ...['--name', 'Guildhall'],
  ];
}

/** The emulator delivers at once what nobody took so far; it would come by itself later, so a failure is no matter. */
export async function sendEventsAgain(emulatorPort) {
  await fetch(`http://127.0.0.1:${emulatorPort}/_emulator/deliveries/retry`, { method: 'POST' }).catch(
    () => undefined,
  );
}

/** Waits until `url` answers 2xx; `death` rejects when the server that should answer has ended. */
export async function answers(url, death, patienceMs = 120_000) {
  const deadline = Date.now() + patienceMs;
  let over = false;
  const wait = async () => {
    while (!over) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      if (Date.now() > deadline) {
        throw new Problem(
          `${url} did not answer within ${patienceMs / 1000} s; the logs are in ${join(STATE, 'logs')}.`,
        );
      }
      await pause(100);
    }
  };
  // Going on to ask would keep the launcher alive after it said what went wrong.
  await Promise.race([wait(), death]).finally(() => (over = true));
}
