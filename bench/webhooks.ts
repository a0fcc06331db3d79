import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { projectRoot } from '#platform';
import { freePort } from './support/tools.js';
import { median, Stage, STRIPE_KEY } from './support/stage.js';

const SECRET = 'whsec_bench';
const ROUNDS = 3;
/** A compiler that still learns is not what a server is like after its first minute. */
const WARM_UP = 20_000;
const EVENTS = 20_000;

interface Load {
  perSecond: number;
  p50: number;
  p99: number;
  statuses: Record<string, number>;
}

/** The webhook door beside a bare node server with one INSERT per event, in turns, in the same run. */
export async function main(): Promise<boolean> {
  const stage = await Stage.open();
  try {
    const client = new pg.Client({ connectionString: stage.databaseUrl });
    await client.connect();
    await client.query(
      `insert into stripe.destinations (door, stripe_id, url, secrets) values ('payments', 'bench', '', array[$1])`,
      [SECRET],
    );
    const emulatorPort = await freePort();
    await stage.start(
      ['dist/apps/stripe-emulator/src/main.js', '--port', String(emulatorPort)],
      {},
      `http://127.0.0.1:${emulatorPort}/_emulator/health`,
    );
    const bare: Load[] = [];
    const one: Load[] = [];
    const two: Load[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await measure(stage, 'bare', 0, emulatorPort));
      one.push(await measure(stage, 'guildhall', 1, emulatorPort));
      two.push(await measure(stage, 'guildhall', 2, emulatorPort));
    }
    const { rows } = await client.query<{ stored: string }>(
      `select count(*) as stored from stripe.inbox_events`,
    );
    await client.end();
    return report(bare, one, two, Number(rows[0]!.stored));
  } finally {
    await stage.close();
  }
}

async function measure(
  stage: Stage,
  what: 'bare' | 'guildhall',
  processes: number,
  emulatorPort: number,
): Promise<Load> {
  const port = await freePort();
  const env = {
    DATABASE_URL: stage.databaseUrl,
    PORT: String(port),
    SECRET,
    STRIPE_SECRET_KEY: STRIPE_KEY,
    STRIPE_API_BASE: `http://127.0.0.1:${emulatorPort}`,
  };
  const web = 'dist/apps/marketplace/src/main.js';
  const args =
    what === 'bare'
      ? ['bench/support/bare-webhook-server.mjs']
      : processes > 1
        ? ['tools/cluster.mjs', String(processes), web]
        : [web];
  const server = await stage.start(
    args,
    env,
    `http://127.0.0.1:${port}/${what === 'bare' ? '' : 'health/ready'}`,
  );
  const url = `http://127.0.0.1:${port}/webhooks/payments`;
  await load(url, WARM_UP);
  const result = await load(url, EVENTS);
  await stage.stop(server);
  return result;
}

async function load(url: string, events: number): Promise<Load> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(projectRoot, 'bench/support/webhook-load.mjs')],
    {
      env: { URL: url, SECRET, EVENTS: String(events) },
    },
  );
  return JSON.parse(stdout) as Load;
}

function report(bare: Load[], one: Load[], two: Load[], stored: number): boolean {
  const line = (name: string, loads: Load[], ratio: number) =>
    `${name.padEnd(34)} ${String(median(loads.map((l) => l.perSecond))).padStart(7)}/s   p50 ${median(loads.map((l) => l.p50))} ms   p99 ${median(loads.map((l) => l.p99))} ms   ratio ${ratio.toFixed(2)}\n`;
  const base = median(bare.map((l) => l.perSecond));
  const ratioOne = median(one.map((l) => l.perSecond)) / base;
  const ratioTwo = median(two.map((l) => l.perSecond)) / base;
  process.stdout.write(line('bare node:http + pg, one INSERT', bare, 1));
  process.stdout.write(line('Guildhall, one web process', one, ratioOne));
  process.stdout.write(line('Guildhall, two web processes', two, ratioTwo));
  const failures = [...bare, ...one, ...two].some((l) =>
    Object.keys(l.statuses).some((status) => status !== '200'),
  );
  process.stdout.write(
    `${stored} events in the inbox; ${failures ? 'some requests failed' : 'every request was answered 200'}\n`,
  );
  const good = ratioOne >= 1.4 && ratioTwo >= 1.9 && !failures;
  process.stdout.write(`${good ? 'Reached' : 'Missed'}: at least 1.40 with one process and 1.90 with two.\n`);
  return good;
}
