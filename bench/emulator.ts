import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '#platform';
import { Stage } from './support/stage.js';
import { freePort } from './support/tools.js';

/** `PAYMENTS=5000 npm run bench -- emulator` is a short run. */
const PAYMENTS = Number(process.env['PAYMENTS'] ?? 100_000);
const STEPS = 10;

interface Load {
  perSecond: number;
  p50: number;
  statuses: Record<string, number>;
}

const PAYMENT = {
  METHOD: 'POST',
  PATH_AND_QUERY: '/v1/payment_intents',
  BODY: 'amount=1000&currency=usd&confirm=true&payment_method=pm_card_visa&automatic_payment_methods[enabled]=true&automatic_payment_methods[allow_redirects]=never',
};

/** Calls that must not cost more when there is more. */
const READS = {
  'a list': '/v1/payment_intents?limit=10',
  'the balance': '/v1/balance',
  'events by type': '/v1/events?type=charge.succeeded&limit=10',
  'a filtered list': '/v1/charges?created[gte]=4102444800',
};

/** Payments and reads on the emulator while it fills, beside a bare Fastify server, in the same run. */
export async function main(): Promise<boolean> {
  const stage = Stage.withoutDatabase();
  try {
    const port = await freePort();
    const emulator = await stage.start(
      ['dist/apps/stripe-emulator/src/main.js', '--port', String(port)],
      {},
      `http://127.0.0.1:${port}/_emulator/health`,
    );
    await load(port, { ...PAYMENT, COUNT: '2000' });
    const empty = await reads(port);
    const memoryAtStart = await memoryOf(emulator.pid!);
    const bare = await bareServer(stage, await exampleFrom(port));
    const steps: Load[] = [];
    for (let step = 0; step < STEPS; step++)
      steps.push(await load(port, { ...PAYMENT, COUNT: String(Math.ceil(PAYMENTS / STEPS)) }));
    const full = await reads(port);
    return report({ bare, steps, empty, full, memory: (await memoryOf(emulator.pid!)) - memoryAtStart });
  } finally {
    await stage.close();
  }
}

async function bareServer(stage: Stage, body: string): Promise<Load> {
  const port = await freePort();
  const env = { PORT: String(port), BODY: body };
  const server = await stage.start(
    ['bench/support/bare-constant-server.mjs'],
    env,
    `http://127.0.0.1:${port}/`,
  );
  await load(port, { ...PAYMENT, COUNT: '5000' });
  const measured = await load(port, { ...PAYMENT, COUNT: '10000' });
  await stage.stop(server);
  return measured;
}

/** What the bare server answers with. */
async function exampleFrom(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/payment_intents?limit=1`, {
    headers: { authorization: 'Bearer sk_test_bench' },
  });
  const { data } = (await answer.json()) as { data: unknown[] };
  return JSON.stringify(data[0], null, 2);
}

async function reads(port: number): Promise<Load[]> {
  const loads: Load[] = [];
  for (const PATH_AND_QUERY of Object.values(READS))
    loads.push(await load(port, { METHOD: 'GET', PATH_AND_QUERY, COUNT: '2000' }));
  return loads;
}

async function load(port: number, call: Record<string, string>): Promise<Load> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(projectRoot, 'bench/support/api-load.mjs')],
    { env: { PORT: String(port), ...call } },
  );
  return JSON.parse(stdout) as Load;
}

/** Megabytes that a process holds. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

interface Findings {
  bare: Load;
  steps: Load[];
  empty: Load[];
  full: Load[];
  memory: number;
}

function report({ bare, steps, empty, full, memory }: Findings): boolean {
  const line = (name: string, { perSecond, p50 }: Load, note = '') =>
    process.stdout.write(`${name.padEnd(42)} ${String(perSecond).padStart(6)}/s   p50 ${p50} ms${note}\n`);
  const ratio = (before: Load, after: Load) => after.perSecond / before.perSecond;
  line('bare Fastify, a constant', bare);
  const [first, last] = [steps[0]!, steps.at(-1)!];
  line('payments, the first tenth', first, `   ${ratio(bare, first).toFixed(2)} of bare`);
  line('payments, the last tenth', last, `   ${ratio(first, last).toFixed(2)} of the first`);
  Object.keys(READS).forEach((name, at) =>
    line(
      `${name}, after ${PAYMENTS} payments`,
      full[at]!,
      `   ${ratio(empty[at]!, full[at]!).toFixed(2)} of before`,
    ),
  );
  process.stdout.write(
    `${Math.round(memory)} MB for ${PAYMENTS} payments, ${((memory * 1024) / PAYMENTS).toFixed(1)} KB each\n`,
  );
  const failures = [bare, ...steps, ...empty, ...full].some(
    (one) => Object.keys(one.statuses).join() !== '200',
  );
  // Collecting garbage costs more with more memory; work that grew with the objects would be ten times slower.
  const flat = [ratio(first, last), ...full.map((one, at) => ratio(empty[at]!, one))].every(
    (one) => one > 0.5,
  );
  process.stdout.write(
    failures
      ? 'Some calls failed.\n'
      : `${flat ? 'Reached' : 'Missed'}: no call costs twice as much at the end.\n`,
  );
  return flat && !failures;
}
