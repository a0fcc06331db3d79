import type Stripe from 'stripe';
import type { Clock } from './clock.js';
import { earlier } from './earlier.js';
import type { Ids } from './ids.js';
import type { ThinEvent } from './records.js';
import type { Store } from './store.js';

/** The version whose shapes the emulator speaks: the SDK's own. */
export const API_VERSION = '2026-10-28.endive' satisfies Stripe.WebhookEndpointCreateParams.ApiVersion;

/** The call that is being worked on; events name it. */
export interface Cause {
  requestId: string;
  idempotencyKey: string | null;
}

export type ThinType = Extract<Stripe.V2.Core.Event['type'], `v2.${string}`>;

/** Makes events. They are rows like any other; deliveries start once the verb that caused them has been kept. */
export class Events {
  cause: Cause | null = null;
  private fresh: ({ account: string; event: Stripe.Event } | { account: string; thin: ThinEvent })[] = [];

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
    readonly livemode: boolean,
    private readonly platform: () => string,
  ) {}

  /**
   * A snapshot event: `object` as it is at this moment.
   * @param previous the object, or fields of it, before the change
   */
  emit(account: string, type: Stripe.Event['type'], object: object, previous?: object): void {
    const connected = account !== this.platform();
    const event = {
      id: this.ids.next('evt'),
      object: 'event',
      ...(connected && { account }),
      api_version: API_VERSION,
      created: this.clock.seconds(),
      data: { object, ...(previous && { previous_attributes: earlier(previous, object) }) },
      livemode: this.livemode,
      pending_webhooks: 0,
      request: { id: this.cause?.requestId ?? null, idempotency_key: this.cause?.idempotencyKey ?? null },
      type,
    } as unknown as Stripe.Event;
    this.store.insert('event', account, event);
    this.fresh.push({ account, event });
  }

  /** A thin v2 event: it names an object, the account itself unless another is given, and carries no copy of it. */
  emitThin(
    account: string,
    type: ThinType,
    data?: Record<string, unknown>,
    related: ThinEvent['related_object'] = accountLink(account),
  ): ThinEvent {
    const thin: ThinEvent = {
      id: this.ids.next('evt'),
      object: 'v2.core.event',
      // Its own events a platform can fetch as it is.
      ...(account !== this.platform() && { context: account }),
      created: this.clock.iso(),
      livemode: this.livemode,
      ...(this.cause && {
        reason: {
          type: 'request',
          request: { id: this.cause.requestId, idempotency_key: this.cause.idempotencyKey ?? '' },
        },
      }),
      related_object: related,
      type,
      ...(data && { data }),
    };
    this.store.insert('thin_event', this.platform(), thin);
    this.fresh.push({ account, thin });
    return thin;
  }

  /** The events made since the last call, oldest first; those of a verb that was undone are not among them. */
  take(): typeof this.fresh {
    const taken = this.fresh;
    this.fresh = [];
    return taken.filter((made) =>
      'event' in made
        ? this.store.get('event', made.account, made.event.id)
        : this.store.get('thin_event', this.platform(), made.thin.id),
    );
  }
}

function accountLink(id: string): ThinEvent['related_object'] {
  return { id, type: 'v2.core.account', url: `/v2/core/accounts/${id}` };
}
