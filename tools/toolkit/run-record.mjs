/**
 * Who runs here: `.guildhall/run.json` names the launcher, its ports and its processes, so that a second start can say
 * that there is a first, and a start after a SIGKILL can end what that one left behind.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT, STATE } from './paths.mjs';
import { Problem } from './problem.mjs';

const FILE = join(STATE, 'run.json');
const PATIENCE_MS = 20_000;

/** The living launcher's record, or undefined. */
export function runningLauncher() {
  const record = read();
  return record && isOurs(record.pid) ? record : undefined;
}

/** Refuses when another launcher is alive, and ends the processes of a dead one. */
export async function takeOver() {
  const record = read();
  if (!record) return;
  if (record.pid !== process.pid && isOurs(record.pid)) {
    throw new Problem(
      `Guildhall is already running here (process ${record.pid}, ${record.address}): stop it with Ctrl-C in its terminal, or with kill ${record.pid}.`,
    );
  }
  const left = (record.processes ?? []).map(({ pid }) => pid).filter(isOurs);
  for (const pid of left) signal(pid, 'SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while (left.some(isOurs) && Date.now() < deadline) await pause(100);
  for (const pid of left.filter(isOurs)) signal(pid, 'SIGKILL');
  rmSync(FILE, { force: true });
}

export function writeRecord(record) {
  mkdirSync(STATE, { recursive: true });
  writeFileSync(`${FILE}.new`, JSON.stringify({ pid: process.pid, ...record }));
  renameSync(`${FILE}.new`, FILE);
}

export function removeRecord() {
  rmSync(FILE, { force: true });
}

function read() {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The command line is looked at too, since the number of a dead process may belong to a stranger by now. */
function isOurs(pid) {
  try {
    process.kill(pid, 0);
    const command = commandLine(pid);
    return command.includes(ROOT) || command.includes('tools/start.mjs');
  } catch {
    return false;
  }
}

function commandLine(pid) {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  // Without ps (Windows) nothing is ended; a port still in use is then reported as such.
  return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
