import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type Stripe from 'stripe';
import { Victim } from './victim.js';

const ROUNDS = 3;
const CALLERS = 6;

/** What a caller was told before the process died, and what it did not hear the end of. */
interface Heard {
  customers: Map<string, string>;
  sessions: string[];
  paid: string[];
  unheard: string[];
}

const request = (key: string): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  line_items: [{ price_data: { currency: 'usd', unit_amount: 1000, product_data: { name: key } } }],
  success_url: 'https://shop.example/done',
});

/** Calls until the emulator is dead. Every call has a key of its own. */
async function load(victim: Victim, name: string, heard: Heard): Promise<void> {
  for (let n = 0; ; n += 1) {
    const key = `${name}-${n}`;
    try {
      heard.unheard.push(key);
      const { id } = await victim.stripe.customers.create({ name: key }, { idempotencyKey: key });
      heard.unheard.pop();
      heard.customers.set(key, id);
      const session = await victim.stripe.checkout.sessions.create(request(key));
      heard.sessions.push(session.id);
      await victim.control(`/sessions/${session.id}/pay`, {});
      heard.paid.push(session.id);
    } catch {
      return;
    }
  }
}

describe('a killed emulator', () => {
  let dataDir: string;
  const delivered = new Set<string>();
  const receiver = createServer((request_, response) => {
    let body = '';
    request_.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request_.on('end', () => {
      delivered.add((JSON.parse(body) as Stripe.Event).id);
      response.end();
    });
  });
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'emulator-crash-'));
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    receiver.close();
    receiver.closeAllConnections();
    await rm(dataDir, { recursive: true });
  });

  it('has lost nothing that it answered, does nothing twice, and goes on where it stopped', async () => {
    let victim = await Victim.start(dataDir);
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    await victim.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
    const waiting = await victim.stripe.checkout.sessions.create(request('waiting'));
    const heard: Heard = { customers: new Map(), sessions: [], paid: [], unheard: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const callers = Array.from({ length: CALLERS }, (_, n) => load(victim, `${round}.${n}`, heard));
      await pause(150 + Math.random() * 350);
      await victim.kill();
      await Promise.all(callers);
      victim = await Victim.start(dataDir);
    }
    expect(heard.customers.size).toBeGreaterThan(ROUNDS);

    const { stripe } = victim;
    const customers = await stripe.customers.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
    const byName = new Map(customers.map((customer) => [customer.name, customer.id]));
    expect(byName.size).toBe(customers.length);
    for (const [name, id] of heard.customers) expect(byName.get(name)).toBe(id);
    for (const key of heard.unheard) {
      const { id } = await stripe.customers.create({ name: key }, { idempotencyKey: key });
      expect(byName.get(key) ?? id).toBe(id);
    }

    const sessions = await stripe.checkout.sessions.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
    const states = new Map(sessions.map((session) => [session.id, session.payment_status]));
    for (const id of heard.sessions) expect(states.has(id)).toBe(true);
    for (const id of heard.paid) expect(states.get(id)).toBe('paid');

    const lines = await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
    const balance = await stripe.balance.retrieve();
    const held = [...balance.available, ...balance.pending].reduce((sum, { amount }) => sum + amount, 0);
    expect(lines.reduce((sum, line) => sum + line.net, 0)).toBe(held);

    const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
    const announced = events.filter((event) => event.type === 'customer.created').map(({ id }) => id);
    await victim.control('/deliveries/settle', {});
    expect(announced.filter((id) => !delivered.has(id))).toEqual([]);

    await victim.control('/clock/advance', { seconds: 86_400 });
    expect(await stripe.checkout.sessions.retrieve(waiting.id)).toMatchObject({ status: 'expired' });
    await victim.kill();
  });
});
