import { Injectable } from '@nestjs/common';
import { currencyFacts, Money } from '#kernel';
import { Transactions } from '#platform';
import { isConversionOf } from './legs.rules.js';
import { accountName, type Difference, difference } from './report.js';

/** What the books say about themselves: entries against legs, legs against the mirror, and who is alone. */
@Injectable()
export class CrossCheck {
  constructor(private readonly transactions: Transactions) {}

  async differences(graceMinutes: number): Promise<Difference[]> {
    return [
      ...(await this.balancesAgainstMirror()),
      ...(await this.legsAgainstMirror()),
      ...(await this.legsAgainstEntries()),
      ...(await this.conversions()),
      ...(await this.lonelyEntries(graceMinutes)),
      ...(await this.lonelyLegs(graceMinutes)),
    ];
  }

  private async balancesAgainstMirror(): Promise<Difference[]> {
    const rows = await this.transactions.query<{
      account: string;
      currency: string;
      status: string;
      kept: bigint;
      sum: bigint;
    }>(
      `select account, currency, status, coalesce(kept, 0) as kept, coalesce(sum, 0) as sum
       from (select stripe_account as account, currency, status, kept
             from books.balances, lateral (values ('available', available), ('pending', pending)) k(status, kept)) b
       full join (select stripe_account as account, currency, status, sum(net)::bigint as sum
                  from books.balance_transactions group by 1, 2, 3) t using (account, currency, status)
       where coalesce(kept, 0) <> coalesce(sum, 0) order by 1, 2, 3`,
    );
    return rows.map(({ account, currency, status, kept, sum }) =>
      difference(
        'balance_against_mirror',
        `${account} ${currency} ${status}`,
        { stripeAccount: account, currency },
        `The balance of ${accountName(account)} is kept as ${Money.of(kept, currency).format()} ${status}, its balance transactions add up to ${Money.of(sum, currency).format()}.`,
      ),
    );
  }

  private async legsAgainstMirror(): Promise<Difference[]> {
    const rows = await this.transactions.query<{
      account: string;
      id: string;
      currency: string;
      net: bigint | null;
      sum: bigint | null;
    }>(
      `select stripe_account as account, id, coalesce(b.currency, l.currency) as currency, b.net, l.sum
       from books.balance_transactions b full join (
         select stripe_account, transaction_id as id, min(currency) as currency, sum(amount)::bigint as sum
         from books.legs group by 1, 2) l using (stripe_account, id)
       where b.net is null or coalesce(l.sum, 0) <> b.net or l.currency <> b.currency`,
    );
    return rows.map(({ account, id, currency, net, sum }) =>
      difference(
        'legs_against_mirror',
        `${account} ${id}`,
        { stripeAccount: account, currency },
        net === null
          ? `The books hold parts of ${id} of ${accountName(account)}, which is not in the mirror.`
          : `The matched parts of ${id} of ${accountName(account)} add up to ${Money.of(sum ?? 0n, currency).format()}, it moved ${Money.of(net, currency).format()}.`,
      ),
    );
  }

  private async legsAgainstEntries(): Promise<Difference[]> {
    const rows = await this.transactions.query<{
      account: string;
      id: string;
      reference: string;
      currency: string;
      amount: bigint;
      expected: bigint | null;
      expected_currency: string | null;
    }>(
      `select l.stripe_account as account, l.transaction_id as id, l.reference, l.currency, l.amount,
              e.amount as expected, e.currency as expected_currency
       from books.legs l
       left join books.balance_transactions b on b.stripe_account = l.stripe_account and b.id = l.transaction_id
       left join books.entries e on e.reference = l.reference and e.stripe_account = l.stripe_account
       where l.state <> 'waiting'
         and (e.reference is null or (l.currency = e.currency and l.amount <> e.amount)
              or (l.currency <> e.currency and b.exchange_rate is null))`,
    );
    return rows.map((row) => {
      const at = { stripeAccount: row.account, currency: row.currency };
      const booked = Money.of(row.amount, row.currency).format();
      const expected = row.expected === null ? null : Money.of(row.expected, row.expected_currency!).format();
      return difference(
        'figures',
        `${row.reference} ${row.account} ${row.id}`,
        at,
        expected === null
          ? `${row.id} of ${accountName(row.account)} is matched with ${row.reference}, which the books do not hold.`
          : `${row.reference} on ${accountName(row.account)} was expected to move ${expected}, Stripe's ${row.id} moved ${booked}.`,
      );
    });
  }

