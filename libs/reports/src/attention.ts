import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';

/** A thousand things that wait are as urgent as more; counting them all would take longer the more there are. */
export const COUNTED_UP_TO = 1000;

/** How many of each thing wait for a person; `COUNTED_UP_TO` stands for that many or more. */
export interface AttentionCounts {
  /** Payouts that failed in the last 30 days. */
  readonly failedPayouts: number;
  /** Events of Stripe's that could not be worked off. */
  readonly deadEvents: number;
  /** Differences in the books that nobody has explained. */
  readonly differences: number;
  /** Shops that Stripe has stopped, or that lost their account. */
  readonly restrictedShops: number;
  readonly openDebts: number;
  /** Refunds that did not reach the buyer, and were not made again. */
  readonly failedRefunds: number;
  /** Refunds made in Stripe's dashboard that belong to no order yet. */
  readonly outsideRefunds: number;
  /** Payments that came otherwise than they were asked for. */
  readonly oddPayments: number;
}

@Injectable()
export class Attention {
  constructor(private readonly transactions: Transactions) {}

  /** Each count reads one partial index, and no further than `COUNTED_UP_TO`. */
  async counts(): Promise<AttentionCounts> {
    const count = (rows: string) =>
      `(select count(*)::int from (select from ${rows} limit ${COUNTED_UP_TO}) counted)`;
    const [row] = await this.transactions.query<AttentionCounts>(
      `select
         ${count(`payouts.payouts where status = 'failed' and created > now() - interval '30 days'`)} as "failedPayouts",
         ${count(`stripe.inbox_events where state = 'dead'`)} as "deadEvents",
         ${count(`reconciliation.differences where state = 'open'`)} as "differences",
         ${count(`sellers.sellers where stage in ('restricted', 'closed')`)} as "restrictedShops",
         ${count(`debts.debts where status = 'pending'`)} as "openDebts",
         ${count(`refunds.refunds where status in ('failed', 'refused') and not tried_again`)} as "failedRefunds",
         ${count(`refunds.refunds where origin = 'outside' and attributed_at is null`)} as "outsideRefunds",
         ${count(`payments.attention where resolved_at is null`)} as "oddPayments"`,
    );
    return row!;
  }
}
