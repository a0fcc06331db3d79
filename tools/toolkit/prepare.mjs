/**
 * What every tool does first. Uses Node's built-ins alone and runs on Node 20, because on a fresh clone there is
 * nothing else yet.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { MODULES, NODE, ROOT } from './paths.mjs';
import { onStopRequest } from './signals.mjs';

const OLDEST_NODE = 20;

/**
 * Installs what is missing and goes on under the project's own Node.
 * Returns false when a child process has done the work already, with its exit code taken over.
 */
export async function prepare() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Problem(
      `Guildhall needs Node ${OLDEST_NODE} or newer to start, and this is ${process.version}: see https://nodejs.org.`,
    );
  }
  process.chdir(ROOT);
  if (!isInstalled()) await install();
  if (process.versions.node === packageVersion('node')) {
    process.env.PATH = `${join(MODULES, '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
    return true;
  }
  process.exitCode = await handOver(NODE, process.argv.slice(1));
  return false;
}

/** Compares what npm says it has installed with the lock file, version by version. */
function isInstalled() {
  const installed = readJson(join(MODULES, '.package-lock.json'))?.packages;
  if (!installed || !existsSync(NODE)) return false;
  const wanted = Object.entries(readJson(join(ROOT, 'package-lock.json')).packages);
  return wanted.every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

async function install() {
  console.log('  … installing packages, Node 24 and PostgreSQL among them (about a minute)');
  const started = Date.now();
  const ticker = setInterval(() => console.log(`    ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // Under `npm start`, npm says where it is; otherwise the shell finds it.
  const npm = process.env.npm_execpath;
  const code = await (
    npm?.endsWith('.js')
      ? handOver(process.execPath, [npm, ...args])
      : handOver('npm', args, { shell: process.platform === 'win32' })
  ).finally(() => clearInterval(ticker));
  if (code !== 0 || !isInstalled()) {
    throw new Problem(
      'npm ci could not install the packages; what it said above tells why. Then start again.',
    );
  }
}

function packageVersion(name) {
  return readJson(join(MODULES, name, 'package.json'))?.version;
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Runs a program in our place: its output is ours, our signals are its own. Returns its exit code. */
export function handOver(file, args, options = {}) {
  return new Promise((done, failed) => {
    // A process group of its own, so that Ctrl-C reaches it once, through us, and not from the terminal as well.
    const child = spawn(file, args, { stdio: 'inherit', detached: process.platform !== 'win32', ...options });
    const forget = onStopRequest((signal) => child.kill(signal));
    child.on('error', failed);
    child.on('exit', (code) => {
      forget();
      done(code ?? 1);
    });
  });
}