  private async conversions(): Promise<Difference[]> {
    const rows = await this.transactions.query<{
      account: string;
      id: string;
      reference: string;
      currency: string;
      amount: bigint;
      expected: bigint;
      expected_currency: string;
      rate: string;
    }>(
      `select l.stripe_account as account, l.transaction_id as id, l.reference, l.currency, l.amount, e.amount as expected,
              e.currency as expected_currency, b.exchange_rate::text as rate
       from books.balance_transactions b
       join books.legs l on l.stripe_account = b.stripe_account and l.transaction_id = b.id
       join books.entries e on e.reference = l.reference and e.stripe_account = l.stripe_account
       where b.exchange_rate is not null and e.currency <> l.currency and l.state = 'matched'`,
    );
    return rows
      .filter(
        (row) =>
          !isConversionOf(
            row.expected,
            currencyFacts(row.expected_currency).digits,
            row.amount,
            currencyFacts(row.currency).digits,
            row.rate,
          ),
      )
      .map((row) =>
        difference(
          'conversion',
          `${row.reference} ${row.account} ${row.id}`,
          { stripeAccount: row.account, currency: row.currency },
          `${row.reference} was expected as ${Money.of(row.expected, row.expected_currency).format()}; at Stripe's rate of ${row.rate} that is not ${Money.of(row.amount, row.currency).format()}, which ${row.id} moved.`,
        ),
      );
  }

  private async lonelyEntries(graceMinutes: number): Promise<Difference[]> {
    const rows = await this.transactions.query<{
      reference: string;
      account: string;
      currency: string;
      amount: bigint;
      lost: boolean;
    }>(
      `select e.reference, e.stripe_account as account, e.currency, e.amount, e.matched_at is not null as lost
       from books.entries e
       where e.origin = 'prediction'
         and not exists (select from books.legs l where l.reference = e.reference and l.stripe_account = e.stripe_account)
         and (e.matched_at is not null or e.noted_at <= now() - make_interval(mins => $1)
              or exists (select from books.legs l where l.state = 'waiting' and l.stripe_account = e.stripe_account
                           and l.source_id = e.source_id and l.part = e.part))
       order by e.noted_at`,
      [graceMinutes],
    );
    return rows.map((row) =>
      difference(
        row.lost ? 'match_missing' : 'prediction_alone',
        `${row.reference} ${row.account} ${row.currency}`,
        { stripeAccount: row.account, currency: row.currency },
        row.lost
          ? `The match of ${row.reference} with a balance transaction of ${accountName(row.account)} is gone.`
          : `We expect ${row.reference} to move ${Money.of(row.amount, row.currency).format()} on ${accountName(row.account)}, and no balance transaction is matched with it.`,
      ),
    );
  }

  private async lonelyLegs(graceMinutes: number): Promise<Difference[]> {
    const rows = await this.transactions.query<{
      account: string;
      id: string;
      part: string;
      type: string;
      source_id: string | null;
      currency: string;
      amount: bigint;
    }>(
      `select l.stripe_account as account, l.transaction_id as id, l.part, b.type, l.source_id, l.currency, l.amount
       from books.legs l
       join books.balance_transactions b on b.stripe_account = l.stripe_account and b.id = l.transaction_id
       where l.state = 'waiting' and b.mirrored_at <= now() - make_interval(mins => $1) order by b.created`,
      [graceMinutes],
    );
    return rows.map((row) =>
      difference(
        'transaction_alone',
        `${row.account} ${row.id} ${row.part}`,
        { stripeAccount: row.account, currency: row.currency },
        `Stripe's ${row.type} ${row.id} of ${accountName(row.account)} moved ${Money.of(row.amount, row.currency).format()}${row.source_id ? ` for ${row.source_id}` : ''}, which nobody here predicted.`,
      ),
    );
  }
}
