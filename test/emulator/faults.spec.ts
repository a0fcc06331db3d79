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

  it('loses by rate, the same events for the same seed', async () => {
    const lost = async (seed: number) => {
      await bench.control('/faults', { webhooks: { drop: 1000, rate: 0.5 }, seed });
      const arrived = [];
      for (let made = 0; made < 20; made++) {
        const before = receiver.received.length;
        await make(String(made));
        arrived.push(receiver.received.length - before);
      }
      return arrived.join('');
    };
    const first = await lost(3);
    expect(new Set(first)).toEqual(new Set(['0', '1']));
    expect(await lost(3)).toBe(first);
  });
});
