import Stripe from 'stripe';
import { Receiver, type Received } from './receiver.js';
import { Bench } from './support.js';

describe('events and their delivery', () => {
  let bench: Bench;
  let receiver: Receiver;
  beforeEach(async () => {
    bench = await Bench.start();
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await bench.stop();
    receiver.stop();
  });

  const listen = async (payload: 'snapshot' | 'thin', from: string[], types: string[]) => {
    const destination = await bench.stripe.v2.core.eventDestinations.create({
      name: 'shop',
      type: 'webhook_endpoint',
      event_payload: payload,
      enabled_events: types,
      events_from: from,
      ...(payload === 'snapshot' && { snapshot_api_version: '2026-10-28.endive' }),
      webhook_endpoint: { url: receiver.url },
      include: ['webhook_endpoint.signing_secret'],
    });
    return destination.webhook_endpoint!.signing_secret!;
  };

  it('signs snapshot events so that the SDK accepts them, and shows the secret once', async () => {
    const secret = await listen('snapshot', ['@self'], ['checkout.session.completed']);
    const { data } = await bench.stripe.v2.core.eventDestinations.list({ include: ['webhook_endpoint.url'] });
    expect(data[0]!.webhook_endpoint).toEqual({ url: receiver.url });
    await bench.sale();
    await bench.control('/deliveries/settle', {});
    expect(receiver.received).toHaveLength(1);
    const [{ body, signature }] = receiver.received as [Received];
    const event = bench.stripe.webhooks.constructEvent(body, signature, secret);
    expect(event).toMatchObject({
      type: 'checkout.session.completed',
      api_version: '2026-10-28.endive',
      livemode: false,
    });
    expect(() => bench.stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow();
  });

  it('reaches a destination that is pinged, whatever it takes otherwise', async () => {
    const secret = await listen('thin', ['@self'], ['v2.core.account.closed']);
    const [destination] = (await bench.stripe.v2.core.eventDestinations.list()).data;
    const ping = await bench.stripe.v2.core.eventDestinations.ping(destination!.id);
    await bench.control('/deliveries/settle', {});
    const [{ body, signature }] = receiver.received as [Received];
    const told = bench.stripe.parseEventNotification(body, signature, secret);
    expect(told).toMatchObject({
      id: ping.id,
      type: 'v2.core.event_destination.ping',
      related_object: { id: destination!.id },
    });
    // What is the platform's own is fetched without naming an account.
    expect(told.context ?? null).toBeNull();
  });

  it('tells a connected account apart: only to who asked for accounts, with their id', async () => {
    const secret = await listen('snapshot', ['@accounts'], ['payout.created', 'account.updated']);
    const seller = await bench.seller();
    await bench.sale({ seller, amount: 1000 });
    await bench.advance(2);
    const events = receiver.received.map(({ body, signature }) =>
      bench.stripe.webhooks.constructEvent(body, signature, secret),
    );
    expect(new Set(events.map((event) => event.account))).toEqual(new Set([seller]));
    expect(events.map((event) => event.type)).toContain('payout.created');
    expect(events.map((event) => event.type)).toContain('account.updated');
  });

  it('sends thin events about accounts, which lead to the account', async () => {
    const type = 'v2.core.account[configuration.recipient].capability_status_updated';
    const secret = await listen('thin', ['@accounts'], [type]);
    const seller = await bench.seller();
    await bench.control('/deliveries/settle', {});
    const { body, signature } = receiver.received[0]!;
    const notification = bench.stripe.parseEventNotification(body, signature, secret);
    expect(notification).toMatchObject({ type, related_object: { id: seller } });
    expect(JSON.parse(body)).not.toHaveProperty('data');
    const full = await (notification as Stripe.Events.UnknownEventNotification).fetchEvent();
    expect(full).toMatchObject({ data: { updated_capability: expect.stringMatching(/^stripe_balance\./) } });
    expect(await (notification as Stripe.Events.UnknownEventNotification).fetchRelatedObject()).toMatchObject(
      { id: seller },
    );
  });

  it('serves v1 endpoints, those of connected accounts too', async () => {
    await bench.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'], connect: true });
    await bench.sale();
    await bench.control('/deliveries/settle', {});
    expect(receiver.received).toEqual([]);
    const seller = await bench.seller();
    await bench.control('/deliveries/settle', {});
    expect(receiver.received.every(({ body }) => (JSON.parse(body) as Stripe.Event).account === seller)).toBe(
      true,
    );
    expect(receiver.received.length).toBeGreaterThan(0);
  });

  it('tries again with growing pauses until it is answered with success', async () => {
    await listen('snapshot', ['@self'], ['checkout.session.completed']);
    receiver.status = 500;
    await bench.sale();
    await bench.control('/deliveries/settle', {});
    await bench.control('/clock/advance', { seconds: 10 });
    receiver.status = 302;
    await bench.control('/clock/advance', { seconds: 60 });
    receiver.status = 200;
    await bench.control('/clock/advance', { seconds: 300 });
    await bench.control('/clock/advance', { seconds: 3600 });
    const { data } = await bench.control<{ data: { status: string; attempts: { status: number }[] }[] }>(
      '/deliveries',
    );
    expect(data[0]!.status).toBe('succeeded');
    expect(data[0]!.attempts.map((attempt) => attempt.status)).toEqual([500, 500, 302, 200]);
  });

  it('tries again by wall time while the clock stands still, and at once when asked', async () => {
    await listen('snapshot', ['@self'], ['customer.created']);
    receiver.status = 503;
    await bench.stripe.customers.create({ name: 'x' });
    await bench.control('/deliveries/settle', {});
    const waiting = () => bench.control<{ data: { status: string; retry_at: number }[] }>('/deliveries');
    const { status, retry_at } = (await waiting()).data[0]!;
    expect(status).toBe('pending');
    expect(retry_at - Date.now()).toBeGreaterThan(5_000);
    expect(retry_at - Date.now()).toBeLessThanOrEqual(10_000);
    receiver.status = 200;
    expect(await bench.control('/deliveries/retry', {})).toEqual({ pending: 0 });
    expect(receiver.received).toHaveLength(2);
    await bench.advance(1);
    expect(receiver.received).toHaveLength(2);
  });

  it('loses, repeats, holds and reorders on request, and resends', async () => {
    await listen('snapshot', ['@self'], ['customer.created']);
    const make = async (name: string) => {
      await bench.stripe.customers.create({ name });
      await bench.control('/deliveries/settle', {});
    };
    const names = () =>
      receiver.received.map(
        ({ body }) => (JSON.parse(body) as { data: { object: { name: string } } }).data.object.name,
      );
    await bench.control('/faults', { webhooks: { drop: 1, duplicate: 1 } });
    await make('lost');
    await make('twice');
    expect(names()).toEqual(['twice', 'twice']);
    await bench.control('/faults', { webhooks: { reorder: 2 } });
    await make('one');
    await make('two');
    expect(names().slice(2).sort()).toEqual(['one', 'two']);
    await bench.control('/faults', { webhooks: { paused: true } });
    await make('held');
    expect(names()).toHaveLength(4);
    await bench.control('/faults/clear', {});
    await bench.control('/deliveries/settle', {});
    expect(names().at(-1)).toBe('held');
    const lost = (await bench.stripe.events.list({ type: 'customer.created' })).data.at(-1)!;
    await bench.control(`/events/${lost.id}/resend`, {});
    await bench.control('/deliveries/settle', {});
    expect(names().at(-1)).toBe('lost');
  });

  it('announces a payment in the order in which Stripe does', async () => {
    const seller = await bench.seller();
    await bench.sale({ seller, amount: 1000, fee: 100 });
    expect(await bench.eventTypes()).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
      'transfer.created',
      'application_fee.created',
      'charge.updated',
    ]);
    const { data } = await bench.stripe.events.list({ type: 'charge.succeeded' });
    expect(data[0]!.data.object).toMatchObject({ balance_transaction: null });
  });
});
