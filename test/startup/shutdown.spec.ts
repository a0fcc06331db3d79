import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import { openShop } from '../support/story.js';
import { World } from '../support/world.js';

/** A connection to this machine that has sent what is given, or nothing yet. */
async function connection(port: number, sent = ''): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(sent);
  return socket;
}

describe('a program that is to end', () => {
  it('waits for no connection on which nothing was asked, as browsers open them ahead', async () => {
    const world = await World.start();
    const { port } = world.config;
    const ahead = await Promise.all([
      connection(port),
      connection(port, 'GET / HTTP/1.1\r\n'),
      connection(world.emulator.port),
    ]);
    const cut = Promise.all(ahead.map((socket) => once(socket, 'close')));
    const started = performance.now();
    await world.stop();
    await cut;
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('sends the answers that are on their way first', async () => {
    const world = await World.start();
    const body = JSON.stringify({ email: 'nobody@example.com', password: 'wrong password' });
    const head = (path: string) =>
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const one = await connection(world.config.port, head('/api/v1/session'));
    const pipelined = head('/api/v1/session') + body;
    const two = await connection(world.config.port, pipelined + pipelined);
    // A later answer shows that the requests have been taken.
    await fetch(`${world.url}/health/live`);
    const closed = world.web.close();
    await eventually(async () => expect((world.web.getHttpServer() as Server).listening).toBe(false));
    one.write(body);
    expect(await text(one)).toMatch(/^HTTP\/1.1 401/);
    expect((await text(two)).match(/HTTP\/1.1 401/g)).toHaveLength(2);
    await closed;
    await world.stop();
  });

  it('finishes the event that it is working off, and takes no time for what it does not do', async () => {
    const world = await World.start();
    await openShop(world, 'Redfern Pottery');
    await world.settle();
    const client = new pg.Client({ connectionString: world.database.url });
    await client.connect();
    const event = async () => {
      const { rows } = await client.query<{
        id: string;
        state: string;
        tries: number;
        last_error: string | null;
      }>(
        `select id, state, tries, last_error from stripe.inbox_events where type like 'v2.core.account%' order by id desc limit 1`,
      );
      return rows[0]!;
    };
    // What records the event waits for a lock, so that the end comes in the middle of it.
    await client.query(`update stripe.inbox_events set state = 'queued', tries = 0 where id = $1`, [
      (await event()).id,
    ]);
    await client.query(`begin; lock table sellers.connected_accounts in access exclusive mode`);
    await eventually(async () => expect((await event()).state).toBe('running'));
    const started = performance.now();
    const ended = world.worker.close();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await client.query('commit');
    await ended;
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await event()).toMatchObject({ state: 'done', tries: 1, last_error: null });
    await client.end();
    await world.stop();
  });
});
