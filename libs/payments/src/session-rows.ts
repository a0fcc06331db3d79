import { Injectable } from '@nestjs/common';
import { Transactions } from '#platform';
import type { SessionPicture } from './pictures.js';
import type { Outcome, SessionStanding } from './session.rules.js';
import { standingAfter } from './session.rules.js';

export interface SessionRow extends SessionStanding {
  readonly id: string;
  readonly order_id: string;
  readonly purchase_id: string;
  readonly seller_id: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly stripe_session: string | null;
  readonly payment_intent: string | null;
  readonly url: string | null;
  readonly expires_at: Date;
  readonly ending_reason: 'changed' | 'seller_closed' | null;
  readonly decline_code: string | null;
  readonly decline_words: string | null;
  readonly refusal_code: string | null;
}

/** The rows of attempts at paying. */
@Injectable()
export class SessionRows {
  constructor(private readonly transactions: Transactions) {}

  async byId(id: string): Promise<SessionRow | null> {
    const [row] = await this.transactions.query<SessionRow>(
      `select * from payments.checkout_sessions where id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** In a transaction, after the order's own lock. */
  async lock(id: string): Promise<SessionRow> {
    const [row] = await this.transactions.write<SessionRow>(
      `select * from payments.checkout_sessions where id = $1 for update`,
      [id],
    );
    return row!;
  }

  async latestOf(orderId: string): Promise<SessionRow | null> {
    const [row] = await this.transactions.query<SessionRow>(
      `select * from payments.checkout_sessions where order_id = $1 order by id desc limit 1`,
      [orderId],
    );
    return row ?? null;
  }

  async latestOfAll(orderIds: readonly string[]): Promise<SessionRow[]> {
    return this.transactions.query<SessionRow>(
      `select distinct on (order_id) * from payments.checkout_sessions
       where order_id = any($1) order by order_id, id desc`,
      [orderIds],
    );
  }

  async liveOfSeller(sellerId: string): Promise<string[]> {
    const rows = await this.transactions.query<{ order_id: string }>(
      `select order_id from payments.checkout_sessions where seller_id = $1 and status in ('creating', 'open') order by id`,
      [sellerId],
    );
    return rows.map((row) => row.order_id);
  }

  async insert(row: {
    id: string;
    orderId: string;
    purchaseId: string;
    sellerId: string;
    amount: bigint;
    currency: string;
    expiresAt: Date;
  }): Promise<SessionRow> {
    const [inserted] = await this.transactions.write<SessionRow>(
      `insert into payments.checkout_sessions (id, order_id, purchase_id, seller_id, status, amount, currency, expires_at)
       values ($1, $2, $3, $4, 'creating', $5, $6, $7) returning *`,
      [row.id, row.orderId, row.purchaseId, row.sellerId, row.amount, row.currency, row.expiresAt],
    );
    return inserted!;
  }

  /** Sets what the picture shows; a decline is kept until the session is paid. */
  async advance(id: string, outcome: Outcome, picture: SessionPicture): Promise<void> {
    const { status, payment_status } = standingAfter[outcome];
    await this.transactions.write(
      `update payments.checkout_sessions set status = $2, payment_status = $3, stripe_session = $4,
         payment_intent = coalesce($5, payment_intent), url = $6, expires_at = $7,
         decline_code = case when $3 = 'paid' then null else coalesce($8, decline_code) end,
         decline_words = case when $3 = 'paid' then null else coalesce($9, decline_words) end,
         changed_at = now()
       where id = $1`,
      [
        id,
        status,
        payment_status,
        picture.id,
        picture.paymentIntentId,
        outcome === 'open' ? picture.url : null,
        picture.expiresAt,
        picture.decline?.code ?? null,
        picture.decline?.words ?? null,
      ],
    );
  }

  async refuse(id: string, code: string): Promise<void> {
    await this.transactions.write(
      `update payments.checkout_sessions set status = 'refused', refusal_code = $2, changed_at = now() where id = $1`,
      [id, code],
    );
  }

  async noteEnding(id: string, reason: 'changed' | 'seller_closed'): Promise<void> {
    await this.transactions.write(
      `update payments.checkout_sessions set ending_reason = coalesce(ending_reason, $2) where id = $1`,
      [id, reason],
    );
  }

  /** Stripe's ids of sessions whose last word is missing at `now` by Stripe's clock, oldest first. */
  async unsettled(now: Date, limit: number): Promise<string[]> {
    const rows = await this.transactions.query<{ stripe_session: string }>(
      `(select stripe_session, expires_at as since from payments.checkout_sessions
          where status = 'open' and expires_at < $2 order by expires_at limit $1)
       union all
       (select stripe_session, changed_at from payments.checkout_sessions
          where status = 'complete' and payment_status in ('unpaid', 'processing')
            and changed_at < now() - interval '10 minutes' order by changed_at limit $1)
       union all
       (select s.stripe_session, c.charged_at from payments.charges c
          join payments.checkout_sessions s on s.id = c.session_id
          where (c.balance_transaction is null or c.transfer_id is null
                 or (c.application_fee_amount > 0 and c.application_fee_id is null))
            and c.asked_at < now() - interval '1 minute' order by c.charged_at limit $1)
       order by since limit $1`,
      [limit, now],
    );
    return rows.map((row) => row.stripe_session);
  }

  /** The Stripe session behind an object that a charge moved, as far as we know it. */
  async ofCharge(column: 'id' | 'transfer_id' | 'application_fee_id', value: string): Promise<string | null> {
    const [row] = await this.transactions.query<{ stripe_session: string }>(
      `select s.stripe_session from payments.charges c join payments.checkout_sessions s on s.id = c.session_id
       where c.${column} = $1`,
      [value],
    );
    return row?.stripe_session ?? null;
  }
}
