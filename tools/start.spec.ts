import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';
import { isAlive } from './toolkit/lock.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PORT = await freePort();
const EMULATOR_PORT = await freePort();

/** A server that answers 200 to everything; what the launcher knows about an app is no more than that. */
const SERVER = (port: string) => `
  import { createServer } from 'node:http';
  const server = createServer((_, answer) => answer.end('ok')).listen(Number(${port}), '127.0.0.1');
  process.on('SIGTERM', () => { server.close(() => process.exit(0)); server.closeAllConnections(); });`;
const EMULATOR = `
  if (process.env.SLOW_EMULATOR) await new Promise((done) => setTimeout(done, 3000));
  ${SERVER("process.argv[process.argv.indexOf('--port') + 1]")}`;
const REFUSAL = 'The database is newer than this program: take the newer version.';
const SOURCES: Record<string, string> = {
  'apps/marketplace/src/main.ts': `
    if (process.env.REFUSE_WEB) { console.error('${REFUSAL}'); process.exit(1); }
    ${SERVER('process.env.PORT')}`,
  'apps/stripe-emulator/src/main.ts': EMULATOR,
  'apps/worker/src/main.ts': SERVER('0'),
  'apps/worker/src/migrate.ts': `if (process.env.REFUSE) { console.error('${REFUSAL}'); process.exit(1); }`,
  'apps/worker/src/stripe-setup.ts': 'export {};',
  'apps/worker/src/seed.ts': `
    if (process.env.SLOW_SEED) await new Promise((done) => setTimeout(done, 3000));
    console.log('Buyer  buyer@example.com');`,
};

describe('npm start', () => {
  let folder: string;
  let launched: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guildhall-start-'));
    await chmod(folder, 0o755);
    for (const name of ['tools', 'package.json', 'package-lock.json', '.swcrc']) {
      await cp(join(ROOT, name), join(folder, name), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(SOURCES)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await mkdir(join(folder, 'libs'));
  });

  afterEach(async () => {
    for (const child of launched.filter((one) => one.exitCode === null && one.signalCode === null)) {
      child.kill('SIGTERM');
      await new Promise((done) => child.once('close', done));
    }
    launched = [];
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Starts the launcher; `said` resolves when the text appears, `ended` with exit code and all output. */
  function launch(args: string[] = [], settings: NodeJS.ProcessEnv = {}) {
    const { DATABASE_URL: _url, STRIPE_SECRET_KEY: _key, ...rest } = process.env;
    const ports = ['--port', String(PORT), '--emulator-port', String(EMULATOR_PORT)];
    const env = { ...rest, CI: '1', ...settings };
    const child = spawn(process.execPath, ['tools/start.mjs', ...ports, ...args], { cwd: folder, env });
    launched.push(child);
    let output = '';
    const listeners = new Set<() => void>();
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        for (const listener of listeners) listener();
      });
    }
    const ended = new Promise<{ code: number | null; output: string }>((done) =>
      child.once('close', (code) => done({ code, output })),
    );
    const said = (text: string) =>
      new Promise<void>((done, failed) => {
        const look = () => output.includes(text) && done();
        listeners.add(look);
        look();
        void ended.then(() => failed(new Error(`It ended without saying "${text}":\n${output}`)));
      });
    return { child, said, ended, pid: child.pid as number };
  }

  async function children(): Promise<number[]> {
    const record = JSON.parse(await readFile(join(folder, '.guildhall/run.json'), 'utf8')) as {
      processes: { pid: number }[];
    };
    return record.processes.map(({ pid }) => pid);
  }

  it('brings everything up, names the addresses and sign-ins, and stops all of it on Ctrl-C', async () => {
    const run = launch();
    await run.said('Ctrl-C stops everything');
    const web = await fetch(`http://127.0.0.1:${PORT}/health/ready`);
    expect(web.status).toBe(200);
    const pids = await children();
    expect(pids.filter(isAlive)).toHaveLength(3);
    run.child.kill('SIGINT');
    const { code, output } = await run.ended;
    expect(output).toContain(`http://localhost:${PORT}`);
    expect(output).toContain('buyer@example.com');
    expect(code).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    await expect(readFile(join(folder, '.guildhall/postgres/postmaster.pid'))).rejects.toThrow('ENOENT');
  });

  it('starts again after a SIGKILL of the launcher, ending what was left behind', async () => {
    const first = launch();
    await first.said('Ctrl-C stops everything');
    const orphans = await children();
    first.child.kill('SIGKILL');
    await first.ended.catch(() => undefined);
    expect(orphans.filter(isAlive)).toHaveLength(3);
    const second = launch(['--processes', '2']);
    await second.said('Ctrl-C stops everything');
    expect(orphans.filter(isAlive)).toEqual([]);
  });

  it('says that it runs already, and begins anew with --reset', async () => {
    const run = launch(['--reset', '--no-demo']);
    await run.said('Ctrl-C stops everything');
    const again = await launch().ended;
    expect(again).toEqual({
      code: 1,
      output: expect.stringMatching(/^Guildhall is already running here.*\n$/) as string,
    });
  });

  it('stops everything and names the process when one dies', async () => {
    const run = launch();
    await run.said('Ctrl-C stops everything');
    const [emulator] = await children();
    process.kill(emulator as number, 'SIGKILL');
    const { code, output } = await run.ended;
    expect(code).toBe(1);
    expect(output).toContain('stripe-emulator stopped unexpectedly (SIGKILL)');
  });

  it.each<[string, string[], NodeJS.ProcessEnv, string]>([
    ['a wrong option', ['--prot', '1'], {}, "Unknown option '--prot'"],
    [
      'a wrong number',
      ['--processes', 'many'],
      {},
      '--processes takes a whole number from 1 to 64, not "many".',
    ],
    [
      'a wrong key',
      [],
      { STRIPE_SECRET_KEY: 'pk_test_1' },
      'STRIPE_SECRET_KEY is not a secret key of Stripe',
    ],
    ['a wrong database', [], { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must start with postgres://'],
    ['a child that refuses', [], { REFUSE: '1' }, REFUSAL],
    ['a web process that refuses', [], { REFUSE_WEB: '1' }, REFUSAL],
  ])('answers %s with one sentence and exit code 1', async (_case, args, settings, sentence) => {
    const { code, output } = await launch(args, settings).ended;
    expect(code).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('lets a command that comes while it starts wait for its emulator instead of starting a second one', async () => {
    const slow = launch([], { SLOW_EMULATOR: '1' });
    await slow.said('… Stripe emulator');
    const command = spawn(process.execPath, ['tools/run.mjs', '--services', 'apps/worker/src/seed.ts'], {
      cwd: folder,
      env: { ...process.env, CI: '1', SLOW_SEED: '1', DATABASE_URL: undefined, STRIPE_SECRET_KEY: undefined },
    });
    const ended = new Promise((done) => command.once('close', done));
    await slow.said('Ctrl-C stops everything');
    expect(await ended).toBe(0);
    expect((await children()).filter(isAlive)).toHaveLength(3);
  });

  it('names a busy port and how to choose another', async () => {
    const stranger = createServer().listen(PORT, '127.0.0.1');
    const { code, output } = await launch().ended;
    await new Promise((done) => stranger.close(done));
    expect({ code, output }).toEqual({
      code: 1,
      output: `Port ${PORT} is busy: stop the program that listens on it, or choose another with npm start -- --port ${PORT + 1}.\n`,
    });
  });
});
