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

  it('waits for an answer that never comes only so long', async () => {
    const server = new WebServer(() => undefined, 300).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const asking = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
    const cut = once(asking, 'error');
    await once(server, 'request');
    const closed = once(server, 'close');
    server.close();
    expect(String((await cut)[0])).toContain('socket hang up');
    await closed;
  });
});
