import { Injectable } from '@nestjs/common';
import { Cron, Log, Transactions } from '#platform';
import { InboxIntake } from './inbox-intake.js';
import { type Owner, StripeRegistry } from './registry.js';
import { StripeApi } from './stripe-api.js';
import { type Door, subscribedEvents } from './subscribed-events.js';

/** Stripe lists events for 30 days; an event may appear in the list some time after it was created. */
const OVERLAP_S = 600;
const PENDING_PER_SWEEP = 200;

/** Finds what webhooks did not bring: events that never arrived, and objects that are not final. */
@Injectable()
export class StripeSweeps {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
    private readonly registry: StripeRegistry,
    private readonly intake: InboxIntake,
    private readonly log: Log,
  ) {}

  @Cron('stripe.sweep.pending', '*/2 * * * *')
  async pending(): Promise<void> {
    for (const owner of this.registry.owners) await this.pendingOf(owner);
  }

  @Cron('stripe.sweep.events', '*/10 * * * *')
  async events(): Promise<void> {
    await this.eventsOf('payments', null);
    const accounts = await this.transactions.query<{ account: string }>(
      `select distinct account from stripe.inbox_events
       where door = 'accounts' and account is not null and received_at > now() - interval '7 days' limit 500`,
    );
    for (const { account } of accounts) await this.eventsOf('accounts', account);
  }

  private async pendingOf({ declaration, handler }: Owner): Promise<void> {
    for (const ref of (await handler.pending?.(PENDING_PER_SWEEP)) ?? []) {
      try {
        const object = await handler.fetch(ref);
        if (object !== null) await handler.record(object, ref);
      } catch (error) {
        this.log.error('a sweep could not bring an object up to date', {
          object: declaration.object,
          id: ref.id,
          error,
        });
      }
    }
  }

  /** Lists what Stripe sent since the last sweep, and files what is not there yet, by the same door as a webhook. */
  private async eventsOf(door: Door, account: string | null): Promise<void> {
    const key = account ?? '';
    const [cursor] = await this.transactions.query<{ position: string }>(
      `select position from stripe.cursors where stream = 'events' and account = $1`,
      [key],
    );
    let newest = cursor ? Number(cursor.position) : Math.floor(this.stripe.now().getTime() / 1000) - 3600;
    const list = this.stripe.sdk.events.list(
      { created: { gte: newest - OVERLAP_S }, limit: 100 },
      account ? { stripeAccount: account } : {},
    );
    const subscribed = new Set(subscribedEvents[door]);
    for await (const event of list) {
      newest = Math.max(newest, event.created);
      if (subscribed.has(event.type))
        await this.intake.store(door, JSON.stringify(event), account ? { ...event, account } : event);
    }
    await this.transactions.query(
      `insert into stripe.cursors (stream, account, position) values ('events', $1, $2)
       on conflict (stream, account) do update set position = excluded.position, swept_at = now()`,
      [key, String(newest)],
    );
  }
}
