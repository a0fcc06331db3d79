import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { Receiver } from './receiver.js';
import { Bench } from './support.js';

describe('who receives events', () => {
  let bench: Bench;
  let stripe: Stripe;
  let first: Receiver;
  let second: Receiver;
  beforeEach(async () => {
    [bench, first, second] = await Promise.all([Bench.start(), Receiver.start(), Receiver.start()]);
    stripe = bench.stripe;
  });
  afterEach(async () => {
    await bench.stop();
    first.stop();
    second.stop();
  });

  const typesAt = async (receiver: Receiver) => {
    await bench.control('/deliveries/settle', {});
    return receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  };

  it('an endpoint whose answer never ends has taken its event, and holds nobody up', async () => {
    const endless = createServer((request, response) => {
      request.resume();
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    await new Promise<void>((done) => endless.listen(0, '127.0.0.1', done));
    const { port } = endless.address() as AddressInfo;
    await stripe.webhookEndpoints.create({ url: `http://127.0.0.1:${port}/`, enabled_events: ['customer.created'] }); // prettier-ignore
    await stripe.customers.create({ name: 'Ada' });
    await bench.control('/deliveries/settle', {});
    const { data } = await bench.control<{ data: { status: string }[] }>('/deliveries');
    expect(data).toMatchObject([{ status: 'succeeded', attempts: [{ status: 200, error: null }] }]);
    endless.close();
    endless.closeAllConnections();
  });

  it('an endpoint is moved, given other events, switched off and on again', async () => {
    const { id, secret } = await stripe.webhookEndpoints.create({
      url: first.url,
      enabled_events: ['customer.created'],
      metadata: { a: '1' },
    });
    const moved = await stripe.webhookEndpoints.update(id, {
      url: second.url,
      enabled_events: ['product.created'],
      description: 'The new shop',
      metadata: { a: '', b: '2' },
    });
    expect(moved).toMatchObject({ url: second.url, description: 'The new shop', metadata: { b: '2' } });
    expect(moved.secret).toBeUndefined();
    await stripe.customers.create({ name: 'Ada' });
    await stripe.products.create({ name: 'Bowl' });
    expect(await typesAt(first)).toEqual([]);
    expect(await typesAt(second)).toEqual(['product.created']);
    const { body, signature } = second.received[0]!;
    const told = stripe.webhooks.constructEvent(body, signature, secret!);
    expect(await stripe.events.retrieve(told.id)).toMatchObject({
      type: 'product.created',
      pending_webhooks: 0,
      data: told.data,
    });
    expect(await stripe.webhookEndpoints.update(id, { disabled: true })).toMatchObject({
      status: 'disabled',
    });
    await stripe.products.create({ name: 'Jug' });
    expect(await stripe.webhookEndpoints.update(id, { disabled: false })).toMatchObject({
      status: 'enabled',
    });
    await stripe.products.create({ name: 'Cup' });
    expect(await typesAt(second)).toEqual(['product.created', 'product.created']);
    await expect(
      stripe.webhookEndpoints.update(id, { enabled_events: ['product.shattered' as 'product.created'] }),
    ).rejects.toMatchObject({ param: 'enabled_events[0]' });
  });

  it('a destination is renamed and moved, switched off and on again, and shows its address when asked', async () => {
    const { eventDestinations } = stripe.v2.core;
    const { id } = await eventDestinations.create({
      name: 'accounts',
      type: 'webhook_endpoint',
      event_payload: 'thin',
      enabled_events: ['v2.core.account.created'],
      events_from: ['@accounts'],
      webhook_endpoint: { url: first.url },
    });
    const updated = await eventDestinations.update(id, {
      name: 'sellers',
      webhook_endpoint: { url: second.url },
      metadata: { team: 'desk' },
    });
    expect(updated).toMatchObject({ name: 'sellers', metadata: { team: 'desk' } });
    expect(updated.webhook_endpoint).toBeUndefined();
    const shown = await eventDestinations.retrieve(id, { include: ['webhook_endpoint.url'] });
    expect(shown.webhook_endpoint).toEqual({ url: second.url });
    await bench.seller({ onboarded: false });
    expect(await eventDestinations.disable(id)).toMatchObject({
      status: 'disabled',
      status_details: { disabled: { reason: 'user' } },
    });
    await bench.seller({ onboarded: false });
    const enabled = await eventDestinations.enable(id);
    expect(enabled.status).toBe('enabled');
    // Why it was off is no longer said.
    expect(enabled.status_details ?? null).toBeNull();
    await bench.seller({ onboarded: false });
    expect(await typesAt(first)).toEqual([]);
    expect(await typesAt(second)).toEqual(['v2.core.account.created', 'v2.core.account.created']);
    await expect(eventDestinations.retrieve('ed_none')).rejects.toMatchObject({ statusCode: 404 });
  });
});
