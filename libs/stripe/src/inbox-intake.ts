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
  /** Seconds since 1970. */
  readonly created: number;
  readonly payload: string;
}

interface Waiting {
  readonly filed: Filed;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const LARGEST_BATCH = 500;
/**
 * Joins the payloads of a batch. JSON never holds a raw control character, so nothing needs to be escaped: as an array
 * of strings they cost `pg` a third of all the time that an event takes.
 */
const SEPARATOR = '\u001e';

/**
 * Stores events as fast as PostgreSQL commits: while one INSERT is on its way the next events gather, and the next INSERT
 * takes them all. No timer; a lone event is written at once. Resolves only after the commit, and storing is queueing.
 */
@Injectable()
export class InboxIntake {
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(private readonly transactions: Transactions) {}

  store(door: Door, payload: string, event: unknown): Promise<void> {
    const filed = file(door, payload, event);
    return new Promise((resolve, reject) => {
      this.waiting.push({ filed, resolve, reject });
      if (!this.writing) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, LARGEST_BATCH);
      try {
        await this.insert(batch.map((item) => item.filed));
        for (const item of batch) item.resolve();
      } catch (error) {
        for (const item of batch) item.reject(error);
      }
    }
    this.writing = false;
  }

  private async insert(events: readonly Filed[]): Promise<void> {
    const column = (pick: (event: Filed) => string | null) => events.map(pick);
    await this.transactions.query(
      `insert into stripe.inbox_events (event_id, door, type, account, object_id, object_key, stripe_created, payload)
       select event_id, door, type, account, object_id, coalesce(account, '') || ':' || coalesce(object_id, event_id),
              to_timestamp(created), payload
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], string_to_array($7, $8))
         as e (event_id, door, type, account, object_id, created, payload)
       on conflict (event_id) do nothing`,
      [
        column((e) => e.eventId),
        column((e) => e.door),
        column((e) => e.type),
        column((e) => e.account),
        column((e) => e.objectId),
        events.map((e) => e.created),
        events.map((e) => e.payload).join(SEPARATOR),
        SEPARATOR,
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
      created: Date.parse(event.created) / 1000,
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
    created: snapshot.created,
    payload,
  };
}

/** By its shape and not by its door: Stripe tries any destination with a ping, which is always thin. */
function isThin(event: unknown): event is Stripe.V2.Core.Event & { related_object?: { id: string } | null } {
  return (event as { object?: string }).object === 'v2.core.event';
}
