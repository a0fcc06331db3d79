import { API_VERSION } from './events.js';
import type { Listener } from './listeners.js';

/** An event as it goes over a connection. */
export interface Message {
  body: string;
  signature: string;
  thin: boolean;
}

/** What came of handing an event over. */
export interface Outcome {
  status: number | null;
  error: string | null;
}

interface Session {
  id: string;
  secret: string;
  takesThin: boolean;
  /** Whether the client hands events on, and so has an answer to report. */
  forwards: boolean;
  /** Present while the client is connected. */
  send?: (message: object) => void;
  /** Who waits for the answer to an event, by delivery. */
  waiting: Map<string, (outcome: Outcome) => void>;
}

/** What a client says back: that it has an event, or what its own endpoint answered. */
interface Reply {
  type?: string;
  webhook_conversation_id?: string;
  status?: number;
}

const PATIENCE = 10_000;

/**
 * Clients that hold a connection open and are sent events over it, as `stripe listen` does. Kept in memory: who is not
 * connected is sent nothing, and nothing is sent twice.
 */
export class LiveListeners {
  private readonly sessions = new Map<string, Session>();

  open(session: Omit<Session, 'send' | 'waiting'>): void {
    this.sessions.set(session.id, { ...session, waiting: new Map() });
  }

  has(id: string): boolean {
    return this.sessions.has(id);
  }

  /** @returns what to do with the client's messages; the session must have been opened */
  connect(id: string, send: (message: object) => void): (message: string) => void {
    const session = this.sessions.get(id)!;
    session.send = send;
    return (message) => answered(session, replyIn(message));
  }

  disconnect(id: string): void {
    const session = this.sessions.get(id);
    if (!session) return;
    delete session.send;
    for (const settle of session.waiting.values()) settle({ status: null, error: 'The client has gone.' });
  }

  /** The connected clients as listeners like any other. */
  listeners(): Listener[] {
    return [...this.sessions.values()]
      .filter((session) => session.send)
      .map((session) => ({
        id: session.id,
        url: `session:${session.id}`,
        secret: session.secret,
        apiVersion: null,
        wants: (_type, payload) => payload === 'snapshot' || session.takesThin,
        hand: (delivery, message) => hand(session, delivery, message),
      }));
  }
}

function hand(session: Session, delivery: string, { body, signature, thin }: Message): Promise<Outcome> {
  const http_headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Stripe-Signature': signature,
    'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
  };
  const ids = { webhook_conversation_id: delivery, webhook_id: session.id };
  return new Promise((resolve) => {
    const settle = (outcome: Outcome) => {
      clearTimeout(timeout);
      session.waiting.delete(delivery);
      resolve(outcome);
    };
    const timeout = setTimeout(() => settle({ status: null, error: 'The client did not answer.' }), PATIENCE);
    session.waiting.set(delivery, settle);
    if (thin) {
      session.send!({ type: 'v2_event', payload: body, http_headers, destination_id: session.id });
      // Nothing says which event an answer to a thin one belongs to.
      settle({ status: 200, error: null });
      return;
    }
    // Once in the account's version and once in the newest: the client takes the one that it was started for.
    for (const api_version of [null, API_VERSION])
      session.send!({
        type: 'webhook_event',
        endpoint: { api_version },
        event_payload: body,
        http_headers,
        ...ids,
      });
  });
}

/** What is no JSON is no answer. */
function replyIn(message: string): Reply {
  try {
    return (JSON.parse(message) as Reply | null) ?? {};
  } catch {
    return {};
  }
}

function answered(session: Session, reply: Reply): void {
  const settle = session.waiting.get(reply.webhook_conversation_id ?? '');
  if (!settle) return;
  if (reply.type === 'webhook_response') {
    const status = reply.status ?? 0;
    settle({ status, error: status < 300 ? null : `HTTP ${status}` });
  } else if (reply.type === 'event_ack' && !session.forwards) settle({ status: 200, error: null });
}
