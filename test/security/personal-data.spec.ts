import { offer, openShop, paidOrder } from '../support/story.js';
import { World } from '../support/world.js';

describe('a buyer’s personal data', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world?.stop());

  /** Every table that has one of these words in any column of any row. */
  async function tablesWith(...words: string[]): Promise<string[]> {
    const tables = await world.rows<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await world.rows(`select from ${name} r where r::text ilike any($1) limit 1`, [
        words.map((word) => `%${word}%`),
      ]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }

  it('is with the order and its mails alone, once Stripe’s events and our requests are done with', async () => {
    const shop = await openShop(world, 'Redfern Pottery');
    await paidOrder(world, await offer(world, shop, { price: 2500n }));
    const buyer = ['ada@example.com', 'Ada Byron', 'St James Square'] as const;
    const own = ['notifications.mails', 'orders.orders', 'orders.purchases'];
    expect(await tablesWith(...buyer)).toEqual([...own, 'stripe.attempts', 'stripe.inbox_events']);
    await world.run('stripe.forget');
    expect(await tablesWith(...buyer)).toEqual([...own, 'stripe.attempts', 'stripe.inbox_events']);
    await world.rows(`update stripe.inbox_events set done_at = done_at - interval '61 days'`);
    await world.rows(`update stripe.attempts set finished_at = finished_at - interval '61 days'`);
    await world.run('stripe.forget');
    expect(await tablesWith(...buyer)).toEqual(own);
    await world.rows(`update notifications.mails set created_at = created_at - interval '31 days'`);
    await world.run('notifications.forget');
    expect(await tablesWith(...buyer)).toEqual(own.slice(1));
  });
});
