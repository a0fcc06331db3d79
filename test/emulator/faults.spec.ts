import Stripe from 'stripe';
import { Receiver } from './receiver.js';
import { Bench, KEY } from './support.js';

describe('faults of API calls, on request', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.stop());

  const impatient = () =>
    new Stripe(KEY, {
      host: '127.0.0.1',
      port: bench.emulator.port,
      protocol: 'http',
      maxNetworkRetries: 0,
      timeout: 150,
    });
  const ask = (fault: object, seed?: number) =>
    bench.control('/faults', { api: [fault], ...(seed && { seed }) });
  const customers = async () => (await bench.stripe.customers.list()).data.length;

  it.each([
    ['before', 0],
    ['after', 1],
  ])('a call that is never answered, %s its effect, leaves %i behind', async (when, left) => {
    await ask({ route: 'POST /v1/customers', status: 'timeout', when });
    await expect(impatient().customers.create({ name: 'x' })).rejects.toMatchObject({
      type: 'StripeConnectionError',
    });
    expect(await customers()).toBe(left);
  });

  it.each([
    [429, 'StripeRateLimitError'],
    [409, 'StripeAPIError'],
    [500, 'StripeAPIError'],
  ])('a %i is what the SDK takes for a %s', async (status, type) => {
    await ask({ route: 'POST /v1/customers', status });
    await expect(bench.stripe.customers.create({ name: 'x' })).rejects.toMatchObject({
      type,
      statusCode: status,
    });
    expect(await customers()).toBe(0);
    await bench.stripe.customers.create({ name: 'x' });
  });

  it.each([429, 409, 500, 503, 'close', 'timeout'] as const)(
    'a %s before the effect leaves nothing, after it everything, and the same key never makes it twice',
    async (status) => {
      const create = (key: string) =>
        impatient()
          .customers.create({ name: key }, { idempotencyKey: key })
          .then(
            () => 200,
            (failure: Stripe.errors.StripeError) => failure.statusCode ?? 'none',
          );
      const heard = typeof status === 'number' ? status : 'none';
      // The SDK tries a call whose connection was closed once more by itself.
      const times = status === 'close' ? 2 : 1;
      const names = async () => (await bench.stripe.customers.list()).data.map(({ name }) => name);
      await ask({ route: 'POST /v1/customers', status, when: 'before', times });
      expect(await create('early')).toBe(heard);
      expect(await names()).toEqual([]);
      await ask({ route: 'POST /v1/customers', status, when: 'after', times });
      expect(await create('late')).toBe(heard);
      expect(await names()).toEqual(['late']);
      // What was answered is answered again, and what was not is now; a server's failure is an answer.
      expect(await create('late')).toBe(heard === 'none' ? 200 : heard);
      expect(await create('early')).toBe(heard === 500 || heard === 503 ? heard : 200);
      expect(await names()).toEqual(heard === 500 || heard === 503 ? ['late'] : ['early', 'late']);
    },
  );

  it('strikes a repeated call, too: what was done once is not done again, and told in the end', async () => {
    await ask({ route: 'POST /v1/customers', status: 'timeout', when: 'after', times: 3 });
    const create = () => impatient().customers.create({ name: 'x' }, { idempotencyKey: 'once' });
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(create()).rejects.toMatchObject({ type: 'StripeConnectionError' });
    const told = await create();
    expect(told.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(await customers()).toBe(1);
  });

  it('strikes the calls of a route by the same dice, whatever other calls come between', async () => {
    const plan = () =>
      bench.control('/faults', {
        seed: 4,
        api: ['GET /v1/balance', 'GET /v1/customers'].map((route) => ({
          route,
          status: 500,
          times: 100,
          rate: 0.5,
        })),
      });
    const outcome = (call: Promise<unknown>) =>
      call.then(
        () => '.',
        () => 'x',
      );
    const pattern = async (between: number) => {
      await plan();
      let text = '';
      for (let call = 0; call < 20; call += 1) {
        text += await outcome(bench.stripe.balance.retrieve());
        for (let other = 0; other < between; other += 1) await outcome(bench.stripe.customers.list());
      }
      return text;
    };
    expect(await pattern(2)).toBe(await pattern(0));
  });

  it('lets a fault strike that stands behind one that does not', async () => {
    const api = [
      { route: '*', status: 500, rate: 0, times: 100 },
      { route: 'GET /v1/balance', status: 503, skip: 5 },
      { route: 'GET /v1/balance', status: 429 },
    ];
    await bench.control('/faults', { api });
    await expect(bench.stripe.balance.retrieve()).rejects.toMatchObject({ statusCode: 429 });
  });

  it.each([
    [{ route: 'POST /v1/transfer' }, 'api[0][route]'],
    [{ route: 'GET /v1/balance', status: 200 }, 'status'],
    [{ route: 'GET /v1/balance', rate: 2 }, 'api[0][rate]'],
  ])('refuses %j, which could never strike', async (fault, param) => {
    await expect(ask(fault)).rejects.toThrow(param);
    expect(await bench.control('/faults')).toMatchObject({ api: [] });
  });

  it('strikes by rate, the same calls for the same seed', async () => {
    const pattern = async (seed: number) => {
      await ask({ route: 'GET /v1/balance', status: 500, times: 100, rate: 0.5 }, seed);
      const outcomes = [];
      for (let call = 0; call < 30; call++)
        outcomes.push(
          await bench.stripe.balance.retrieve().then(
            () => '.',
            () => 'x',
          ),
        );
      return outcomes.join('');
    };
    const first = await pattern(4);
    expect(first).toMatch(/x/);
    expect(first).toMatch(/\./);
    expect(await pattern(4)).toBe(first);
    expect(await pattern(5)).not.toBe(first);
  });

  it('lets pass what it was told to, and strikes so often', async () => {
    await ask({ route: '*', status: 503, skip: 1, times: 2 });
    const outcomes = [];
    for (let call = 0; call < 4; call++)
      outcomes.push(await bench.stripe.balance.retrieve().then(() => 200, (error: Stripe.errors.StripeError) => error.statusCode)); // prettier-ignore
    expect(outcomes).toEqual([200, 503, 503, 200]);
  });
});

