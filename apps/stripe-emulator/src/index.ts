import { claimFolder, forgetUser, noteUser, releaseClaim } from './data-folder.js';
import type { EngineOptions } from './engine/core.js';
import { Engine } from './engine/engine.js';
import type { Exchange } from './http/api.js';
import { buildServer } from './server.js';

export interface EmulatorOptions extends EngineOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  host?: string;
  /** Is shown every call of the API once it has been worked off. */
  observe?: (exchange: Exchange) => void;
}

export interface RunningEmulator {
  url: string;
  port: number;
  engine: Engine;
  /** Events on their way to their receivers; those that wait for a later retry don't count. */
  pendingDeliveries(): number;
  close(): Promise<void>;
}

/** Starts a Stripe of one's own. Point the SDK's `host`, `port` and `protocol: 'http'` at it. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const { dataDir } = options;
  if (!dataDir) return listen(options);
  await claimFolder(dataDir);
  try {
    const emulator = await listen(options);
    await noteUser(dataDir, emulator.url).catch(async (failure) => {
      await emulator.close();
      throw failure;
    });
    const close = async () => {
      await emulator.close();
      await forgetUser(dataDir, emulator.url);
    };
    return { ...emulator, close };
  } finally {
    await releaseClaim(dataDir);
  }
}

async function listen(options: EmulatorOptions): Promise<RunningEmulator> {
  const { port = 0, host = '127.0.0.1', observe, ...rest } = options;
  const engine = await Engine.open(rest);
  const app = buildServer(engine, observe);
  try {
    await app.listen({ port, host });
  } catch (failure) {
    await engine.close();
    throw failure;
  }
  const bound = (app.server.address() as { port: number }).port;
  const url = `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host}:${bound}`;
  engine.start(url);
  const close = async () => {
    await app.close();
    await engine.close();
  };
  return { url, port: bound, engine, pendingDeliveries: () => engine.pendingDeliveries, close };
}

export { UnwrittenError } from './engine/journal.js';
export type { Engine } from './engine/engine.js';
export type { Exchange } from './http/api.js';
