import { Injectable } from '@nestjs/common';
import { Ledger } from '#ledger';
import { Jobs, Transactions } from '#platform';
import { type Entry, Matching } from './matching.js';
import { Opening } from './opening.js';
import { plan, type Prediction } from './predictions.js';

/** Where other modules say what they expect Stripe to do with money. */
@Injectable()
export class Books {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
    private readonly matching: Matching,
    private readonly opening: Opening,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Posts the predictions to the ledger and awaits Stripe's side of them, in the open transaction. Expecting the same
   * thing again changes nothing; with other figures it is an InvariantError. Give all that belongs together in one call.
   * What happened before the books began is in the opening balance already.
   */
  async expect(...given: readonly Prediction[]): Promise<void> {
    const isOlder = await this.opening.before();
    const predictions = given.filter(({ occurredAt }) => !isOlder(occurredAt));
    if (predictions.length === 0) return;
    const plans = predictions.map((prediction) => ({ prediction, ...plan(prediction) }));
    const keys = plans.flatMap(({ entries }) => entries);
    await this.matching.lock(keys);
    await this.ledger.post(...plans.map(({ transaction }) => transaction));
    await this.matching.insertEntries(
      plans.flatMap(({ prediction, transaction, entries }) =>
        entries.map((entry): Entry => ({
          ...entry,
          reference: transaction.reference,
          kind: prediction.kind,
          origin: 'prediction',
          orderId: prediction.orderId,
          sellerId: prediction.sellerId,
          occurredAt: prediction.occurredAt,
        })),
      ),
    );
    await this.matching.join(keys);
    await this.watch(...keys.map((key) => key.stripeAccount));
  }

  /** Begins to mirror these Stripe accounts (`acct_…`, or `platform`), soon after the commit and from then on in turn. */
  async watch(...stripeAccounts: readonly string[]): Promise<void> {
    const names = [...new Set(stripeAccounts)].sort();
    await this.transactions.query(
      `insert into books.accounts (stripe_account) select unnest($1::text[]) on conflict do nothing`,
      [names],
    );
    for (const stripeAccount of names)
      await this.jobs.add('books.mirror', { stripeAccount }, { key: `books.mirror ${stripeAccount}` });
  }
}