describe('faults of deliveries, on request', () => {
  let bench: Bench;
  let receiver: Receiver;
  let secret: string;
  beforeEach(async () => {
    [bench, receiver] = await Promise.all([Bench.start(), Receiver.start()]);
    const endpoint = { url: receiver.url, enabled_events: ['customer.created' as const] };
    secret = (await bench.stripe.webhookEndpoints.create(endpoint)).secret!;
  });
  afterEach(async () => {
    await bench.stop();
    receiver.stop();
  });

  const make = async (name: string) => {
    await bench.stripe.customers.create({ name });
    await bench.control('/deliveries/settle', {});
  };
  const accepted = () =>
    receiver.received.map(({ body, signature }) => {
      try {
        return bench.stripe.webhooks.constructEvent(body, signature, secret).type;
      } catch (failure) {
        return (failure as Error).constructor.name;
      }
    });

  it.each(['wrong_signature', 'truncate'])('%s makes one delivery that the SDK refuses', async (kind) => {
    await bench.control('/faults', { webhooks: { [kind]: 1 } });
    receiver.status = 400;
    await make('harmed');
    receiver.status = 200;
    await make('whole');
    expect(accepted()).toEqual(['StripeSignatureVerificationError', 'customer.created']);
    // The next try of the harmed one is whole.
    await bench.control('/deliveries/retry', {});
    expect(accepted().at(-1)).toBe('customer.created');
  });

  it('delay lets later events overtake', async () => {
    await bench.control('/faults', { webhooks: { delay: 1, delay_seconds: 3600 } });
    await make('late');
    await make('early');
    await bench.control('/clock/advance', { seconds: 3599 });
    const names = () =>
      receiver.received.map(({ body }) => (JSON.parse(body) as { data: { object: { name: string } } }).data.object.name); // prettier-ignore
    expect(names()).toEqual(['early']);
    await bench.control('/clock/advance', { seconds: 1 });
    await bench.control('/deliveries/settle', {});
    expect(names()).toEqual(['early', 'late']);
  });

  it.each([
    ['drop', '0'],
    ['duplicate', '2'],
    ['delay', '0'],
    ['truncate', 'x'],
    ['wrong_signature', 'x'],
  ])('%s strikes by rate, the same events for the same seed', async (kind, struck) => {
    const pattern = async (seed: number) => {
      await bench.control('/faults', { webhooks: { [kind]: 1000, delay_seconds: 3600, rate: 0.5 }, seed });
      let text = '';
      for (let made = 0; made < 20; made++) {
        const before = receiver.received.length;
        await make(String(made));
        const came = accepted().slice(before);
        text += came.includes('StripeSignatureVerificationError') ? 'x' : came.length;
      }
      return text;
    };
    const first = await pattern(3);
    expect(new Set(first)).toEqual(new Set([struck, '1']));
    expect(await pattern(3)).toBe(first);
    expect(await pattern(4)).not.toBe(first);
  });

  it('duplicate sends one event twice, which counts once as received', async () => {
    // Another endpoint refuses it.
    const other = await Receiver.start();
    other.status = 500;
    await bench.stripe.webhookEndpoints.create({ url: other.url, enabled_events: ['customer.created'] });
    await bench.control('/faults', { webhooks: { duplicate: 1 } });
    await make('twice');
    other.stop();
    const ids = receiver.received.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(accepted()).toEqual(['customer.created', 'customer.created']);
    // The endpoint that answers 500 still has not got it.
    expect((await bench.stripe.events.retrieve(ids[0]!)).pending_webhooks).toBe(1);
  });

  it('reorder sends so many together, the last one first, and nothing is lost', async () => {
    await bench.control('/faults', { webhooks: { reorder: 3 } });
    for (const name of ['1', '2']) await make(name);
    expect(receiver.received).toEqual([]);
    for (const name of ['3', '4']) await make(name);
    const name = ({ body }: { body: string }) =>
      (JSON.parse(body) as { data: { object: { name: string } } }).data.object.name;
    expect(receiver.received.map(name)).toEqual(['3', '2', '1', '4']);
  });

  it('what is lost or late can be asked for: it is among the events, and is sent again on request', async () => {
    await bench.control('/faults', { webhooks: { drop: 1 } });
    await make('lost');
    expect(receiver.received).toEqual([]);
    const [event] = (await bench.stripe.events.list({ type: 'customer.created' })).data;
    await bench.control(`/events/${event!.id}/resend`, {});
    await bench.control('/deliveries/settle', {});
    expect(accepted()).toEqual(['customer.created']);
  });
});
