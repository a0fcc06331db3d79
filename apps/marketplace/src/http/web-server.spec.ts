import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { WebServer } from './web-server.js';

describe('the web server, when it closes', () => {
  it('sends an answer whole, however large it is and however slowly it is read', async () => {
    const large = Buffer.alloc(30_000_000, 'x');
    const server = new WebServer((_, response) => response.end(large)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const [answer] = (await once(
      get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }),
      'response',
    )) as [IncomingMessage];
    const closed = once(server, 'close');
    server.close();
    expect((await buffer(answer)).length).toBe(large.length);
    await closed;
  });
});
