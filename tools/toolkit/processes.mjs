/** The processes of one run: started with a log each, watched, and stopped in the reverse order of their start. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { STATE } from './paths.mjs';
import { Problem } from './problem.mjs';

const PATIENCE_MS = 20_000;
const KEPT_ERROR_CHARACTERS = 8_000;

export class Processes {
  #running = [];
  #stopping = false;
  #reportDeath;
  #onChange;

  /** Rejects with the sentence to show as soon as a process that should keep running has ended. */
  death = new Promise((_, reject) => (this.#reportDeath = reject));

  /** `onChange` hears the list of `{name, pid}` whenever a process was started. */
  constructor(onChange = () => undefined) {
    this.#onChange = onChange;
    this.death.catch(() => undefined);
  }

  /** Starts a process that is to run until we stop it. */
  start(name, args, env) {
    const child = this.#spawn(name, args, env);
    child.ended.then((code) => {
      if (!this.#stopping) this.#reportDeath(new Problem(child.explain(code)));
    });
  }

  /** Runs a process to its end and returns what it wrote to its standard output; `onLine` hears each line of it. */
  async finish(name, args, env, onLine) {
    const child = this.#spawn(name, args, env, onLine);
    const code = await child.ended;
    if (code !== 0) throw new Problem(this.#stopping ? 'Stopped.' : child.explain(code));
    return child.output();
  }

  /** Asks every process to end, last started first, and waits; one that does not listen is killed. */
  async stop() {
    this.#stopping = true;
    for (const child of this.#running.toReversed()) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await child.ended;
      clearTimeout(timer);
    }
  }

  /** For the second Ctrl-C. */
  kill() {
    for (const child of this.#running) child.kill('SIGKILL');
  }

  #spawn(name, args, env, onLine = () => undefined) {
    const folder = join(STATE, 'logs');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name}.log`);
    const log = createWriteStream(file);
    // A process group of its own: Ctrl-C reaches only the launcher, which stops all in the right order.
    const child = spawn(process.execPath, ['--enable-source-maps', ...args], {
      env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').pipe(log, { end: false });
    // Only what runs to an end is kept whole; a server's output belongs into its log.
    child.stdout.on('data', (text) => {
      output = (output + text).slice(-64_000);
      for (const line of text.split('\n').filter(Boolean)) onLine(line);
    });
    child.stderr.on('data', (text) => (errors = (errors + text).slice(-KEPT_ERROR_CHARACTERS)));
    const entry = {
      name,
      pid: child.pid,
      ended: new Promise((done) => {
        child.on('error', () => done(1));
        child.on('close', (code, signal) => done(code ?? signal));
      }),
      kill: (signal) => child.kill(signal),
      output: () => output,
      explain: (code) => explain(name, code, errors, file),
    };
    this.#running.push(entry);
    this.#onChange(this.#running.map(({ name, pid }) => ({ name, pid })));
    entry.ended.then(() => {
      log.end();
      this.#running = this.#running.filter((other) => other !== entry);
    });
    return entry;
  }
}

/** The child's own sentence when it gave one, without stack traces and Node's warnings. */
function explain(name, code, errors, file) {
  const noise = /^\s+at |^\(node:|^\(Use `node|^Node\.js v|^\s*$/;
  const said = errors.split('\n').filter((line) => !noise.test(line));
  const crashed = /\n\s+at /.test(errors);
  if (code === 1 && said.length > 0 && !crashed) return said.join('\n');
  const last = said.findLast((line) => /Error|error/.test(line)) ?? said.at(-1);
  return `${name} stopped unexpectedly (${code})${last ? `: ${last.trim()}` : ''}; its log is ${file}.`;
}
