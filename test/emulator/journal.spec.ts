import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Engine } from '../../apps/stripe-emulator/src/engine/engine.js';
import { Journal } from '../../apps/stripe-emulator/src/engine/journal.js';
import { startEmulator } from '../../apps/stripe-emulator/src/index.js';
import { Bench, KEY } from './support.js';

describe('the journal', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'emulator-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  /** Everything an engine knows, as text. */
  const picture = (engine: Engine) =>
    [...engine.store.everything()].map((change) => JSON.stringify(change)).sort();

  it('brings everything back after a restart: objects, balances, clock, timers, keys', async () => {
    const first = await Bench.start({ dataDir });
    const seller = await first.seller();
    await first.sale({ amount: 1000, fee: 123, seller });
    await first.stripe.customers.create({ name: 'x' }, { idempotencyKey: 'once' });
    await first.advance(0.4);
    const before = picture(first.emulator.engine);
    const issued = first.emulator.engine.ids.issued;
    await first.stop();

    const second = await Bench.start({ dataDir, seed: 'ignored', now: new Date(0) });
    expect(picture(second.emulator.engine)).toEqual(before);
    expect(second.emulator.engine.ids.issued).toBe(issued);
    const again = await second.stripe.customers.create({ name: 'x' }, { idempotencyKey: 'once' });
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await second.advance(1.6);
    expect((await second.stripe.payouts.list({}, { stripeAccount: seller })).data).toMatchObject([
      { amount: 877 },
    ]);
    await second.stop();
  });

  it('goes on with deliveries that waited for their next try', async () => {
    type Waiting = { data: { id: string; status: string; retry_at: number; attempts: object[] }[] };
    const first = await Bench.start({ dataDir });
    // Nobody listens at the discard port.
    await first.stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:9/',
      enabled_events: ['customer.created'],
    });
    await first.stripe.customers.create({ name: 'x' });
    await first.control('/deliveries/settle', {});
    const before = await first.control<Waiting>('/deliveries');
    expect(before.data).toMatchObject([{ status: 'pending', attempts: [{ status: null }] }]);
    await first.stop();

    const second = await Bench.start({ dataDir });
    expect(await second.control('/deliveries')).toEqual(before);
    await second.control('/deliveries/retry', {});
    const after = await second.control<Waiting>('/deliveries');
    expect(after.data[0]!.attempts).toHaveLength(2);
    await second.stop();
  });

  it('stops at once although a receiver never answers, and sends it again after the restart', async () => {
    let heard = 0;
    const mute = createServer(() => (heard += 1));
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(mute.address() as AddressInfo).port}/`;
    const heardOf = async (count: number) => {
      while (heard < count) await pause(10);
    };
    const first = await Bench.start({ dataDir });
    await first.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
    await first.stripe.customers.create({ name: 'x' });
    await heardOf(1);
    const before = performance.now();
    await first.stop();
    const taken = performance.now() - before;

    const second = await Bench.start({ dataDir });
    await heardOf(2);
    mute.closeAllConnections();
    mute.close();
    await second.stop();
    expect(taken).toBeLessThan(5000);
  });

  it('has on disk whatever was answered, at the moment it was answered', async () => {
    const bench = await Bench.start({ dataDir });
    for (let n = 0; n < 20; n += 1) {
      const customers = await Promise.all(
        [1, 2, 3].map((part) => bench.stripe.customers.create({ name: `${n}.${part}` })),
      );
      const text = await readFile(join(dataDir, 'journal.jsonl'), 'utf8');
      for (const { id } of customers) expect(text).toContain(id);
    }
    await bench.stop();
  });

  it('forgives a last line that a crash cut off, and nothing else', async () => {
    const bench = await Bench.start({ dataDir });
    await bench.stripe.customers.create({ name: 'kept' });
    await bench.stop();
    await appendFile(join(dataDir, 'journal.jsonl'), '{"issued":99,"changes":[["cust');
    const engine = await Engine.open({ dataDir });
    expect([...engine.store.all('customer', engine.platform)]).toMatchObject([{ name: 'kept' }]);
    await engine.close();
    await appendFile(join(dataDir, 'journal.jsonl'), 'nonsense\n');
    await expect(Engine.open({ dataDir })).rejects.toThrow(/damaged at line/);
  });

  it('belongs to one emulator at a time: a second one leaves it alone', async () => {
    const bench = await Bench.start({ dataDir });
    await expect(startEmulator({ dataDir })).rejects.toThrow(`by the emulator on ${bench.emulator.url}`);
    const { id } = await bench.stripe.customers.create({ name: 'after' });
    await bench.stop();
    const again = await Bench.start({ dataDir });
    expect(await again.stripe.customers.retrieve(id)).toMatchObject({ name: 'after' });
    await again.stop();
  });

  it('belongs to one of several that start at the same moment', async () => {
    const starts = await Promise.allSettled([1, 2, 3].map(() => startEmulator({ dataDir })));
    const started = starts.filter((start) => start.status === 'fulfilled');
    for (const { value } of started) await value.close();
    expect(started).toHaveLength(1);
    expect(starts.find((start) => start.status === 'rejected')).toMatchObject({
      reason: { message: expect.stringContaining('is in use by') as string },
    });
  });

  it('belongs to an emulator that is too busy to answer', async () => {
    const busy = createServer(() => undefined);
    await new Promise<void>((done) => busy.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`;
    await writeFile(join(dataDir, 'emulator.url'), url);
    await expect(startEmulator({ dataDir })).rejects.toThrow(`is in use by the emulator on ${url}`);
    busy.closeAllConnections();
    busy.close();
  });

  it('is free again when a process was killed while it started, and when one could not start', async () => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    await writeFile(join(dataDir, 'emulator.starting'), String(gone));
    const port = await startEmulator({ dataDir }).then(async (emulator) => {
      await expect(startEmulator({ dataDir, port: emulator.port })).rejects.toThrow('is in use');
      await emulator.close();
      return emulator.port;
    });
    const other = await startEmulator({ port });
    await expect(startEmulator({ dataDir, port })).rejects.toThrow('EADDRINUSE');
    await other.close();
    await (await startEmulator({ dataDir })).close();
    expect((await readdir(dataDir)).sort()).toEqual(['journal.jsonl']);
  });

  it('takes no file that it cannot read for an empty one', async () => {
    const path = join(dataDir, 'journal.jsonl');
    await symlink(path, path);
    await expect(Engine.open({ dataDir })).rejects.toThrow('ELOOP');
  });

  it('lets a call wait for what came before it, and not for what comes after', async () => {
    const journal = await Journal.compact(dataDir, 'seed', 0, []);
    const deadline = Date.now() + 10_000;
    let written = false;
    const pour = () => {
      journal.append({ issued: 0, changes: [] });
      if (!written && Date.now() < deadline) setImmediate(pour);
    };
    pour();
    await journal.flushed();
    expect(Date.now()).toBeLessThan(deadline);
    written = true;
    await new Promise(setImmediate);
    await journal.close();
  });

  it('shrinks to the present state at each start', async () => {
    const bench = await Bench.start({ dataDir });
    for (let n = 0; n < 50; n += 1)
      await bench.stripe.balanceSettings.update({ payments: { debit_negative_balances: n % 2 === 0 } });
    await bench.stop();
    const before = (await stat(join(dataDir, 'journal.jsonl'))).size;
    const engine = await Engine.open({ dataDir });
    await engine.close();
    expect((await stat(join(dataDir, 'journal.jsonl'))).size).toBeLessThan(before);
  });

  it('does a call once when its twins come while it is being written', async () => {
    const bench = await Bench.start({ dataDir });
    const post = () =>
      fetch(`${bench.emulator.url}/v1/customers`, {
        method: 'POST',
        body: 'name=x',
        headers: {
          authorization: `Bearer ${KEY}`,
          'idempotency-key': 'k',
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
    const statuses = (await Promise.all(Array.from({ length: 8 }, post))).map((answer) => answer.status);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    expect((await bench.stripe.customers.list()).data).toHaveLength(1);
    await bench.stop();
  });

  it('makes the same ids from the same seed', async () => {
    const run = async () => {
      const bench = await Bench.start({ seed: 42 });
      const seller = await bench.seller();
      const charge = await bench.sale({ seller });
      await bench.stop();
      return [seller, charge.id];
    };
    expect(await run()).toEqual(await run());
  });
});
