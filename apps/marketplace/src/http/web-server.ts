import { Server, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Fastify's own default, which it leaves to whoever brings the server. */
const KEEP_ALIVE_MS = 72_000;
/** For answers that are under way when it closes; docker-compose.yml gives the process a little more. */
const PATIENCE_MS = 20_000;

/**
 * Closes when the answers under way have been sent, and waits neither for connections on which nothing has been asked
 * yet, as browsers and load balancers open them ahead, nor for those that are kept alive after their last answer: Node
 * itself would wait a minute and more for these, and would cut off what is written but not yet sent.
 */
export class WebServer extends Server {
  /** Answers under way on each connection. */
  private readonly underWay = new Map<Socket, number>();

  constructor(listener: RequestListener) {
    super({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
    this.on('connection', (socket: Socket) => {
      this.underWay.set(socket, 0);
      socket.once('close', () => this.underWay.delete(socket));
    });
    this.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.count(socket, 1);
      response.once('close', () => {
        if (this.count(socket, -1) === 0 && !this.listening) socket.end();
      });
    });
  }

  override close(ended?: (error?: Error) => void): this {
    setTimeout(() => this.closeAllConnections(), PATIENCE_MS).unref();
    return super.close(ended);
  }

  /** `close` and Fastify call it. */
  override closeIdleConnections(): void {
    for (const [socket, answers] of this.underWay) if (answers === 0) socket.destroy();
  }

  private count(socket: Socket, change: 1 | -1): number {
    const answers = (this.underWay.get(socket) ?? 0) + change;
    if (this.underWay.has(socket)) this.underWay.set(socket, answers);
    return answers;
  }
}
