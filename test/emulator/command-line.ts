import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { KEY } from './support.js';

export interface Outcome {
  code: number;
  /** What it printed, both ways. */
  output: string;
}

/** Stripe's own command line, as npm installs it, with a home of its own and no way out of this machine. */
export class CommandLine {
  private constructor(private readonly home: string) {}

  static async open(): Promise<CommandLine> {
    return new CommandLine(await mkdtemp(join(tmpdir(), 'stripe-cli-')));
  }

  async close(): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }

  /** Runs it against an emulator. */
  call(url: string, ...args: string[]): Promise<Outcome> {
    return this.run(...args, '--api-base', url, '--api-key', KEY);
  }

  run(...args: string[]): Promise<Outcome> {
    return new Promise((done) => {
      execFile(BINARY, args, { env: this.environment, timeout: 30_000 }, (failure, stdout, stderr) =>
        done({ code: failure ? Number(failure.code ?? 1) : 0, output: stdout + stderr }),
      );
    });
  }

  /** Starts it and lets it run. */
  start(url: string, ...args: string[]): Running {
    return new Running(
      spawn(BINARY, [...args, '--api-base', url, '--api-key', KEY], { env: this.environment }),
    );
  }

  private get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: this.home,
      XDG_CONFIG_HOME: this.home,
      STRIPE_CLI_TELEMETRY_OPTOUT: '1',
      // It asks for newer releases of itself; a dead proxy spares the wait for the answer. 127.0.0.1 is never proxied.
      HTTPS_PROXY: 'http://127.0.0.1:9',
    };
  }
}

const require = createRequire(import.meta.url);
const home = dirname(require.resolve(`@stripe/cli-${process.platform}-${process.arch}/package.json`));
const BINARY = join(home, 'bin', process.platform === 'win32' ? 'stripe.exe' : 'stripe');

class Running {
  private output = '';

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** Waits until it has printed this. */
  async says(wanted: RegExp): Promise<RegExpExecArray> {
    for (let waited = 0; waited < 10_000; waited += 20) {
      const found = wanted.exec(this.output);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`it did not say ${String(wanted)}, but: ${this.output}`);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}
