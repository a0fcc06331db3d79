import { Idempotency } from '../../apps/stripe-emulator/src/http/idempotency.js';
import { Bench, KEY } from './support.js';

describe('idempotency keys', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.stop());

  const post = (
    path: string,
    body: string,
    key: string,
    headers: Record<string, string> = {},
    method = 'POST',
  ) =>
    fetch(`${bench.emulator.url}${path}`, {
      method,
      ...(method === 'POST' && { body }),
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

  it('refuses a call whose twin is under way, keeps nothing of that, and repeats the result afterwards', async () => {
    const { engine } = bench.emulator;
    let finish = () => {};
    const disk = new Promise<void>((resolve) => (finish = resolve));
    const reached = new Promise<void>((resolve) => {
      engine.durable = () => {
        resolve();
        return disk;
      };
    });
    const first = post('/v1/customers', 'name=x', 'same');
    await reached;
    // The first call alone waits for its disk.
    Reflect.deleteProperty(engine, 'durable');
    const twin = await post('/v1/customers', 'name=x', 'same');
    expect(twin.status).toBe(409);
    expect(await twin.json()).toMatchObject({
      error: { type: 'idempotency_error', code: 'idempotency_key_in_use' },
    });
    finish();
    const made = await (await first).text();
    const again = await post('/v1/customers', 'name=x', 'same');
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
    expect(await again.text()).toBe(made);
    expect((await bench.stripe.customers.list()).data).toHaveLength(1);
  });

  it('is forgotten after a day by v1, after thirty by v2', async () => {
    const json = { 'content-type': 'application/json' };
    const v1 = async () => ((await (await post('/v1/customers', '', 'old')).json()) as { id: string }).id;
    const v2 = async () => ((await (await post('/v2/core/accounts', '{}', 'old-2', json)).json()) as { id: string }).id; // prettier-ignore
    const [customer, account] = [await v1(), await v2()];
    await bench.advance(0.99);
    expect(await v1()).toBe(customer);
    await bench.advance(1);
    expect(await v1()).not.toBe(customer);
    await bench.advance(28);
    expect(await v2()).toBe(account);
    await bench.advance(0.1);
    expect(await v2()).not.toBe(account);
  });

  it('means nothing to a v1 call that deletes', async () => {
    const { id } = await bench.stripe.customers.create({});
    const gone = () => post(`/v1/customers/${id}`, '', 'k8', {}, 'DELETE');
    expect((await gone()).status).toBe(200);
    const again = await gone();
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([404, null]);
  });

  it('covers a v2 call that deletes', async () => {
    const { id } = await bench.stripe.v2.core.eventDestinations.create({
      name: 'Thin', type: 'webhook_endpoint', event_payload: 'thin',
      enabled_events: ['v2.core.account.closed'], webhook_endpoint: { url: 'https://shop.example/hook' },
    }); // prettier-ignore
    const gone = () => post(`/v2/core/event_destinations/${id}`, '', 'k9', {}, 'DELETE');
    expect((await gone()).status).toBe(200);
    expect((await gone()).status).toBe(200);
  });

  it('is tried again by v2 where the state of things refused it, and answers by the state of now', async () => {
    const seller = await bench.seller();
    await bench.sale({ seller });
    const close = () => bench.stripe.v2.core.accounts.close(seller, {}, { idempotencyKey: 'close' });
    await expect(close()).rejects.toMatchObject({ code: 'cannot_delete_account_with_balance' });
    await bench.advance(3);
    expect(await close()).toMatchObject({ closed: true });
  });

  it('refuses other parameters in v2 as well', async () => {
    const make = (display_name: string) =>
      bench.stripe.v2.core.accounts.create({ display_name }, { idempotencyKey: 'k10' });
    await make('Clay');
    await expect(make('Wood')).rejects.toMatchObject({
      statusCode: 400,
      type: 'StripeIdempotencyError',
      code: 'idempotency_error',
    });
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

  it('forgets results whose time has passed, without a restart', async () => {
    const { engine } = bench.emulator;
    const results = new Idempotency(engine);
    const keep = (day: number) =>
      engine.transact(() => {
        for (let n = 0; n < 2000; n += 1)
          results.keep(engine.platform, `${day}.${n}`, { fingerprint: '', status: 200, body: '' }, false);
      });
    keep(1);
    await bench.advance(1.1);
    keep(2);
    const kept = [...engine.store.all('idempotency', engine.platform)].map(({ id }) => id.split('.')[0]);
    expect(kept.filter((day) => day === '1')).toEqual([]);
    expect(kept.filter((day) => day === '2')).toHaveLength(2000);
  });
});
