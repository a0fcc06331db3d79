import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { CommandLine } from './command-line.js';
import { eventually } from '../support/eventually.js';
import { Receiver } from './receiver.js';
import { Bench } from './support.js';

describe("Stripe's command line as a client of the emulator", () => {
  let cli: CommandLine;
  let bench: Bench;
  beforeAll(async () => {
    [cli, bench] = await Promise.all([CommandLine.open(), Bench.start()]);
  });
  afterAll(() => Promise.all([cli.close(), bench.stop()]));

  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, output } = await cli.call(bench.emulator.url, ...args);
    if (code !== 0) throw new Error(output);
    return JSON.parse(output) as T;
  };

  it('makes, changes, reads and deletes', async () => {
    const made = await json<Stripe.Customer>(
      'post',
      '/v1/customers',
      '-d',
      'name=Ada',
      '-d',
      'metadata[a]=1',
    );
    expect(made).toMatchObject({ object: 'customer', name: 'Ada', metadata: { a: '1' } });
    const path = `/v1/customers/${made.id}`;
    await json('post', path, '-d', 'metadata[a]=');
    expect(await json<Stripe.Customer>('get', path)).toMatchObject({ id: made.id, metadata: {} });
    expect(await json('delete', path, '--confirm')).toMatchObject({ id: made.id, deleted: true });
    expect(await json('get', '/v1/customers/cus_none')).toMatchObject({
      error: { code: 'resource_missing' },
    });
  });

  it('lists payouts, of the platform and of a seller', async () => {
    const seller = await bench.seller();
    await bench.sale({ seller, amount: 5000, fee: 500 });
    await bench.advance(8);
    const own = await json<Stripe.ApiList<Stripe.Payout>>('payouts', 'list', '--limit', '3');
    expect(own).toMatchObject({ object: 'list', url: '/v1/payouts' });
    const theirs = await json<Stripe.ApiList<Stripe.Payout>>('payouts', 'list', '--stripe-account', seller);
    expect(theirs.data.map(({ amount }) => amount)).toEqual([4500]);
  });

  it('runs a file of fixtures, one step using what another made', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
    const file = join(folder, 'shop.json');
    const step = (name: string, path: string, params: object) => ({ name, path, method: 'post', params });
    await writeFile(
      file,
      JSON.stringify({
        _meta: { template_version: 0 },
        fixtures: [
          step('buyer', '/v1/customers', { email: 'ada@example.com' }),
          step('cut', '/v1/coupons', { percent_off: 25, duration: 'once', name: '${buyer:id}' }),
        ],
      }),
    );
    const { code, output } = await cli.call(bench.emulator.url, 'fixtures', file);
    await rm(folder, { recursive: true });
    expect([code, output]).toEqual([0, expect.stringContaining('Running fixture for: cut')]);
    const [buyer] = (await bench.stripe.customers.list({ email: 'ada@example.com' })).data;
    expect((await bench.stripe.coupons.list()).data[0]).toMatchObject({ percent_off: 25, name: buyer!.id });
  });

  it('has an event sent again, to the endpoint that is named', async () => {
    const receiver = await Receiver.start();
    const endpoint = await bench.stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['customer.created'],
    });
    await bench.stripe.customers.create({ name: 'Twice' });
    await bench.control('/deliveries/settle', {});
    const [event] = (await bench.stripe.events.list({ type: 'customer.created' })).data;
    const again = ['events', 'resend', event!.id, '--webhook-endpoint', endpoint.id];
    expect(await json<Stripe.Event>(...again)).toMatchObject({ id: event!.id, object: 'event' });
    await bench.control('/deliveries/settle', {});
    receiver.stop();
    const ids = receiver.received.map(
      ({ body, signature }) => bench.stripe.webhooks.constructEvent(body, signature, endpoint.secret!).id,
    );
    expect(ids).toEqual([event!.id, event!.id]);
    expect(await json('events', 'resend', event!.id, '--webhook-endpoint', 'we_none')).toMatchObject({
      error: { code: 'resource_missing', param: 'webhook_endpoint' },
    });
  });

  it('listens: events are forwarded over its websocket, signed with the secret that it printed', async () => {
    const receiver = await Receiver.start();
    const listening = cli.start(bench.emulator.url, 'listen', '--forward-to', receiver.url);
    const secret = (await listening.says(/signing secret is (whsec_\w+)/))[1]!;
    const seller = await bench.seller();
    await bench.sale({ seller, amount: 1000, fee: 100 });
    await bench.control('/deliveries/settle', {});
    await listening.says(/<-- {2}\[200\] POST/);
    const before = receiver.received.length;
    const [old] = (await bench.stripe.events.list({ type: 'charge.succeeded' })).data;
    await json('events', 'resend', old!.id);
    await bench.control('/deliveries/settle', {});
    expect(receiver.received).toHaveLength(before + 1);
    await listening.stop();
    receiver.stop();
    const types = receiver.received.map(
      ({ body, signature }) => bench.stripe.webhooks.constructEvent(body, signature, secret).type,
    );
    expect(types).toEqual(expect.arrayContaining(['charge.succeeded', 'checkout.session.completed']));
    expect(types).toContain('capability.updated');
    const { data } = await bench.control<{ data: { url: string; status: string }[] }>(
      '/deliveries?limit=1000',
    );
    const sent = data.filter(({ url }) => url.startsWith('session:'));
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    expect(sent).toHaveLength(types.length);
    const { output } = await cli.call(bench.emulator.url, 'listen', '--print-secret');
    expect(output.trim()).toBe(secret);
  });

  it('listens for thin events: those that were named are forwarded, the platform’s and its accounts’ apart', async () => {
    const [own, theirs, snapshots] = await Promise.all([
      Receiver.start(),
      Receiver.start(),
      Receiver.start(),
    ]);
    const named = ['v2.core.account.created', 'v2.core.event_destination.ping'];
    const listening = cli.start(
      bench.emulator.url,
      ...['listen', '--thin-events', named.join(), '--forward-to', snapshots.url],
      ...['--forward-thin-to', own.url, '--forward-thin-connect-to', theirs.url],
    );
    const secret = (await listening.says(/signing secret is (whsec_\w+)/))[1]!;
    const seller = await bench.seller();
    const destination = await bench.stripe.v2.core.eventDestinations.create({
      name: 'closed',
      type: 'webhook_endpoint',
      event_payload: 'thin',
      enabled_events: ['v2.core.account.closed'],
      webhook_endpoint: { url: 'http://127.0.0.1:9/' },
    });
    const ping = await bench.stripe.v2.core.eventDestinations.ping(destination.id);
    await bench.control('/deliveries/settle', {});
    await eventually(() => expect([own, theirs].map(({ received }) => received.length)).toEqual([1, 1]));
    await listening.stop();
    for (const receiver of [own, theirs, snapshots]) receiver.stop();
    const [ours, created] = [own, theirs].map(({ received: [one] }) =>
      bench.stripe.parseEventNotification(one!.body, one!.signature, secret),
    );
    expect(ours!.id).toBe(ping.id);
    expect(created).toMatchObject({ type: 'v2.core.account.created', related_object: { id: seller } });
    // Onboarding caused others too, which nobody named.
    const { data } = await bench.stripe.v2.core.events.list({ object_id: seller });
    expect(new Set(data.map(({ type }) => type)).size).toBeGreaterThan(1);
    expect(
      snapshots.received.every(({ body }) => (JSON.parse(body) as { object: string }).object === 'event'),
    ).toBe(true);
    expect(snapshots.received.length).toBeGreaterThan(0);
  });
});
