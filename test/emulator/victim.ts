import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Stripe from 'stripe';

const PROGRAM = fileURLToPath(new URL('../../dist/apps/stripe-emulator/src/main.js', import.meta.url));

/** An emulator as a process of its own, so that it can be killed. */
export class Victim {
  private constructor(
    private readonly child: ChildProcess,
    readonly stripe: Stripe,
    readonly url: string,
    /** How it ended, and its last words. */
    readonly ended: Promise<{ code: number | null; said: string }>,
  ) {}

  /** @param limit the largest file that it may write, in blocks of 512 bytes: what lies beyond is as a full disk */
  static async start(dataDir: string, limit?: number): Promise<Victim> {
    const command = `${limit ? `ulimit -f ${limit}; ` : ''}exec "$0" "$@"`;
    const args = ['-c', command, process.execPath, PROGRAM, '--port', '0', '--data', dataDir];
    const child = spawn('sh', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }));
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /ready on (\S+)/.exec(line)?.[1];
      if (url) return new Victim(child, client(url), url, ended);
    }
    throw new Error(`the emulator did not start: ${said}`);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async control(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.url}/_emulator${path}`, { method: 'POST', headers, body: JSON.stringify(body) }); // prettier-ignore
    if (!answer.ok) throw new Error(await answer.text());
  }
}

function client(url: string): Stripe {
  const { hostname: host, port } = new URL(url);
  return new Stripe('sk_test_crash', { host, port, protocol: 'http', maxNetworkRetries: 0 });
}
