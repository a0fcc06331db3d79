import { Injectable } from '@nestjs/common';
import { Money } from '#kernel';
import { Transactions } from '#platform';
import { stripeAccountOf } from './accounts.js';
import type { LedgerFault } from './ledger.types.js';

/** Proves that the ledger agrees with itself: balances and daily totals are the sums of the postings, none is missing. */
@Injectable()
export class LedgerVerification {
  constructor(private readonly transactions: Transactions) {}

  async faults(): Promise<LedgerFault[]> {
    return [
      ...(await this.transactionFaults()),
      ...(await this.orphans()),
      ...(await this.balanceFaults()),
      ...(await this.dailyFaults()),
    ];
  }

  private async transactionFaults(): Promise<LedgerFault[]> {
    const rows = await this.transactions.query<{ reference: string; copies: number; changed: boolean }>(
      `select reference, count(*)::int as copies, bool_or(changed) as changed from (
         select t.reference,
                count(p.transaction_id) <> t.posting_count or coalesce(sum(p.amount), 0) <> t.posting_total as changed
         from ledger.transactions t left join ledger.postings p on p.transaction_id = t.id
         group by t.ctid, t.reference, t.posting_count, t.posting_total) each
       group by reference having count(*) > 1 or bool_or(changed) order by reference`,
    );
    return rows.map(({ reference, copies }) =>
      fault(
        'transaction',
        reference,
        null,
        null,
        copies > 1
          ? `The ledger holds ${reference} ${copies} times.`
          : `The postings of ${reference} are not those that it was posted with: one was removed, added or changed.`,
      ),
    );
  }

  private async orphans(): Promise<LedgerFault[]> {
    const rows = await this.transactions.query<{ id: bigint }>(
      `select distinct p.transaction_id as id from ledger.postings p
       where not exists (select from ledger.transactions t where t.id = p.transaction_id) order by 1`,
    );
    return rows.map(({ id }) =>
      fault(
        'posting',
        `transaction ${id}`,
        null,
        null,
        `The ledger holds postings of transaction ${id}, but the transaction itself is gone.`,
      ),
    );
  }

  private async balanceFaults(): Promise<LedgerFault[]> {
    const rows = await this.transactions.query<{
      account: string;
      currency: string;
      kept: bigint;
      posted: bigint;
      doubled: boolean;
    }>(
      `with posted as (
         select account, currency, sum(amount)::bigint as amount from (
           select destination as account, currency, amount from ledger.postings
           union all select source, currency, -amount from ledger.postings) moves group by 1, 2),
       kept as (
         select account, currency, sum(amount)::bigint as amount, count(*) <> count(distinct shard) as doubled
         from ledger.balances group by 1, 2)
       select account, currency, coalesce(kept.amount, 0) as kept, coalesce(posted.amount, 0) as posted,
              coalesce(kept.doubled, false) as doubled
       from kept full join posted using (account, currency)
       where coalesce(kept.amount, 0) <> coalesce(posted.amount, 0) or kept.doubled order by 1, 2`,
    );
    return rows.map((row) => {
      const { account, currency } = row;
      const kept = Money.of(row.kept, currency).format();
      const posted = Money.of(row.posted, currency).format();
      return fault(
        'balance_row',
        `${account} ${currency}`,
        stripeAccountOf(account),
        currency,
        row.doubled
          ? `The balance of ${account} in ${currency.toUpperCase()} has one of its rows twice.`
          : `The balance row of ${account} says ${kept}, its postings add up to ${posted}.`,
      );
    });
  }

  private async dailyFaults(): Promise<LedgerFault[]> {
    const rows = await this.transactions.query<{
      day: string;
      stripe_account: string;
      kind: string;
      currency: string;
      kept: bigint;
      posted: bigint;
    }>(
      `with effects as (
         select (t.occurred_at at time zone 'UTC')::date as day, substr(m.account, 8) as stripe_account, t.kind,
                m.currency, t.id, sum(m.amount) as amount
         from (select transaction_id, destination as account, currency, amount from ledger.postings
               union all select transaction_id, source, currency, -amount from ledger.postings) m
         join ledger.transactions t on t.id = m.transaction_id where m.account like 'stripe:%'
         group by 1, 2, 3, 4, 5),
       posted as (
         select day, stripe_account, kind, currency, sum(amount)::bigint as amount, count(*) as count
         from effects group by 1, 2, 3, 4),
       kept as (
         select day, stripe_account, kind, currency, sum(amount)::bigint as amount, sum(count)::bigint as count,
                count(*) <> count(distinct shard) as doubled
         from ledger.daily_totals group by 1, 2, 3, 4)
       select day::text, stripe_account, kind, currency, coalesce(kept.amount, 0) as kept, coalesce(posted.amount, 0) as posted
       from kept full join posted using (day, stripe_account, kind, currency)
       where coalesce(kept.amount, 0) <> coalesce(posted.amount, 0)
          or coalesce(kept.count, 0) <> coalesce(posted.count, 0) or kept.doubled
       order by 1, 2, 3, 4`,
    );
    return rows.map((row) => {
      const { currency, stripe_account: stripeAccount } = row;
      const kept = Money.of(row.kept, currency).format();
      const posted = Money.of(row.posted, currency).format();
      return fault(
        'daily_total',
        `${row.day} ${row.kind} ${stripeAccount} ${currency}`,
        stripeAccount,
        currency,
        `The daily total “${row.kind}” of ${stripeAccount} on ${row.day} says ${kept}, its postings add up to ${posted}${kept === posted ? ', by another number of transactions' : ''}.`,
      );
    });
  }
}

function fault(
  code: LedgerFault['code'],
  subject: string,
  stripeAccount: string | null,
  currency: string | null,
  sentence: string,
): LedgerFault {
  return { code, subject, stripeAccount, currency, sentence };
}
