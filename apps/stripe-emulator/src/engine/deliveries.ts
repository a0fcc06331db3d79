import type Stripe from 'stripe';
import { HOUR, SECOND, type Clock } from './clock.js';
import { WebhookFaults, type Harm } from './webhook-faults.js';
import type { Events } from './events.js';
import type { Ids } from './ids.js';
import type { DeliveryRecord, ThinEvent } from './records.js';
import { listeners, type Listener } from './listeners.js';
import { LiveListeners, type Outcome } from './live-listeners.js';
import { post } from './post-event.js';
import { signatureHeader } from './signature.js';
import type { Store } from './store.js';
import type { Timers } from './timers.js';
import { WallAlarms } from './wall-alarms.js';

/** Growing pauses over three days. Stripe publishes the span, not the steps. */
const PAUSES = [
  10 * SECOND,
  60 * SECOND,
  300 * SECOND,
  0.5 * HOUR,
  2 * HOUR,
  6 * HOUR,
  15 * HOUR,
  24 * HOUR,
  24 * HOUR,
];
/** Instead of an endpoint: the clients that hold a connection open. */
export const CONNECTED = 'connected';

/**
 * Sends events to who asked for them, signs each attempt afresh, tries again, and remembers every attempt. A try is due
 * when its pause has passed on the emulator's clock or on the wall, whichever is sooner: receivers live by wall time,
 * and a frozen clock must not keep an event from them.
 */
