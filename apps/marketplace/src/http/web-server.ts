import { Server, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Fastify's own default, which it leaves to whoever brings the server. */
const KEEP_ALIVE_MS = 72_000;

/**
 * Closes when every answer on its way has been sent, and waits for nothing else. Node itself would wait for connections on
 * which nothing has been asked yet, as browsers and load balancers open them ahead, and for those that are kept alive after
 * their last answer: a minute and more.
 */
export class WebServer extends Server {
  private readonly unasked = new Set<Socket>();

  constructor(listener: RequestListener) {
    super({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
    this.on('connection', (socket: Socket) => {
      this.unasked.add(socket);
      socket.once('close', () => this.unasked.delete(socket));
    });
    this.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.unasked.delete(socket);
      response.once('finish', () => {
        if (!this.listening) socket.end();
      });
    });
  }

  override close(ended?: (error?: Error) => void): this {
    super.close(ended);
    for (const socket of this.unasked) socket.destroy();
    return this;
  }
}
