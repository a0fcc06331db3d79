/**
 * node tools/run.mjs [--services] FILE ARGS…: compiles and runs one of the project's programs under Node 24.
 * With --services it finds or starts the database and the Stripe emulator for it, and stops what it started.
 */
import { join } from 'node:path';
import { handOver, prepare } from './toolkit/prepare.mjs';
import { main } from './toolkit/problem.mjs';

await main(async () => {
  if (!(await prepare())) return;
  const args = process.argv.slice(2);
  const wantsServices = args[0] === '--services';
  if (wantsServices) args.shift();
  const { build } = await import('./toolkit/build.mjs');
  const { loadSettings } = await import('./toolkit/services.mjs');
  loadSettings();
  await build();
  await (wantsServices ? withServices(args) : execute(args));
});

async function execute([source, ...args]) {
  const { DIST, NODE } = await import('./toolkit/paths.mjs');
  const program = join(DIST, source.replace(/\.tsx?$/, '.js'));
  process.exitCode = await handOver(NODE, ['--enable-source-maps', program, ...args]);
}

async function withServices(args) {
  const { Processes } = await import('./toolkit/processes.mjs');
  const services = await import('./toolkit/services.mjs');
  const { runningLauncher } = await import('./toolkit/run-record.mjs');
  const processes = new Processes();
  const server = await services.database();
  try {
    const launcher = runningLauncher();
    const port = launcher?.emulatorPort ?? services.EMULATOR_PORT;
    const health = `http://127.0.0.1:${port}/_emulator/health`;
    const answered = await fetch(health).then(
      (answer) => answer.ok,
      () => false,
    );
    if (services.usesEmulator() && !process.env.STRIPE_API_BASE && !answered) {
      // A launcher that is still starting brings its own emulator, and two of them can't keep one journal.
      if (!launcher?.emulatorPort)
        processes.start('stripe-emulator', services.emulatorCommand(port), process.env);
      await services.answers(health, processes.death);
    }
    const address = launcher?.address ?? 'http://localhost:3000';
    Object.assign(process.env, services.stripeSettings(port), { DATABASE_URL: server.url });
    process.env.PUBLIC_URL ??= address;
    if (launcher?.demo) process.env.DEMO ??= '1';
    await execute(args);
  } finally {
    await processes.stop();
    if (!server.adopted) await server.stop();
  }
}
