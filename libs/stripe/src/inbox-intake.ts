import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Transactions } from '#platform';
import type { Door } from './subscribed-events.js';

/** What an event must have for us to file it; snapshot and thin events alike. */
interface Filed {
  readonly eventId: string;
  readonly door: Door;
  readonly type: string;
  readonly account: string | null;
  readonly objectId: string | null;
  readonly created: Date;
  readonly payload: string;
}

interface Waiting {
  readonly filed: Filed;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const WRITERS = 2;
const LARGEST_BATCH = 500;

/**
 * Stores events as fast as PostgreSQL commits: whenever one of two writers is free it takes all that waits in one
 * INSERT. No timer; a lone event is written at once. Resolves only after the commit, and storing is queueing.
 */
@Injectable()
export class InboxIntake {
  private waiting: Waiting[] = [];
  private busy = 0;

  constructor(private readonly transactions: Transactions) {}

  store(door: Door, payload: string, event: unknown): Promise<void> {
    const filed = file(door, payload, event);
    return new Promise((resolve, reject) => {
      this.waiting.push({ filed, resolve, reject });
      if (this.busy < WRITERS) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.busy++;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, LARGEST_BATCH);
      try {
        await this.insert(batch.map((item) => item.filed));
        for (const item of batch) item.resolve();
      } catch (error) {
        for (const item of batch) item.reject(error);
      }
    }
    this.busy--;
  }

  private async insert(events: readonly Filed[]): Promise<void> {
    const column = (pick: (event: Filed) => unknown) => events.map(pick);
    await this.transactions.query(
      `insert into stripe.inbox_events (event_id, door, type, account, object_id, object_key, stripe_created, payload)
       select event_id, door, type, account, object_id, coalesce(account, '') || ':' || coalesce(object_id, event_id), created, payload
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
         as e (event_id, door, type, account, object_id, created, payload)
       on conflict (event_id) do nothing`,
      [
        column((e) => e.eventId),
        column((e) => e.door),
        column((e) => e.type),
        column((e) => e.account),
        column((e) => e.objectId),
        column((e) => e.created),
        column((e) => e.payload),
      ],
    );
  }
}

/** Reads the few columns; the raw text stays as Stripe sent it. */
function file(door: Door, payload: string, event: unknown): Filed {
  if (isThin(event)) {
    return {
      eventId: event.id,
      door,
      type: event.type,
      account: null,
      objectId: event.related_object?.id ?? null,
      created: new Date(event.created),
      payload,
    };
  }
  const snapshot = event as Stripe.Event;
  const object = snapshot.data.object as { id?: string };
  return {
    eventId: snapshot.id,
    door,
    type: snapshot.type,
    account: snapshot.account ?? null,
    objectId: object.id ?? null,
    created: new Date(snapshot.created * 1000),
    payload,
  };
}

/** By its shape and not by its door: Stripe tries any destination with a ping, which is always thin. */
function isThin(event: unknown): event is Stripe.V2.Core.Event & { related_object?: { id: string } | null } {
  return (event as { object?: string }).object === 'v2.core.event';
}