export class Deliveries {
  readonly faults = new WebhookFaults();
  readonly live = new LiveListeners();
  private readonly inFlight = new Set<Promise<void>>();
  private readonly alarms = new WallAlarms((id) => this.retry(id));
  private readonly closing = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly timers: Timers,
    private readonly events: Events,
    private readonly platform: () => string,
    /** Keeps what a verb changed; deliveries change rows outside any request. */
    private readonly keep: (verb: () => unknown) => void,
  ) {
    timers.on('delivery.attempt', (id) => this.queue(id!));
  }

  /** Makes a delivery for each event and listener. Called once the events themselves are being kept. */
  plan(): string[] {
    const planned: string[] = [];
    const fresh = this.events.take();
    const all = fresh.length > 0 ? this.listeners() : [];
    for (const made of fresh) {
      const self = made.account === this.platform();
      const wanted = all.filter((listener) =>
        'event' in made
          ? listener.wants(made.event.type, 'snapshot', self)
          : listener.wants(made.thin.type, 'thin', self),
      );
      const event = 'event' in made ? made.event : made.thin;
      if ('event' in made && wanted.length > 0) {
        this.store.update('event', made.account, event.id, {
          pending_webhooks: wanted.length,
        } as Partial<Stripe.Event>);
      }
      for (const listener of wanted) planned.push(this.record(made.account, event, listener).id);
    }
    return planned;
  }

  /** Starts what `plan` recorded, through whatever fault is switched on. */
  start(ids: string[]): void {
    for (const id of ids) {
      const next = this.faults.pass(id);
      // What is lost is marked, or the next start would take it for one that a crash cut off.
      if (!next) this.keep(() => this.store.update('delivery', '', id, { status: 'failed' }));
      for (const { id: delivery, delaySeconds, harm } of next ?? []) {
        if (delaySeconds === undefined) this.queue(delivery, harm);
        else this.keep(() => this.later(delivery, delaySeconds * SECOND));
      }
    }
  }

  /** Lets held deliveries go, e.g. when a pause ends. */
  release(): void {
    for (const id of this.faults.release()) this.queue(id);
  }

  /** Takes up after a restart: attempts that were cut off or never begun, and pauses that go on. */
  resume(): void {
    for (const { id, retry_at } of this.store.by('delivery', '', 'status', 'pending')) {
      if (retry_at === null) this.queue(id);
      else this.alarms.set(id, retry_at);
    }
  }

  /** Tries everything now that waits for its next try. */
  retryAll(): void {
    for (const { id } of this.store.by('delivery', '', 'status', 'pending')) this.retry(id);
  }

  private retry(id: string): void {
    if (!this.store.get('timer', '', `retry:${id}`)) return;
    this.keep(() => this.timers.cancel(`retry:${id}`));
    this.queue(id);
  }

  /** Records that an event is to be sent again: to one endpoint, to connected clients, or to all that want it now. */
  planAgain(eventId: string, endpoint?: string): string[] {
    const place = this.store.locate(eventId);
    if (!place) return [];
    const event = this.store.get(place.kind as 'event' | 'thin_event', place.account, eventId)!;
    const thin = event.object === 'v2.core.event';
    const account = (thin ? event.context : place.account) ?? place.account;
    const found = this.listeners().filter((listener) =>
      endpoint
        ? listener.id === endpoint || (endpoint === CONNECTED && listener.hand)
        : listener.wants(event.type, thin ? 'thin' : 'snapshot', account === this.platform()),
    );
    return found.map((listener) => this.record(account, event, listener).id);
  }

  /** Sends what was recorded, past any fault: somebody asked for just this. */
  send(ids: string[]): void {
    for (const id of ids) this.queue(id);
  }

  /** Resolves when no attempt is under way; attempts that wait for the clock don't count. */
  async idle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  /** Attempts under way now. */
  get pending(): number {
    return this.inFlight.size;
  }

  /** Attempts under way are broken off; with a journal they begin again at the next start. */
  async close(): Promise<void> {
    this.closing.abort();
    this.alarms.clearAll();
    await this.idle();
  }

  private listeners(): Listener[] {
    return [...listeners(this.store, this.platform()), ...this.live.listeners()];
  }

  private record(account: string, event: { id: string; type: string }, listener: Listener): DeliveryRecord {
    return this.store.insert('delivery', '', {
      id: this.ids.next('dlv'),
      event: event.id,
      event_type: event.type,
      account,
      endpoint: listener.id,
      url: listener.url,
      status: 'pending',
      attempts: [],
      retry_at: null,
    });
  }

  /** Sets the next try of a delivery. */
  private later(id: string, pause: number): void {
    const retry_at = Date.now() + pause;
    this.store.update('delivery', '', id, { retry_at });
    this.timers.set(this.clock.now() + pause, 'delivery.attempt', [id], `retry:${id}`);
    this.alarms.set(id, retry_at);
  }

  private queue(id: string, harm?: Harm): void {
    if (this.closing.signal.aborted) return;
    this.alarms.clear(id);
    const attempt = this.attempt(id, harm).finally(() => this.inFlight.delete(attempt));
    this.inFlight.add(attempt);
  }

  private async attempt(id: string, harm?: Harm): Promise<void> {
    const delivery = this.store.get('delivery', '', id);
    const listener = delivery && this.listeners().find((one) => one.id === delivery.endpoint);
    if (!delivery || !listener) return;
    const body = this.body(delivery, listener);
    const secret = harm === 'wrong_signature' ? 'whsec_of_somebody_else' : listener.secret;
    const sent = harm === 'truncate' ? body.slice(0, body.length / 2) : body;
    const thin = delivery.event_type.startsWith('v2.');
    const signature = signatureHeader(body, secret);
    const outcome = listener.hand
      ? await listener.hand(id, { body: sent, signature, thin })
      : await post(delivery.url, sent, signature, this.closing.signal);
    if (this.closing.signal.aborted) return;
    this.keep(() => this.note(id, outcome, listener.hand ? [] : PAUSES));
  }

  private note(id: string, outcome: Outcome, pauses: readonly number[]): void {
    const delivery = this.store.need('delivery', '', id);
    const attempts = [...delivery.attempts, { at: this.clock.iso(), ...outcome }];
    // One that was sent twice has arrived when one of the two did.
    const before = delivery.status === 'succeeded';
    const succeeded = before || (outcome.status !== null && outcome.status >= 200 && outcome.status < 300);
    const pause = succeeded ? undefined : pauses[attempts.length - 1];
    const status = succeeded ? 'succeeded' : pause === undefined ? 'failed' : 'pending';
    this.store.update('delivery', '', id, { attempts, status, retry_at: null });
    if (pause !== undefined) this.later(id, pause);
    const event = succeeded && !before && this.store.get('event', delivery.account, delivery.event);
    if (event) {
      const left = Math.max(0, event.pending_webhooks - 1);
      this.store.update('event', delivery.account, event.id, {
        pending_webhooks: left,
      } as Partial<Stripe.Event>);
    }
  }

  private body(delivery: DeliveryRecord, listener: Listener): string {
    const event = this.store.get('event', delivery.account, delivery.event);
    if (event)
      return JSON.stringify({ ...event, api_version: listener.apiVersion ?? event.api_version }, null, 2);
    const thin: ThinEvent = this.store.need('thin_event', this.platform(), delivery.event);
    const { data: _, ...notification } = thin;
    return JSON.stringify(notification);
  }
}
