import { Injectable } from '@nestjs/common';
import { DomainError, InvariantError, Money, newId } from '#kernel';
import { amountTooSmall, Orders, type OrderView } from '#orders';
import { Config, Subscribe, Transactions } from '#platform';
import { Sellers, SellerSellingChanged } from '#sellers';
import { type Attempt, Attempts, StripeApi } from '#stripe';
import { asMoved } from './converted.rules.js';
import { Customers } from './customers.js';
import { PaymentsAtStripe } from './payments.stripe.js';
import type { Decline } from './pictures.js';
import { SESSION_LIFE_MS, sessionRequest } from './session-request.js';
import { SessionRecords } from './session-records.js';
import { type SessionRow, SessionRows } from './session-rows.js';
import { CREATE_SESSION, EXPIRE_SESSION } from './session-writes.js';

export interface SessionView {
  readonly id: string;
  readonly orderId: string;
  readonly status: SessionRow['status'];
  readonly paymentStatus: SessionRow['payment_status'];
  /** Stripe's page, while it can be paid there. */
  readonly url: string | null;
  readonly expiresAt: Date;
  /** The last try to pay that the bank refused. */
  readonly decline: Decline | null;
}

/** Paying orders at Stripe: opening a way to pay, ending it, and looking how it stands. */
@Injectable()
export class Payments {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: SessionRows,
    private readonly records: SessionRecords,
    private readonly atStripe: PaymentsAtStripe,
    private readonly attempts: Attempts,
    private readonly customers: Customers,
    private readonly orders: Orders,
    private readonly sellers: Sellers,
    private readonly stripe: StripeApi,
    private readonly config: Config,
  ) {}

  /**
   * The session of an order, made if it awaits payment and has none; however often it is asked, at once or after a
   * crash, it is the same one, as Stripe shows it now: open, or complete or expired by then. Outside a transaction.
   * Throws `payment_not_open` where the order was ended without one, `payment_refused` where Stripe says no,
   * `seller_not_selling`, `amount_too_small` where Stripe converts and the rest is under its minimum, and
   * `stripe_unavailable` where nobody knows yet.
   */
  async payable({ id: orderId, buyerId }: Pick<OrderView, 'id' | 'buyerId'>): Promise<SessionView> {
    const customer = buyerId ? await this.customers.ensure(buyerId) : null;
    const { row, attempt } = await this.transactions.run(() => this.open(orderId, customer));
    if (attempt) await this.attempts.perform(attempt);
    else if (row.status === 'open') await this.refresh(orderId);
    const now = (await this.rows.byId(row.id))!;
    if (now.status !== 'refused') return view(now);
    if (now.refusal_code === 'amount_too_small') throw amountTooSmall(Money.of(now.amount, now.currency));
    throw new DomainError(
      'payment_refused',
      'conflict',
      'Our payment provider could not take this payment. Your goods are back in the shop; try again from your cart, or write to us.',
    );
  }

  /** The latest attempt at paying an order. */
  async sessionOf(orderId: string): Promise<SessionView | null> {
    const row = await this.rows.latestOf(orderId);
    return row && view(row);
  }

  /** The latest attempt of each of these orders that has one. */
  async sessionsOf(orderIds: readonly string[]): Promise<Map<string, SessionView>> {
    const rows = await this.rows.latestOfAll(orderIds);
    return new Map(rows.map((row) => [row.order_id, view(row)]));
  }

  /**
   * Ends the open session of an order and sees that it is ended. `complete`: the buyer was quicker, and the order is
   * honoured. `none`: nothing was open. Outside a transaction.
   */
  async expire(
    orderId: string,
    reason: 'changed' | 'seller_closed',
  ): Promise<'expired' | 'complete' | 'none'> {
    const live = await this.rows.latestOf(orderId);
    if (!live) return 'none';
    const creating = live.status === 'creating' ? await this.creating(live) : null;
    if (creating) await this.attempts.perform(creating);
    const row = (await this.rows.byId(live.id))!;
    if (row.status === 'open') await this.askToExpire(row, reason);
    const { status } = (await this.rows.byId(row.id))!;
    if (status === 'open') throw new InvariantError(`session ${row.id} is still open after it was ended`);
    return status === 'expired' || status === 'complete' ? status : 'none';
  }

  /**
   * What the charge of an order moved on to the seller and back as our fee, each in the currency in which Stripe takes it
   * back; null while Stripe has not told it.
   */
  async movedBy({ chargeId, split }: OrderView): Promise<{ transferred: Money; fee: Money } | null> {
    const [row] = await this.transactions.query<{
      transferred: bigint | null;
      transferred_currency: string;
      fee: bigint | null;
      fee_currency: string;
    }>(
      `select transferred_amount as transferred, transferred_currency, fee_amount as fee, fee_currency
       from payments.charges where id = $1`,
      [chargeId],
    );
    const { charged, applicationFee } = split;
    if (row?.transferred == null || (row.fee === null && !applicationFee.isZero)) return null;
    return {
      transferred: asMoved(charged, Money.of(row.transferred, row.transferred_currency)),
      fee: row.fee === null ? applicationFee : asMoved(applicationFee, Money.of(row.fee, row.fee_currency)),
    };
  }

  /** Fetches the order's session now and records it: for a buyer who comes back before the webhook does. */
  async refresh(orderId: string): Promise<SessionView | null> {
    const row = await this.rows.latestOf(orderId);
    const picture = row?.stripe_session ? await this.atStripe.session(row.stripe_session) : null;
    if (picture) await this.records.record(picture);
    return this.sessionOf(orderId);
  }

  /** A shop that may not sell any more can't be paid any more. */
  @Subscribe(SellerSellingChanged, 'payments.expire-sessions')
  async sellerChanged({ sellerId, canSell }: { sellerId: string; canSell: boolean }): Promise<void> {
    if (canSell) return;
    for (const orderId of await this.rows.liveOfSeller(sellerId)) await this.expire(orderId, 'seller_closed');
  }

  /**
   * In a transaction: the order's lock makes a double click one attempt; the seller's makes sure that it still sells.
   * `attempt` is there while the session is being made.
   */
  private async open(
    orderId: string,
    customer: string | null,
  ): Promise<{ row: SessionRow; attempt: Attempt | null }> {
    const order = await this.orders.lock(orderId);
    const awaiting = order.status === 'awaiting_payment';
    const latest = await this.rows.latestOf(orderId);
    if (latest?.status === 'creating') return { row: latest, attempt: await this.creating(latest) };
    if (latest && (!awaiting || latest.status === 'open')) return { row: latest, attempt: null };
    if (!awaiting) throw notOpen();
    if (latest) throw new InvariantError(`${orderId} awaits payment and its session ${latest.id} is over`);
    const sellerName = await this.sellers.keepSelling(order.sellerId);
    const id = newId('cks');
    const { charged } = order.split;
    const now = this.stripe.now();
    const row = await this.rows.insert({
      id,
      orderId,
      purchaseId: order.purchaseId,
      sellerId: order.sellerId,
      amount: charged.amount,
      currency: charged.currency,
      expiresAt: new Date(now.getTime() + SESSION_LIFE_MS),
    });
    const request = sessionRequest(order, {
      attemptId: id,
      sellerName,
      customer,
      publicUrl: this.config.publicUrl,
      now,
    });
    return { row, attempt: await this.attempts.open(CREATE_SESSION, id, request) };
  }

  private creating({ id }: SessionRow): Promise<Attempt | null> {
    return this.attempts.latest(CREATE_SESSION, id);
  }

  private async askToExpire(row: SessionRow, reason: 'changed' | 'seller_closed'): Promise<void> {
    const attempt = await this.transactions.run(async () => {
      await this.rows.noteEnding(row.id, reason);
      return this.attempts.open(EXPIRE_SESSION, row.id, { session: row.stripe_session! });
    });
    const outcome = await this.attempts.perform(attempt);
    if (outcome.state === 'refused') await this.refresh(row.order_id);
  }
}

function notOpen(): DomainError {
  return new DomainError(
    'payment_not_open',
    'conflict',
    'This order can’t be paid any more. Look at your purchase to see why.',
  );
}

function view(row: SessionRow): SessionView {
  return {
    id: row.id,
    orderId: row.order_id,
    status: row.status,
    paymentStatus: row.payment_status,
    url: row.status === 'open' ? row.url : null,
    expiresAt: row.expires_at,
    decline: row.decline_code ? { code: row.decline_code, words: row.decline_words ?? '' } : null,
  };
}
