import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { LiveListeners } from '../engine/live-listeners.js';

/** Where a session of `stripe listen` connects to; the header `Websocket-Id` says which. */
export const SUBSCRIBE = '/subscribe';

/** Serves the websockets over which events are handed to connected clients. */
export function serveWebsockets(server: Server, live: LiveListeners): { close(): Promise<void> } {
  // Most tests have no such client, so that the library is loaded for the first one.
  let loaded: Promise<WebSocketServer> | undefined;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // The server has let go of the socket: whoever breaks off now would end the process.
    socket.on('error', () => socket.destroy());
    const id = String(request.headers['websocket-id'] ?? '');
    if (!request.url?.startsWith(SUBSCRIBE) || !live.has(id)) return refuse(socket);
    loaded ??= import('ws').then((ws) => new ws.WebSocketServer({ noServer: true }));
    void loaded.then((sockets) =>
      sockets.handleUpgrade(request, socket, head, (client) => {
        const hear = live.connect(id, (message) => client.send(JSON.stringify(message)));
        client.on('message', (data: Buffer) => hear(data.toString()));
        client.on('error', () => client.terminate());
        client.on('close', () => live.disconnect(id));
      }),
    );
  });
  return {
    close: async () => {
      for (const client of (await loaded)?.clients ?? []) client.terminate();
    },
  };
}

/** In these words the client knows that it has to ask for another session. */
function refuse(socket: Duplex): void {
  const body = JSON.stringify({ error: { message: 'Unknown WebSocket ID.' } });
  socket.end(`HTTP/1.1 404 Not Found\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
}
