import { createHash } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LiveListeners } from '../engine/live-listeners.js';

const CONTINUED = 0;
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** Where a session of `stripe listen` connects to; the header `Websocket-Id` says which. */
export const SUBSCRIBE = '/subscribe';

/** Serves the websockets over which events are handed to connected clients (RFC 6455, as much of it as they use). */
export function serveWebsockets(server: Server, live: LiveListeners): { close(): void } {
  const open = new Set<Duplex>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const id = String(request.headers['websocket-id'] ?? '');
    const hear = request.url?.startsWith(SUBSCRIBE)
      ? live.connect(id, (message) => socket.write(frame(TEXT, Buffer.from(JSON.stringify(message)))))
      : null;
    if (!hear) {
      // In these words the client knows that it has to ask for another session.
      const body = JSON.stringify({ error: { message: 'Unknown WebSocket ID.' } });
      socket.end(`HTTP/1.1 404 Not Found\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      return;
    }
    open.add(socket);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${acceptKey(request)}\r\n\r\n`,
    );
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      open.delete(socket);
      live.disconnect(id);
    });
    listen(socket, hear);
  });
  return {
    close: () => {
      for (const socket of open) socket.destroy();
    },
  };
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2: the key with a fixed word behind it, hashed. */
function acceptKey(request: IncomingMessage): string {
  const key = String(request.headers['sec-websocket-key']);
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

function listen(socket: Duplex, hear: (text: string) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  // Long messages come in several frames; only the last is marked as such.
  let parts: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let next = readFrame(rest); next; next = readFrame(rest)) {
      rest = rest.subarray(next.length);
      if (next.code === TEXT || next.code === CONTINUED) {
        parts.push(next.payload);
        if (!next.last) continue;
        hear(Buffer.concat(parts).toString());
        parts = [];
      }
      if (next.code === PING) socket.write(frame(PONG, next.payload));
      if (next.code === CLOSE) socket.end(frame(CLOSE, next.payload));
    }
  });
}

interface Frame {
  code: number;
  last: boolean;
  payload: Buffer;
  /** Of the whole frame, in bytes. */
  length: number;
}

/** The first whole frame of what came; a client masks its frames. */
function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const short = bytes[1]! & 0x7f;
  const at = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < at + 4) return null;
  const size =
    short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const length = at + 4 + size;
  if (bytes.length < length) return null;
  const mask = bytes.subarray(at, at + 4);
  const payload = Buffer.from(bytes.subarray(at + 4, length).map((byte, index) => byte ^ mask[index % 4]!));
  return { code: bytes[0]! & 0x0f, last: bytes[0]! >= 0x80, payload, length };
}

function frame(code: number, payload: Buffer): Buffer {
  const size = payload.length;
  const head = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
  head[0] = 0x80 | code;
  if (size < 126) head[1] = size;
  else if (size < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(size, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(size), 2);
  }
  return Buffer.concat([head, payload]);
}
