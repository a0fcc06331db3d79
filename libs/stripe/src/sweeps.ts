import { Injectable } from '@nestjs/common';
import { Config, Cron, Log, Transactions } from '#platform';
import { InboxIntake } from './inbox-intake.js';
import { type Owner, StripeRegistry } from './registry.js';
import { StripeApi } from './stripe-api.js';
import { isOutOfReach } from './stripe-errors.js';
import { type Door, subscribedEvents } from './subscribed-events.js';

/** Stripe lists events for 30 days; an event may appear in the list some time after it was created. */
const OVERLAP_S = 600;
const PENDING_PER_SWEEP = 200;
/** A sweep begins every ten minutes and asks for so much of what Stripe allows in that time: a checkout's calls come first. */
const SHARE = 20;
const SWEEP_S = 600;
const AT_ONCE = 4;
/** Nothing happened on the account for so long: it is asked for once a day, so that busy ones are asked for often. */
const QUIET_S = 14 * 86_400;

/** Finds what webhooks did not bring: events that never arrived, and objects that are not final. */
@Injectable()
export class StripeSweeps {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
    private readonly registry: StripeRegistry,
    private readonly intake: InboxIntake,
    private readonly config: Config,
    private readonly log: Log,
  ) {}

  @Cron('stripe.sweep.pending', '*/2 * * * *')
  async pending(): Promise<void> {
    for (const owner of this.registry.owners) await this.pendingOf(owner);
  }

  @Cron('stripe.sweep.events', '*/10 * * * *')
  async events(): Promise<void> {
    await this.eventsOf('payments', null);
    await this.eventsOfAccounts((SWEEP_S * this.config.stripeRequestsPerSecond) / SHARE);
  }

  /** From now on the account's events are swept; in the transaction that makes it known, or again known. */
  async watch(account: string): Promise<void> {
    await this.transactions.write(
      `insert into stripe.cursors (stream, account, position) values ('events', $1, $2) on conflict do nothing`,
      [account, String(this.secondsAgo(3600))],
    );
  }

  /**
   * The next accounts in turn, since Stripe lists one account's events per call: so many sellers that one sweep can't ask for
   * all are all asked for by the following ones.
   */
  async eventsOfAccounts(limit: number): Promise<void> {
    const accounts = await this.transactions.query<{ account: string }>(
      `select account from stripe.cursors
       where stream = 'events' and account <> '' and (position::bigint > $2 or swept_at < now() - interval '1 day')
       order by swept_at, account limit $1`,
      [limit, this.secondsAgo(QUIET_S)],
    );
    for (let at = 0; at < accounts.length; at += AT_ONCE)
      await Promise.all(accounts.slice(at, at + AT_ONCE).map(({ account }) => this.eventsOfAccount(account)));
  }

  private async eventsOfAccount(account: string): Promise<void> {
    try {
      await this.eventsOf('accounts', account);
    } catch (error) {
      await this.passOver(account, error);
    }
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
    let newest = cursor ? Number(cursor.position) : this.secondsAgo(3600);
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

  /** One account's failure is not the others': it waits for its next turn, or for good where it no longer lets us in. */
  private async passOver(account: string, error: unknown): Promise<void> {
    if (isOutOfReach(error)) {
      await this.transactions.query(`delete from stripe.cursors where stream = 'events' and account = $1`, [
        account,
      ]);
      return;
    }
    this.log.error('a sweep could not list the events of an account', { account, error });
    await this.transactions.query(
      `update stripe.cursors set swept_at = now() where stream = 'events' and account = $1`,
      [account],
    );
  }

  private secondsAgo(seconds: number): number {
    return Math.floor(this.stripe.now().getTime() / 1000) - seconds;
  }
}
