import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { type Actor } from '#kernel';
import { type Page, Transactions } from '#platform';
import { type InboxEventView, InboxView } from '#stripe';
import { everyPage } from '../http/index.js';
import type { EventsQuery, EventState } from './events.dto.js';

/** One of Stripe's events as the admin desk and its API show it. */
export interface EventRow {
  readonly id: string;
  /** The door it came by. */
  readonly door: string;
  readonly type: string;
  /** The connected account it is of; null for the platform's own. */
  readonly account: string | null;
  readonly objectId: string | null;
  readonly state: EventState;
  readonly tries: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly receivedAt: Date;
  readonly doneAt: Date | null;
  readonly nextTryAt: Date | null;
}

/** Stripe's events: reading the inbox, and having events worked off once more; each replay is in the audit log. */
@Injectable()
export class AdminEvents {
  constructor(
    private readonly inbox: InboxView,
    private readonly audit: Audit,
    private readonly transactions: Transactions,
  ) {}

  async page({ state, type, object, cursor }: EventsQuery, limit?: number): Promise<Page<EventRow>> {
    const page = await this.inbox.page({
      state,
      type,
      objectId: object,
      cursor,
      ...(limit && { limit }),
    });
    return { ...page, items: page.items.map(rowOf) };
  }

  counts(): Promise<{ queued: number; dead: number }> {
    return this.inbox.counts();
  }

  /** With the raw payload, as Stripe sent it. Throws `event_not_found`. */
  async one(id: string): Promise<EventRow & { payload: string }> {
    const event = await this.inbox.byEventId(id);
    return { ...rowOf(event), payload: event.payload };
  }

  /** Throws `event_not_found`, and `event_not_replayable` while it is being worked on. */
  async replay(actor: Actor, id: string): Promise<void> {
    await this.inbox.byEventId(id);
    await this.transactions.run(async () => {
      await this.inbox.replay(id);
      await this.audit.write({ actor, action: 'event.replayed', subject: id });
    });
  }

  /** All dead letters; answers how many. */
  async replayDead(actor: Actor): Promise<number> {
    const dead: string[] = [];
    for await (const { id } of everyPage((cursor) =>
      this.page({ state: 'dead', ...(cursor && { cursor }) }, 500),
    ))
      dead.push(id);
    if (dead.length === 0) return 0;
    await this.transactions.run(async () => {
      for (const id of dead) await this.inbox.replay(id);
      await this.audit.write({
        actor,
        action: 'events.replayed',
        subject: 'dead letters',
        after: { count: dead.length },
      });
    });
    return dead.length;
  }
}

function rowOf(event: InboxEventView): EventRow {
  const waits = event.state === 'queued' || event.state === 'running';
  return {
    id: event.event_id,
    door: event.door,
    type: event.type,
    account: event.account,
    objectId: event.object_id,
    state: event.state,
    tries: event.tries,
    lastError: event.last_error,
    createdAt: event.stripe_created,
    receivedAt: event.received_at,
    doneAt: event.done_at,
    nextTryAt: waits ? event.run_at : null,
  };
}
