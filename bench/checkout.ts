import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { projectRoot } from '#platform';
import { checkoutShop } from './support/checkout-shop.js';
import { median, percentile, Stage, STRIPE_KEY } from './support/stage.js';
import { freePort } from './support/tools.js';

/** What Stripe takes for a session; ours is what comes on top. */
const STRIPE_MS = 100;
/** 100/s is Stripe's own ceiling for live writes. */
const RATES = [25, 100] as const;
const ROUNDS = 3;
const SECONDS = 7;
const WARM_UP = { rate: 50, seconds: 3 };
/** Of our own, at 100/s: a buyer must not notice us beside Stripe. */
const LIMIT = { p50: STRIPE_MS / 4, p99: STRIPE_MS };

type What = 'bare' | 'guildhall';

interface Load {
  /** Milliseconds of the whole, less what Stripe took of it. */
  readonly own: number[];
  readonly refused: number;
}

interface Places {
  readonly bare: string;
  readonly guildhall: string;
  readonly stripe: string;
}

/** Creating a checkout (begin, then pay, through the API) beside bare node with two commits and one call of the SDK. */
export async function main(): Promise<boolean> {
  const stage = await Stage.open();
  try {
    const places = await open(stage);
    const results = RATES.map((rate) => ({ rate, bare: [] as Load[], guildhall: [] as Load[] }));
    const carts = new Carts();
    for (const what of ['bare', 'guildhall'] as const) await load(what, places, carts, WARM_UP);
    for (let round = 0; round < ROUNDS; round++) {
      for (const result of results) {
        for (const what of ['bare', 'guildhall'] as const)
          result[what].push(await load(what, places, carts, { rate: result.rate, seconds: SECONDS }));
      }
    }
    return report(results);
  } finally {
    await stage.close();
  }
}

/** Every guest checks out once. */
class Carts {
  static readonly needed = RATES.reduce(
    (sum, rate) => sum + rate * SECONDS * ROUNDS,
    WARM_UP.rate * WARM_UP.seconds,
  );
  private used = 0;

  take(count: number): number {
    const first = this.used;
    this.used += count;
    return first;
  }
}

async function open(stage: Stage): Promise<Places> {
  const [emulatorPort, stripePort, webPort, barePort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const places = { bare: at(barePort), guildhall: at(webPort), stripe: at(stripePort) };
  const emulatorUrl = at(emulatorPort);
  await stage.start(
    ['dist/apps/stripe-emulator/src/main.js', '--port', String(emulatorPort)],
    {},
    `${emulatorUrl}/_emulator/health`,
  );
  await stage.start(
    ['bench/support/slow-stripe.mjs'],
    { PORT: String(stripePort), TARGET: emulatorUrl, DELAY_MS: String(STRIPE_MS) },
    `${places.stripe}/_times`,
  );
  const env = {
    DATABASE_URL: stage.databaseUrl,
    STRIPE_SECRET_KEY: STRIPE_KEY,
    STRIPE_API_BASE: places.stripe,
    STRIPE_REQUESTS_PER_SECOND: '1000',
  };
  await stage.start(
    ['dist/apps/marketplace/src/main.js'],
    // All guests come from this one address.
    { ...env, PORT: String(webPort), GUEST_CHECKOUTS_PER_HALF_HOUR: '99999' },
    `${places.guildhall}/health/ready`,
  );
  const client = new pg.Client({ connectionString: stage.databaseUrl });
  await client.connect();
  const shop = await checkoutShop({ client, webUrl: places.guildhall, emulatorUrl, carts: Carts.needed });
  await client.end();
  await stage.start(
    ['bench/support/bare-checkout-server.mjs'],
    { ...env, PORT: String(barePort), STRIPE_ACCOUNT: shop.stripeAccount },
    places.bare,
  );
  return places;
}

async function load(
  what: What,
  places: Places,
  carts: Carts,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Load> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(projectRoot, 'bench/support/checkout-load.mjs')],
    {
      env: {
        URL: places[what],
        WHAT: what,
        RATE: String(rate),
        SECONDS: String(seconds),
        FIRST: String(what === 'guildhall' ? carts.take(rate * seconds) : 0),
      },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const answers = JSON.parse(stdout) as { orderId: string | null; ms: number }[];
  const times = (await (await fetch(`${places.stripe}/_times`)).json()) as Record<string, number>;
  const own = answers.flatMap(({ orderId, ms }) => (orderId && times[orderId] ? [ms - times[orderId]] : []));
  return { own, refused: answers.length - own.length };
}

function report(results: { rate: number; bare: Load[]; guildhall: Load[] }[]): boolean {
  let good = true;
  process.stdout.write(`Own cost of a checkout in ms, without the ${STRIPE_MS} ms that Stripe takes\n`);
  for (const { rate, bare, guildhall } of results) {
    const base = at(bare);
    const ours = at(guildhall);
    const line = (name: string, { p50, p99 }: typeof ours, ratio: number) =>
      `${`${rate}/s`.padStart(6)}  ${name.padEnd(36)} p50 ${p50.toFixed(1).padStart(6)}   p99 ${p99.toFixed(1).padStart(6)}   ratio ${ratio.toFixed(1)}\n`;
    process.stdout.write(line('bare node, two commits and the SDK', base, 1));
    process.stdout.write(line('Guildhall, begin and pay', ours, ours.p50 / base.p50));
    const refused = [...bare, ...guildhall].reduce((sum, load) => sum + load.refused, 0);
    if (refused > 0) process.stdout.write(`        ${refused} checkouts were refused\n`);
    good &&= refused === 0 && ours.p50 <= LIMIT.p50 && ours.p99 <= LIMIT.p99;
  }
  process.stdout.write(
    `${good ? 'Reached' : 'Missed'}: our own p50 at most ${LIMIT.p50} ms and p99 at most ${LIMIT.p99} ms at each rate, every checkout answered.\n`,
  );
  return good;
}

function at(loads: readonly Load[]): { p50: number; p99: number } {
  return {
    p50: median(loads.map(({ own }) => percentile(own, 0.5))),
    p99: median(loads.map(({ own }) => percentile(own, 0.99))),
  };
}
