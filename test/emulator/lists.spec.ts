import { routes } from '../../apps/stripe-emulator/src/resources/index.js';
import { Bench, KEY } from './support.js';

/** Every v1 list that needs no id in its address; balances and the like are no lists. */
const LISTS = routes
  .filter(
    ({ method, path, params }) =>
      method === 'GET' && /^\/v1\/[^:]+$/.test(path) && 'starting_after' in params,
  )
  .map(({ path, params }) => [path, params] as const);

describe('lists', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.start();
    const seller = await bench.seller();
    for (let made = 0; made < 3; made++) {
      await bench.sale({ amount: 1000, fee: 100, seller });
      await bench.stripe.products.create({ name: `Bowl ${made}` });
      await bench.stripe.coupons.create({ percent_off: 10, duration: 'once' });
    }
  });
  afterAll(() => bench.stop());

  const get = async (path: string) => {
    const answer = await fetch(bench.emulator.url + path, { headers: { authorization: `Bearer ${KEY}` } });
    const body = (await answer.json()) as {
      data: { id: string }[];
      has_more: boolean;
      url: string;
      error: { code: string; param: string };
    };
    return { status: answer.status, ...body };
  };
  it('are many', () => expect(LISTS.length).toBeGreaterThan(20));

  it.each(LISTS)('%s pages both ways, by the same rules as every list', async (path, params) => {
    const all = await get(`${path}?limit=100`);
    // Some must be told of what: `subscription_items` of a subscription.
    if (all.status === 400) return expect(all.error.code).toBe('parameter_missing');
    expect([all.status, all.url, all.has_more]).toEqual([200, path, false]);
    for (const [query, param] of [
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['limit=ten', 'limit'],
      ['starting_after=no_1', 'starting_after'],
      ['ending_before=no_1', 'ending_before'],
      ['colour=red', 'colour'],
    ]) {
      // prettier-ignore
      const refused = await get(`${path}?${query}`);
      expect([query, refused.status, refused.error?.param]).toEqual([query, 400, param]);
    }
    if ('created' in params) {
      expect((await get(`${path}?created[gt]=4102444800`)).data).toEqual([]);
      expect((await get(`${path}?created[lte]=4102444800&limit=100`)).data).toHaveLength(all.data.length);
    }
    if (all.data.length < 2) return;
    const [newest, next] = all.data;
    expect(await get(`${path}?limit=1`)).toMatchObject({ data: [{ id: newest!.id }], has_more: true });
    expect((await get(`${path}?limit=1&starting_after=${newest!.id}`)).data).toMatchObject([
      { id: next!.id },
    ]);
    expect((await get(`${path}?ending_before=${next!.id}`)).data).toMatchObject([{ id: newest!.id }]);
  });
});
