/** `npm start`: from a fresh clone to a marketplace in the browser, and back again on Ctrl-C. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from './toolkit/prepare.mjs';
import { main, Problem } from './toolkit/problem.mjs';
import { onStopRequest } from './toolkit/signals.mjs';

const HELP = `npm start -- [options]
  --port N            the marketplace's port (3000, or PORT)
  --emulator-port N   the Stripe emulator's port (12111)
  --processes N       web processes that share the port (1)
  --no-demo           no demo data
  --reset             begin anew: empties the built-in database and the emulator`;

await main(async () => {
  const flags = parse();
  if (flags.help) return console.log(HELP);
  if (await prepare()) await launch(flags);
});

function parse() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        'emulator-port': { type: 'string' },
        processes: { type: 'string' },
        'no-demo': { type: 'boolean' },
        reset: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new Problem(`${error.message.split('. ')[0]}.\n${HELP}`);
  }
}

/** The flags first, then the settings of the environment, then what is usual. */
function withDefaults(flags) {
  return {
    port: number('--port', flags.port ?? process.env.PORT ?? '3000', 65_535),
    emulatorPort: number('--emulator-port', flags['emulator-port'] ?? '12111', 65_535),
    processes: number('--processes', flags.processes ?? '1', 64),
    demo: !flags['no-demo'],
    reset: flags.reset,
  };
}

function number(name, text, most) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Problem(`${name} takes a whole number from 1 to ${most}, not "${text}".`);
  }
  return value;
}

async function launch(flags) {
  // Loaded only now: these need the installed packages and Node 24.
  const { Processes } = await import('./toolkit/processes.mjs');
  const { loadSettings, usesEmulator } = await import('./toolkit/services.mjs');
  const { takeOver, writeRecord, removeRecord } = await import('./toolkit/run-record.mjs');
  loadSettings();
  const options = withDefaults(flags);
  const address = process.env.PUBLIC_URL ?? `http://localhost:${options.port}`;
  // A live key's marketplace gets no demo sellers.
  const demo = options.demo && !/^(sk|rk)_live_/.test(process.env.STRIPE_SECRET_KEY ?? '');
  const record = { address, demo, emulatorPort: usesEmulator() ? options.emulatorPort : undefined };
  if (options.port === options.emulatorPort && usesEmulator()) {
    throw new Problem(`--port and --emulator-port are both ${options.port}: choose two different ones.`);
  }
  await takeOver();
  writeRecord(record);

  const processes = new Processes((list) => writeRecord({ ...record, processes: list }));
  const run = { options, address, demo, processes, server: undefined };
  const stopRequest = listenForStop(processes);
  try {
    // A process that ends meanwhile ends the start, even when a stranger answers in its place.
    await Promise.race([bringUp(run), processes.death, stopRequest]);
    await Promise.race([processes.death, stopRequest]);
  } finally {
    await processes.stop();
    await run.server?.stop();
    removeRecord();
  }
  console.log('Stopped.');
  process.exit(0); // What was interrupted half-way must not go on.
}

/** Resolves at the first Ctrl-C or its like; the second one kills. */
function listenForStop(processes) {
  return new Promise((done) => {
    let times = 0;
    onStopRequest(() => {
      times += 1;
      if (times > 1) return processes.kill();
      console.log('\nStopping …');
      done();
    });
  });
}

async function bringUp(run) {
  const { step } = await import('./toolkit/progress.mjs');
  const { build } = await import('./toolkit/build.mjs');
  const { ensureFree } = await import('./toolkit/ports.mjs');
  const services = await import('./toolkit/services.mjs');
  const { DIST, ROOT } = await import('./toolkit/paths.mjs');
  const { options, address, demo, processes } = run;
  const withEmulator = services.usesEmulator();
  const worker = (name) => join(DIST, 'apps/worker/src', `${name}.js`);

  await ensureFree(options.port, '--port');
  if (withEmulator) await ensureFree(options.emulatorPort, '--emulator-port');
  if (options.reset) await step('Emptying the database and the emulator', () => reset(services));
  await step('Building', build);
  run.server = await step('Database', services.database);

  const env = {
    ...process.env,
    ...services.stripeSettings(options.emulatorPort),
    DATABASE_URL: run.server.url,
    PORT: String(options.port),
    PUBLIC_URL: address,
    ...(demo && { DEMO: '1' }),
  };
  await step('Migrating', (report) => processes.finish('migrate', [worker('migrate')], env, report));
  if (withEmulator) {
    const emulator = `http://127.0.0.1:${options.emulatorPort}`;
    await step('Stripe emulator', () => {
      processes.start('stripe-emulator', services.emulatorCommand(options.emulatorPort), process.env);
      return services.answers(`${emulator}/_emulator/health`, processes.death);
    });
    const setup = [worker('stripe-setup'), '--url', `http://127.0.0.1:${options.port}`];
    await step('Registering webhooks', (report) => processes.finish('stripe-setup', setup, env, report));
  }
  const signIns = demo && (await step('Demo data', () => processes.finish('seed', [worker('seed')], env)));
  await step('Web and worker', () => {
    processes.start('worker', [worker('main')], env);
    const web = join(DIST, 'apps/marketplace/src/main.js');
    const cluster = [join(ROOT, 'tools/cluster.mjs'), String(options.processes), web];
    processes.start('web', options.processes > 1 ? cluster : [web], env);
    return services.answers(`http://127.0.0.1:${options.port}/health/ready`, processes.death);
  });
  // What happened before the web listened would otherwise be told again only minutes later.
  if (withEmulator) await services.sendEventsAgain(options.emulatorPort);
  announce(run, withEmulator, signIns);
}

async function reset(services) {
  if (process.env.DATABASE_URL) {
    throw new Problem(
      '--reset empties only the built-in database: unset DATABASE_URL, or empty that database yourself.',
    );
  }
  const { stopPostgres } = await import('./postgres.ts');
  await stopPostgres(services.DATABASE_DIR);
  for (const folder of [services.DATABASE_DIR, services.EMULATOR_DIR])
    await rm(folder, { recursive: true, force: true });
}

function announce({ options, address }, withEmulator, signIns) {
  console.log(`\n  Marketplace      ${address}`);
  if (withEmulator) console.log(`  Stripe emulator  http://localhost:${options.emulatorPort}`);
  if (signIns) console.log(`\n${signIns.trimEnd().replace(/^/gm, '  ')}`);
  console.log('\n  Ctrl-C stops everything; npm start -- --reset begins anew.');
}
