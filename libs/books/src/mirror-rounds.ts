import { Injectable } from '@nestjs/common';
import { PLATFORM } from '#ledger';
import { Config, Cron, Log, Transactions } from '#platform';
import { StripeApi } from '#stripe';
import { Mirror } from './mirror.js';

/** A round begins every five minutes and asks for so much of what Stripe allows in that time: a checkout's calls come first. */
const ROUND_S = 300;
const SHARE = 20;
/**
 * A look lists what is new (a call for each hundred), and once more where money has become available: two calls, rarely
 * more.
 */
const CALLS_PER_LOOK = 2;
const AT_ONCE = 2;
/** An account where nothing moves is looked at again after half a day to 23 hours: at random, so that no hour has them all. */
const QUIET_H = { least: 12, spread: 11 };
/** A prediction that is alone for longer is a difference by then, which the daily look is enough for. */
const AWAITED_H = 24;

interface Turn {
  readonly stripeAccount: string;
  /** When the turn began, by the database's clock and as exact. */
  readonly at: string;
}

/** Looks at every account that is due, in turn: so many sellers that one round can't look at them all have the following ones. */
@Injectable()
export class MirrorRounds {
  constructor(
    private readonly transactions: Transactions,
    private readonly mirror: Mirror,
    private readonly stripe: StripeApi,
    private readonly config: Config,
    private readonly log: Log,
  ) {}

  /** How many accounts a round may look at: 750 in live mode, 187 in test mode. */
  get limit(): number {
    const calls = (ROUND_S * this.config.stripeRequestsPerSecond) / SHARE;
    return Math.max(1, Math.floor(calls / CALLS_PER_LOOK));
  }

  /** The platform's own account moves with every sale, so it is part of each round. */
  @Cron('books.mirror.round', '*/5 * * * *')
  async round(): Promise<void> {
    await this.mirror.know(PLATFORM);
    const end = Date.now() + ROUND_S * 1000;
    const turns = await this.take(this.limit);
    const line = [PLATFORM, ...turns.map(({ stripeAccount }) => stripeAccount)];
    const looked: string[] = [];
    // Where Stripe is slow the next round goes on, and does not come on top.
    for (let at = 0; at < line.length && Date.now() < end; at += AT_ONCE) {
      const some = line.slice(at, at + AT_ONCE);
      const done = await Promise.all(some.map((stripeAccount) => this.look(stripeAccount)));
      looked.push(...some.filter((_, index) => done[index]));
    }
    if (turns[0]) await this.settle(looked, turns[0].at);
  }

  /**
   * Takes the sellers' accounts whose turn it is. Those that moved since their last look and those that are merely due
   * stand in two lines, each by how long they have waited, and both lines go on alternately: neither keeps the other
   * waiting. A turn that comes to nothing is repeated, after a round where something moved, else after an hour.
   */
  take(limit: number): Promise<Turn[]> {
    return this.transactions.query<Turn>(
      `with due as (
         select stripe_account, moved_at > looked_at as moved,
           row_number() over (partition by moved_at > looked_at order by next_look_at, stripe_account) as place
         from books.accounts
         where hidden_since is null and next_look_at <= now() and stripe_account <> $2),
       turns as (select stripe_account, moved, place from due order by place, moved desc limit $1),
       taken as (
         update books.accounts a
         set next_look_at = now() + case when moved then interval '4 minutes' else interval '1 hour' end
         from turns t where a.stripe_account = t.stripe_account)
       select stripe_account as "stripeAccount", now()::text as at from turns order by place, moved desc`,
      [limit, PLATFORM],
    );
  }

  /**
   * Says when those that were looked at are due again: in the next round where something moved meanwhile or is awaited, when
   * money becomes available, and within a day in any case.
   */
  async settle(looked: readonly string[], at: string): Promise<void> {
    await this.transactions.query(
      `update books.accounts a
       set looked_at = $2::timestamptz,
         moved_at = case when s.awaits then now() else moved_at end,
         next_look_at = case
           when s.awaits or moved_at > $2::timestamptz then now()
           else least(now() + make_interval(hours => $5) + random() * make_interval(hours => $6), s.available_at) end
       from (
         select account,
           (select now() + greatest(available_on - $3::timestamptz, interval '1 hour') from books.balance_transactions
            where stripe_account = account and status = 'pending' order by available_on limit 1) as available_at,
           exists (select from books.entries
             where stripe_account = account and origin = 'prediction' and matched_at is null and source_id is not null
               and noted_at > now() - make_interval(hours => $4)) as awaits
         from unnest($1::text[]) account) s
       where a.stripe_account = s.account`,
      [looked, at, this.stripe.now(), AWAITED_H, QUIET_H.least, QUIET_H.spread],
    );
  }

  /** One account's failure is not the others': it has its next turn later. */
  private async look(stripeAccount: string): Promise<boolean> {
    try {
      await this.mirror.look(stripeAccount);
      return true;
    } catch (error) {
      this.log.error('an account could not be mirrored', { account: stripeAccount, error });
      return false;
    }
  }
}
