import { Bench, KEY } from './support.js';

describe('idempotency keys', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.stop());

  const post = (path: string, body: string, key: string, headers: Record<string, string> = {}) =>
    fetch(`${bench.emulator.url}${path}`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/x-www-form-urlencoded',
        'idempotency-key': key,
        ...headers,
      },
    });

  it('repeats the first answer, and does the thing once', async () => {
    const first = await post('/v1/customers', 'email=a%40example.com', 'k1');
    const second = await post('/v1/customers', 'email=a%40example.com', 'k1');
    expect(second.status).toBe(200);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(await second.text()).toBe(await first.text());
    expect((await bench.stripe.customers.list()).data).toHaveLength(1);
  });

  it('refuses the same key with other parameters', async () => {
    await post('/v1/customers', 'email=a%40example.com', 'k1');
    const other = await post('/v1/customers', 'email=b%40example.com', 'k1');
    expect(other.status).toBe(400);
    expect(await other.json()).toMatchObject({ error: { type: 'idempotency_error' } });
  });

  it('refuses a call whose twin is under way', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => post('/v1/customers', 'name=x', 'same')));
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses[0]).toBe(200);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    expect((await bench.stripe.customers.list()).data).toHaveLength(1);
  });

  it('keeps no result of a call that failed validation', async () => {
    expect((await post('/v1/customers', 'colour=red', 'k2')).status).toBe(400);
    expect((await post('/v1/customers', 'name=x', 'k2')).status).toBe(200);
  });

  it('keeps a refusal by the state of things', async () => {
    const charge = await bench.sale({ amount: 1000 });
    await bench.stripe.refunds.create({ charge: charge.id });
    const again = () => post('/v1/refunds', `charge=${charge.id}`, 'k3');
    expect((await again()).status).toBe(400);
    const replayed = await again();
    expect(replayed.headers.get('idempotent-replayed')).toBe('true');
    expect(await replayed.json()).toMatchObject({ error: { code: 'charge_already_refunded' } });
  });

  it('keeps a 500, as Stripe does in v1, and not in v2', async () => {
    await bench.control('/faults', {
      api: [
        { route: 'POST /v1/customers', status: 500 },
        { route: 'POST /v2/core/accounts', status: 500 },
      ],
    });
    expect((await post('/v1/customers', 'name=x', 'k4')).status).toBe(500);
    expect((await post('/v1/customers', 'name=x', 'k4')).status).toBe(500);
    const json = { 'content-type': 'application/json' };
    expect((await post('/v2/core/accounts', '{}', 'k5', json)).status).toBe(500);
    expect((await post('/v2/core/accounts', '{}', 'k5', json)).status).toBe(200);
  });

  it('belongs to one account', async () => {
    const seller = await bench.seller();
    const mine = await post('/v1/customers', 'name=x', 'k6');
    const theirs = await post('/v1/customers', 'name=x', 'k6', { 'stripe-account': seller });
    expect(theirs.headers.get('idempotent-replayed')).toBeNull();
    expect(await theirs.json()).not.toEqual(await mine.json());
  });

  it('is what a retry needs after the connection closed behind a write that took effect', async () => {
    await bench.control('/faults', {
      api: [{ route: 'POST /v1/customers', when: 'after', status: 'close' }],
    });
    await expect(post('/v1/customers', 'name=x', 'k7')).rejects.toThrow();
    const retried = await post('/v1/customers', 'name=x', 'k7');
    expect(retried.headers.get('idempotent-replayed')).toBe('true');
    expect((await bench.stripe.customers.list()).data).toHaveLength(1);
  });
});
