import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { InvariantError } from '#kernel';
import { type Discovered, methodMarker } from './discover.js';
import { JobHandler } from './jobs.js';
import { Transactions } from './transactions.js';

/** What one module tells the others: a class with a stable type and a plain, serialisable body. */
export interface DomainEventType<Body extends object> {
  new (body: Body): { readonly body: Body };
  readonly type: string;
}

/** `class OrderPaid extends domainEvent<{ orderId: string }>('order.paid') {}` */
export function domainEvent<Body extends object>(type: string) {
  return class {
    static readonly type = type;
    constructor(readonly body: Body) {}
  };
}

interface Subscription {
  readonly type: string;
  /** Stable over renames: it is stored in waiting jobs. */
  readonly subscriber: string;
}

const subscriptions = methodMarker<Subscription>('subscription');

/** The method hears this event, in the worker, at least once, after the publisher's commit. */
export function Subscribe<Body extends object>(
  event: DomainEventType<Body>,
  subscriber: string,
): MethodDecorator {
  return subscriptions.mark({ type: event.type, subscriber });
}

/** One job per event and subscriber, added in the publisher's transaction; so each retries alone. */
@Injectable()
export class Outbox implements OnApplicationBootstrap {
  private readonly byType = new Map<string, Discovered<Subscription>[]>();
  private readonly byName = new Map<string, Discovered<Subscription>>();

  constructor(
    private readonly transactions: Transactions,
    private readonly discovery: DiscoveryService,
  ) {}

  onApplicationBootstrap(): void {
    for (const found of subscriptions.find(this.discovery)) {
      const name = `${found.meta.type} ${found.meta.subscriber}`;
      if (this.byName.has(name)) throw new InvariantError(`two subscribers are called “${name}”`);
      this.byName.set(name, found);
      this.byType.set(found.meta.type, [...(this.byType.get(found.meta.type) ?? []), found]);
    }
  }

  async publish<Body extends object>(event: { readonly body: Body; constructor: unknown }): Promise<void> {
    const { type } = event.constructor as DomainEventType<Body>;
    const jobs = (this.byType.get(type) ?? []).map(({ meta }) => ({
      identifier: 'outbox',
      payload: { name: `${type} ${meta.subscriber}`, body: event.body },
    }));
    if (jobs.length === 0) return;
    await this.transactions.write(
      `select graphile_worker.add_jobs(array(
         select (j->>'identifier', j->'payload', null, now(), null, null, null, null)::graphile_worker.job_spec
         from json_array_elements($1::json) j))`,
      [JSON.stringify(jobs)],
    );
  }

  @JobHandler('outbox')
  async deliver({ name, body }: { name: string; body: object }): Promise<void> {
    const found = this.byName.get(name);
    if (!found) throw new InvariantError(`nobody subscribes as “${name}” any more`);
    await found.invoke(body);
  }
}
