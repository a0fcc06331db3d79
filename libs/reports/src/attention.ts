import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';

/** How many of each thing wait for a person. */
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

  /** Each count reads one partial index. */
  async counts(): Promise<AttentionCounts> {
    const [row] = await this.transactions.query<AttentionCounts>(
      `select
         (select count(*)::int from payouts.payouts where status = 'failed' and created > now() - interval '30 days') as "failedPayouts",
         (select count(*)::int from stripe.inbox_events where state = 'dead') as "deadEvents",
         (select count(*)::int from reconciliation.differences where state = 'open') as "differences",
         (select count(*)::int from sellers.sellers where stage in ('restricted', 'closed')) as "restrictedShops",
         (select count(*)::int from debts.debts where status = 'pending') as "openDebts",
         (select count(*)::int from refunds.refunds f where f.status in ('failed', 'refused') and not exists (
            select from refunds.refunds again where again.charge_id = f.charge_id and again.id > f.id)) as "failedRefunds",
         (select count(*)::int from refunds.refunds where origin = 'outside' and attributed_at is null) as "outsideRefunds",
         (select count(*)::int from payments.attention where resolved_at is null) as "oddPayments"`,
    );
    return row!;
  }
}
