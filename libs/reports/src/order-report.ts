import { Injectable } from '@nestjs/common';
import { Money } from '#kernel';
import { Transactions } from '#platform';

/** One balance transaction that an order caused, on the platform's account or on the seller's. */
export interface OrderMovement {
  readonly id: string;
  /** `acct_…` or `platform`. */
  readonly stripeAccount: string;
  readonly type: string;
  readonly sourceId: string | null;
  readonly amount: Money;
  readonly fee: Money;
  readonly net: Money;
  /** What the amount was before Stripe converted it, and its rate; null where it did not. */
  readonly presented: Money | null;
  readonly exchangeRate: string | null;
  readonly created: Date;
  /** The payout that carried it to the bank. */
  readonly payoutId: string | null;
}

interface Row {
  readonly id: string;
  readonly stripe_account: string;
  readonly type: string;
  readonly source_id: string | null;
  readonly currency: string;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  readonly presented: bigint | null;
  readonly presented_currency: string | null;
  readonly exchange_rate: string | null;
  readonly created: Date;
  readonly payout_id: string | null;
}

const FOUND_AT_MOST = 50;

/** What spans modules about orders: finding them, and what Stripe did with their money. */
@Injectable()
export class OrderReport {
  constructor(private readonly transactions: Transactions) {}

  /** Ids of orders by an order, purchase, payment, charge, transfer, fee or refund id, or the buyer's e-mail; newest first. */
  async find(words: string): Promise<string[]> {
    const text = words.trim();
    const query = queries[text.includes('@') ? 'email' : (/^([a-z]+)_/.exec(text)?.[1] ?? '')];
    if (!query) return [];
    const rows = await this.transactions.query<{ id: string }>(
      `${query} order by id desc limit ${FOUND_AT_MOST}`,
      [text],
    );
    return rows.map((row) => row.id);
  }

  /** Every balance transaction of an order, in the order in which we came to expect them: Stripe stamps whole seconds. */
  async movements(orderId: string): Promise<OrderMovement[]> {
    const rows = await this.transactions.query<Row>(
      `select b.id, b.stripe_account, b.type, b.source_id, b.currency, b.amount, b.fee, b.net, b.created, b.payout_id,
              b.exchange_rate::text as exchange_rate,
              min(e.amount) filter (where e.currency <> l.currency)::bigint as presented,
              min(e.currency) filter (where e.currency <> l.currency) as presented_currency
       from ledger.transactions t
       join books.legs l on l.reference = t.reference
       left join books.entries e on e.reference = l.reference and e.stripe_account = l.stripe_account
         and e.origin = 'prediction' and l.part in ('gross', 'returned')
       join books.balance_transactions b on b.stripe_account = l.stripe_account and b.id = l.transaction_id
       where t.order_id = $1
       group by b.stripe_account, b.id
       order by min(t.id), b.stripe_account desc, b.id`,
      [orderId],
    );
    return rows.map(({ currency, ...row }) => ({
      id: row.id,
      stripeAccount: row.stripe_account,
      type: row.type,
      sourceId: row.source_id,
      amount: Money.of(row.amount, currency),
      fee: Money.of(row.fee, currency),
      net: Money.of(row.net, currency),
      presented: row.presented === null ? null : Money.of(row.presented, row.presented_currency!),
      exchangeRate: row.exchange_rate,
      created: row.created,
      payoutId: row.payout_id,
    }));
  }
}

const ordersBy = (column: string) => `select id from orders.orders where ${column} = $1`;

/** One query per kind of id, each over an index. */
const queries: Record<string, string> = {
  ord: ordersBy('id'),
  pur: ordersBy('purchase_id'),
  pi: ordersBy('payment_intent_id'),
  ch: ordersBy('charge_id'),
  py: `select id from orders.orders where charge_id = $1 or destination_payment_id = $1`,
  tr: ordersBy('transfer_id'),
  fee: ordersBy('application_fee_id'),
  re: `select order_id as id from refunds.refunds where stripe_refund_id = $1 and order_id is not null`,
  rfd: `select order_id as id from refunds.refunds where id = $1 and order_id is not null`,
  email: `select o.id from orders.purchases p join orders.orders o on o.purchase_id = p.id where lower(p.email) = lower($1)`,
};
