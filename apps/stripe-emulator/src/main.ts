import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';

// Half of a start-up is compiling; the rest of the program is imported only now, so that it is cached as well.
enableCompileCache();
const { startEmulator, UnwrittenError } = await import('./index.js');

const USAGE =
  'Usage: emulator [--port 12111] [--host 127.0.0.1] [--seed N] [--data DIR] [--name NAME] [--settle usd,eur] [--livemode]';

function options() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '12111' },
        host: { type: 'string', default: '127.0.0.1' },
        seed: { type: 'string' },
        data: { type: 'string' },
        name: { type: 'string' },
        settle: { type: 'string' },
        livemode: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`'${values.port}' is not a port.`);
    const { host, seed, data, name, livemode, settle } = values;
    return {
      port,
      host,
      livemode,
      ...(seed !== undefined && { seed }),
      ...(data !== undefined && { dataDir: data }),
      ...(name !== undefined && { name }),
      ...(settle !== undefined && { settle: settle.toLowerCase().split(',') }),
    };
  } catch (failure) {
    return fail(`${(failure as Error).message}\n${USAGE}`);
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Nobody waits for what comes up here. Where the disk is at fault a sentence says all; a bug needs its stack. */
process.on('uncaughtException', (failure: Error) =>
  fail(failure instanceof UnwrittenError ? failure.message : (failure.stack ?? failure.message)),
);

const chosen = options();
try {
  const emulator = await startEmulator(chosen);
  process.stdout.write(`Stripe emulator ready on ${emulator.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator.close().then(() => process.exit(0)));
  }
} catch (failure) {
  const { code, message } = failure as NodeJS.ErrnoException;
  fail(
    code === 'EADDRINUSE'
      ? `Port ${chosen.port} is in use. Stop what listens there, or choose another with --port.`
      : `The emulator could not start: ${message}`,
  );
}
