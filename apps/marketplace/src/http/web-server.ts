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
  /** The answers under way on each connection. */
  private readonly underWay = new Map<Socket, Set<ServerResponse>>();

  constructor(
    listener: RequestListener,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    super({ keepAliveTimeout: KEEP_ALIVE_MS }, listener);
    this.on('connection', (socket: Socket) => {
      this.underWay.set(socket, new Set());
      socket.once('close', () => this.underWay.delete(socket));
    });
    this.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      const answers = this.underWay.get(socket)!.add(response);
      response.once('close', () => {
        answers.delete(response);
        if (answers.size === 0 && !this.listening) socket.end();
      });
    });
  }

  override close(ended?: (error?: Error) => void): this {
    setTimeout(() => this.closeAllConnections(), this.patienceMs).unref();
    return super.close(ended);
  }

  /** `close` and Fastify call it. */
  override closeIdleConnections(): void {
    for (const [socket, answers] of this.underWay) if (answers.size === 0) socket.destroy();
  }
}
