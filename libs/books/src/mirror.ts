import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Ledger } from '#ledger';
import { JobHandler, Jobs, Transactions } from '#platform';
import { isOutOfReach, StripeApi } from '#stripe';
import { requestOptions, toRow } from './balance-transactions.stripe.js';
import { asJson } from './json.js';
import { awaitedAs, legsOf, type MirrorRow, openingLegsOf } from './legs.rules.js';
import { Matching } from './matching.js';
import { Opening } from './opening.js';
import { type OwnLeg, referenceOf, ruleEntry, ruleTransaction } from './rule-booking.js';

/** A balance transaction may appear in Stripe's list some time after its `created`. */
const OVERLAP_S = 600;
const CHUNK = 100;
/** How long we look for Stripe's side of something every half minute, before the schedule is enough. */
const IMPATIENT_MIN = 30;

interface Account {
  readonly newest_id: string | null;
  readonly newest_created: Date | null;
  readonly looked_until: Date | null;
}

/** Pulls balance transactions of every Stripe account by a cursor, and books each of their parts. */
@Injectable()
export class Mirror {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
    private readonly ledger: Ledger,
    private readonly matching: Matching,
    private readonly opening: Opening,
    private readonly jobs: Jobs,
  ) {}

  /** All that a scheduled look is for: what is new, what Stripe listed late, and what has become available. */
  async look(stripeAccount: string): Promise<void> {
    if (await this.pull(stripeAccount, { overlap: true })) await this.refreshPending(stripeAccount);
  }

  @JobHandler('books.mirror')
  async mirror({ stripeAccount }: { stripeAccount: string }): Promise<void> {
    await this.moves(stripeAccount);
    await this.pull(stripeAccount, { overlap: false });
    await this.refreshPending(stripeAccount);
    const [row] = await this.transactions.query<{ waiting: boolean }>(
      `select exists (select from books.entries where stripe_account = $1 and origin = 'prediction' and matched_at is null
         and source_id is not null and noted_at > now() - make_interval(mins => $2)) as waiting`,
      [stripeAccount, IMPATIENT_MIN],
    );
    if (row!.waiting) {
      await this.jobs.add(
        'books.mirror',
        { stripeAccount },
        { key: `books.mirror ${stripeAccount}`, runAt: new Date(Date.now() + 30_000) },
      );
    }
  }

  /**
   * Mirrors what is newer than the cursor; with `overlap`, also what Stripe may have listed late since the last time with
   * it. Answers false where Stripe does not show us the account any more.
   */
  async pull(stripeAccount: string, options: { overlap: boolean }): Promise<boolean> {
    await this.know(stripeAccount);
    const [account] = await this.transactions.query<Account>(
      `select newest_id, newest_created, looked_until from books.accounts where stripe_account = $1`,
      [stripeAccount],
    );
    const since = options.overlap ? account!.looked_until : account!.newest_created;
    const overlap = options.overlap ? OVERLAP_S : 0;
    const rows: MirrorRow[] = [];
    try {
      const created = since && { gte: Math.floor(since.getTime() / 1000) - overlap };
      const list = this.list(stripeAccount, created ? { created } : {});
      for await (const transaction of list) {
        if (!options.overlap && transaction.id === account!.newest_id) break;
        rows.push(toRow(transaction));
      }
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      await this.transactions.query(
        `update books.accounts set hidden_since = coalesce(hidden_since, now()) where stripe_account = $1`,
        [stripeAccount],
      );
      return false;
    }
    rows.reverse();
    for (let at = 0; at < rows.length || at === 0; at += CHUNK)
      await this.store(stripeAccount, rows.slice(at, at + CHUNK), options);
    return true;
  }

  /** Stripe's list, newest first, all pages. */
  list(
    stripeAccount: string,
    filter: Stripe.BalanceTransactionListParams,
  ): AsyncIterable<Stripe.BalanceTransaction> {
    return this.stripe.sdk.balanceTransactions.list({ ...filter, limit: 100 }, requestOptions(stripeAccount));
  }

  /** Stores rows that are not there yet, in the order given, and books their parts: one transaction, cursor included. */
  async store(
    stripeAccount: string,
    rows: readonly MirrorRow[],
    options: { overlap: boolean } = { overlap: false },
  ): Promise<void> {
    const isOlder = await this.opening.before();
    const legs = rows.flatMap((row) =>
      (isOlder(row.created) ? openingLegsOf(row) : legsOf(row)).map((leg) => ({
        ...leg,
        row,
        stripeAccount,
        sourceId: awaitedAs(row, stripeAccount),
      })),
    );
    const awaited = legs.filter((leg) => leg.rule === 'predicted');
    await this.transactions.run(async () => {
      await this.hold(stripeAccount);
      await this.matching.lock(awaited);
      const fresh = await this.insertRows(stripeAccount, rows);
      const own = legs.filter((leg) => fresh.has(leg.row.id));
      await this.bookByRule(own.filter((leg) => leg.rule !== 'predicted'));
      await this.insertLegs(own);
      await this.matching.join(awaited);
      await this.advance(stripeAccount, rows.at(-1), { moved: fresh.size > 0, ...options });
    });
  }

  /** Notes that these are no longer pending: the status is the only thing about a balance transaction that changes. */
  async becameAvailable(stripeAccount: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.transactions.run(async () => {
      await this.hold(stripeAccount);
      await this.transactions.write(
        `update books.balance_transactions set status = 'available'
         where stripe_account = $1 and status = 'pending' and id = any($2)`,
        [stripeAccount, ids],
      );
    });
  }

  /** One at a time writes the mirror of an account: its rows and the sums of them are locked in no certain order. */
  private async hold(stripeAccount: string): Promise<void> {
    await this.transactions.write(`select from books.accounts where stripe_account = $1 for update`, [
      stripeAccount,
    ]);
  }

  /** Asks again for what was pending and is due. */
  private async refreshPending(stripeAccount: string): Promise<void> {
    const [due] = await this.transactions.query<{ first: Date | null; last: Date | null }>(
      `select min(created) as first, max(created) as last from books.balance_transactions
       where stripe_account = $1 and status = 'pending' and available_on <= $2`,
      [stripeAccount, this.stripe.now()],
    );
    if (!due?.first || !due.last) return;
    const created = { gte: seconds(due.first), lte: seconds(due.last) };
    const available: string[] = [];
    for await (const transaction of this.list(stripeAccount, { created }))
      if (transaction.status === 'available') available.push(transaction.id);
    await this.becameAvailable(stripeAccount, available);
  }

  private async insertRows(stripeAccount: string, rows: readonly MirrorRow[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const inserted = await this.transactions.write<{ id: string }>(
      `insert into books.balance_transactions (stripe_account, id, type, reporting_category, source_id, currency, amount,
         fee, net, exchange_rate, description, created, available_on, status)
       select $1, id, type, "reportingCategory", "sourceId", currency, amount, fee, net, "exchangeRate", description, created,
         "availableOn", status
       from jsonb_to_recordset($2::jsonb) as b(id text, type text, "reportingCategory" text, "sourceId" text, currency text,
         amount bigint, fee bigint, net bigint, "exchangeRate" numeric, description text, created timestamptz,
         "availableOn" timestamptz, status text)
       on conflict do nothing returning id`,
      [stripeAccount, asJson(rows)],
    );
    return new Set(inserted.map((row) => row.id));
  }

  private async bookByRule(legs: readonly OwnLeg[]): Promise<void> {
    await this.ledger.post(...legs.map(ruleTransaction));
    await this.matching.insertEntries(legs.map(ruleEntry));
  }

  private async insertLegs(legs: readonly OwnLeg[]): Promise<void> {
    if (legs.length === 0) return;
    await this.transactions.write(
      `insert into books.legs (stripe_account, transaction_id, part, source_id, currency, amount, state, reference)
       select stripe_account, transaction_id, part, source_id, currency, amount, state, reference
       from jsonb_to_recordset($1::jsonb) as l(stripe_account text, transaction_id text, part text, source_id text,
         currency text, amount bigint, state text, reference text)
       on conflict do nothing`,
      [
        asJson(
          legs.map((leg) => ({
            stripe_account: leg.stripeAccount,
            transaction_id: leg.row.id,
            part: leg.part,
            source_id: leg.sourceId,
            currency: leg.row.currency,
            amount: leg.amount,
            state: leg.rule === 'predicted' ? 'waiting' : leg.rule === null ? 'unknown' : 'booked',
            reference: leg.rule === 'predicted' ? null : referenceOf(leg),
          })),
        ),
      ],
    );
  }

  async know(stripeAccount: string): Promise<void> {
    await this.transactions.query(
      `insert into books.accounts (stripe_account) values ($1) on conflict do nothing`,
      [stripeAccount],
    );
  }

  /** Something is said to move there, so a look is due. Not noted by who says it: sales would queue for the platform's row. */
  private async moves(stripeAccount: string): Promise<void> {
    await this.transactions.query(
      `insert into books.accounts as a (stripe_account) values ($1)
       on conflict (stripe_account) do update set moved_at = now(), next_look_at = least(a.next_look_at, now())`,
      [stripeAccount],
    );
  }

  private async advance(
    stripeAccount: string,
    newest: MirrorRow | undefined,
    { moved, overlap }: { moved: boolean; overlap: boolean },
  ): Promise<void> {
    await this.transactions.write(
      `update books.accounts set mirrored_at = now(), hidden_since = null,
         newest_id = case when $3::timestamptz >= coalesce(newest_created, $3) then $2 else newest_id end,
         newest_created = greatest(newest_created, $3),
         looked_until = case when $5 then greatest(looked_until, $3) else looked_until end,
         moved_at = case when $4 then clock_timestamp() else moved_at end,
         next_look_at = case when $4 then least(next_look_at, now()) else next_look_at end
       where stripe_account = $1`,
      [stripeAccount, newest?.id ?? null, newest?.created ?? null, moved, overlap],
    );
  }
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
