import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot, Transactions } from '#platform';
import { offer, openShop, paidOrder } from '../support/story.js';
import { World } from '../support/world.js';

/** The built program in a process of its own: whoever watches the books knows them by its exit code. */
describe('npm run books', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start();
    const shop = await openShop(world, 'Redfern Pottery');
    await paidOrder(world, await offer(world, shop, { price: 2500n }));
  }, 120_000);
  afterAll(() => world?.stop());

  it('ends with 0 where all agree, and with 1 where a row differs, which it names', async () => {
    const good = await books();
    expect(good).toEqual({ code: 0, said: expect.stringMatching(/\nAll agree\.\n$/) as string });

    const transactions = world.get(Transactions);
    const [row] = await transactions.run(async () => {
      // Without this a trigger refuses the change.
      await transactions.write(`set local session_replication_role = replica`);
      return transactions.write<{ id: string }>(
        `update books.balance_transactions set amount = amount + 1, net = net + 1 where type = 'charge' returning id`,
      );
    });
    const bad = await books('--strict');
    expect(bad).toEqual({ code: 1, said: expect.stringContaining(row!.id) as string });
    expect(bad.said).toMatch(/the platform .* DO NOT AGREE\n/);

    await transactions.run(async () => {
      await transactions.write(`set local session_replication_role = replica`);
      await transactions.write(
        `update books.balance_transactions set amount = amount - 1, net = net - 1 where type = 'charge'`,
      );
    });
    await transactions.query(
      `insert into payouts.daily_totals (day, currency, status, amount, payouts) values ('2026-11-02', 'usd', 'paid', 100, 1)`,
    );
    expect(await books()).toEqual({
      code: 1,
      said: expect.stringContaining('“paid” on 2026-11-02 says 1 of together $1.00') as string,
    });
  });

  async function books(...options: string[]): Promise<{ code: number | null; said: string }> {
    const program = join(projectRoot, 'dist/apps/worker/src/books.js');
    const child = spawn(process.execPath, [program, ...options], {
      env: { ...process.env, ...world.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  }
});
