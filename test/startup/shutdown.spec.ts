import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
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
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('sends the answers that are on their way first', async () => {
    const world = await World.start();
    const body = JSON.stringify({ email: 'nobody@example.com', password: 'wrong password' });
    const asking = await connection(
      world.config.port,
      `POST /api/v1/session HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    // An answer to a later request shows that the first has been taken.
    await fetch(`${world.url}/health/live`);
    const stopped = world.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    asking.write(body);
    expect(await text(asking)).toMatch(/^HTTP\/1.1 401/);
    await stopped;
  });
});
