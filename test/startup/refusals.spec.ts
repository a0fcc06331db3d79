import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { Config, StartupError } from '#platform';
import { createApp } from '../../apps/marketplace/src/create-app.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { freePort } from '../../tools/free-port.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';

const programs = [
  ['the worker', createWorker],
  ['the web', createApp],
] as const;
const ACCOUNT = 'acct_ours';
const KEY = 'sk_test_ours';

describe('starting without a database', () => {
  it.each(programs)(
    '%s says in one sentence which database it can’t reach, and not its password',
    async (_, start) => {
      const config = new Config({
        DATABASE_URL: `postgres://somebody:a-password@127.0.0.1:${await freePort()}/nowhere`,
        STRIPE_SECRET_KEY: KEY,
      });
      const message = await refusalOf(start, config);
      expect(message).toMatch(
        /^The database nowhere at 127\.0\.0\.1:\d+ can't be reached \(.*\)\. Check DATABASE_URL\.$/,
      );
      expect(message).not.toContain('a-password');
    },
  );
});

describe('starting with a database or a key that does not belong', () => {
  let database: TestDatabase;
  let client: pg.Client;
  /** All that start-up asks of Stripe: whose key this is. */
  const stripe = createServer((request, response) => {
    const known = request.headers.authorization === `Bearer ${KEY}`;
    const answer = known
      ? { id: ACCOUNT, object: 'account', country: 'US' }
      : { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } };
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });

  beforeAll(async () => {
    database = await testDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await new Promise<void>((resolve) => stripe.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    stripe.closeAllConnections();
    await new Promise((resolve) => stripe.close(resolve));
    await client.end();
    await database.drop();
  });

  const settings = (changed: Record<string, string> = {}) =>
    new Config({
      DATABASE_URL: database.url,
      STRIPE_SECRET_KEY: KEY,
      STRIPE_API_BASE: `http://127.0.0.1:${(stripe.address() as AddressInfo).port}`,
      LOG_LEVEL: 'silent',
      ...changed,
    });

  /** Open connections would keep a refused program's process alive, and whoever started it waiting. */
  const allConnectionsAreGone = async () => {
    const { rows } = await client.query(
      `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    expect(rows).toEqual([]);
  };
  // A pool lets go of an idle connection by itself after ten seconds.
  afterEach(() => eventually(allConnectionsAreGone, { timeoutMs: 3000, everyMs: 20 }));

  describe.each(programs)('%s', (_, start) => {
    it('runs against no older and no newer tables', async () => {
      const { rows } = await client.query<{ timestamp: string; name: string }>(
        'delete from migrations where id = (select max(id) from migrations) returning timestamp, name',
      );
      expect(await refusalOf(start, settings())).toBe(
        'The database is older than this program: run “npm run migrate” first.',
      );
      const add = 'insert into migrations (timestamp, name) values ($1, $2)';
      await client.query(add, [rows[0]!.timestamp, rows[0]!.name]);
      await client.query(add, ['9999', 'tomorrow']);
      expect(await refusalOf(start, settings())).toMatch(/another version of this program.*“tomorrow”/);
      await client.query(`delete from migrations where name = 'tomorrow'`);
    });

    it.each([
      [false, 'acct_theirs', `belongs to the Stripe account acct_theirs, but the key is of ${ACCOUNT}`],
      [true, ACCOUNT, "belongs to Stripe's live mode, but the key is a test key"],
    ])(
      'touches no database of another account or mode (live: %s, %s)',
      async (livemode, account, sentence) => {
        await client.query('insert into stripe.platform (account_id, livemode) values ($1, $2)', [
          account,
          livemode,
        ]);
        expect(await refusalOf(start, settings())).toContain(sentence);
        await client.query('delete from stripe.platform');
      },
    );

    it('says so when Stripe refuses the key or can’t be reached', async () => {
      expect(await refusalOf(start, settings({ STRIPE_SECRET_KEY: 'sk_test_theirs' }))).toMatch(
        /^Stripe refuses STRIPE_SECRET_KEY: copy the key again/,
      );
      const nobody = `127.0.0.1:${await freePort()}`;
      expect(await refusalOf(start, settings({ STRIPE_API_BASE: `http://${nobody}` }))).toContain(
        `Stripe can't be reached at ${nobody}`,
      );
      expect((await client.query('select from stripe.platform')).rowCount).toBe(0);
    });
  });
});

/** The sentence that a person reads; the command lines and both programs end with exit code 1 after it. */
async function refusalOf(start: (config: Config) => Promise<unknown>, config: Config): Promise<string> {
  const error = await start(config).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StartupError);
  return (error as StartupError).message;
}
