import { Injectable } from '@nestjs/common';
import { Clock, Money, newId } from '#kernel';
import { Transactions } from '#platform';
import type { Moved, RefundPlan, Sale } from './refund.rules.js';
import type { FeeStep, RefundStatus, ReversalStep } from './refund.states.js';
import type { RefundOrigin, RefundRow } from './refund.view.js';
import type { RefundPicture } from './refunds.stripe.js';

export interface NewRefund {
  readonly origin: RefundOrigin;
  readonly requestedBy: string;
  readonly reason: string;
  readonly orderId: string;
  readonly sellerId: string;
  readonly stripeAccount: string;
  readonly chargeId: string;
  readonly transferId: string;
  readonly feeId: string | null;
  readonly plan: RefundPlan;
}

const RETRY_HOURS = 1;

/** The rows of refunds. Everything that writes runs in the caller's transaction. */
@Injectable()
export class RefundRows {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async byId(id: string): Promise<RefundRow | null> {
    return this.one(`id = $1`, id);
  }

  async byStripeId(id: string): Promise<RefundRow | null> {
    return this.one(`stripe_refund_id = $1`, id);
  }

  async ofOrder(orderId: string): Promise<RefundRow[]> {
    return this.transactions.query<RefundRow>(
      `select * from refunds.refunds where order_id = $1 order by id`,
      [orderId],
    );
  }

  async lock(id: string): Promise<RefundRow> {
    const [row] = await this.transactions.write<RefundRow>(
      `select * from refunds.refunds where id = $1 for update`,
      [id],
    );
    return row!;
  }

  /** Null where a refund of ours for this charge is under way or done. */
  async insert(refund: NewRefund): Promise<RefundRow | null> {
    const { plan } = refund;
    const [row] = await this.transactions.write<RefundRow>(
      `insert into refunds.refunds (id, origin, requested_by, reason, order_id, seller_id, stripe_account, charge_id,
         transfer_id, application_fee_id, currency, amount, fee_amount, reversal_amount, status, fee_step,
         reversal_step, created_at, fee_currency, reversal_currency)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'requested', $15, $16, $17, $18, $19)
       on conflict (charge_id) where origin <> 'outside' and status in ('requested', 'pending', 'succeeded')
       do nothing returning *`,
      [
        newId('rfd'), refund.origin, refund.requestedBy, refund.reason, refund.orderId, refund.sellerId,
        refund.stripeAccount, refund.chargeId, refund.transferId, refund.feeId, plan.buyer.currency, plan.buyer.amount,
        plan.fee.amount, plan.reversal.amount, stepFor(plan.fee), stepFor(plan.reversal), this.clock.now(),
        plan.fee.currency, plan.reversal.currency,
      ], // prettier-ignore
    );
    return row ?? null;
  }

  /** The refund of ours that stands in the way of another one. */
  async live(chargeId: string): Promise<RefundRow | null> {
    return this.one(
      `charge_id = $1 and origin <> 'outside' and status in ('requested', 'pending', 'succeeded')`,
      chargeId,
    );
  }

  /** Somebody made it in Stripe's dashboard: kept, whatever it is about. */
  async insertOutside(picture: RefundPicture, suggestedOrderId: string | null): Promise<RefundRow | null> {
    const [row] = await this.transactions.write<RefundRow>(
      `insert into refunds.refunds (id, origin, reason, charge_id, currency, amount, status, stripe_refund_id,
         suggested_order_id, created_at)
       values ($1, 'outside', 'Made in Stripe’s dashboard', $2, $3, $4, 'requested', $5, $6, $7)
       on conflict (stripe_refund_id) do nothing returning *`,
      [
        newId('rfd'), picture.chargeId, picture.amount.currency, picture.amount.amount, picture.id, suggestedOrderId,
        picture.createdAt,
      ], // prettier-ignore
    );
    return row ?? null;
  }

  /** What all refunds of a charge have moved, or are about to. */
  async moved(chargeId: string, { charged, transferred, fee }: Sale): Promise<Moved> {
    const [sums] = await this.transactions.query<{ refunded: bigint; fee: bigint; reversed: bigint }>(
      `select coalesce(sum(amount) filter (where status in ('requested', 'pending', 'succeeded')), 0)::bigint as refunded,
              coalesce(sum(fee_amount) filter (where fee_step in ('waiting', 'refused', 'done')), 0)::bigint as fee,
              coalesce(sum(reversal_amount) filter (where reversal_step in ('waiting', 'owed', 'written_off', 'done')), 0)::bigint
                as reversed
       from refunds.refunds where charge_id = $1`,
      [chargeId],
    );
    return {
      refunded: Money.of(sums!.refunded, charged.currency),
      feeRefunded: Money.of(sums!.fee, fee.currency),
      reversed: Money.of(sums!.reversed, transferred.currency),
    };
  }

  /** What has reached the buyer of this charge, as far as it belongs to an order. */
  async succeeded(chargeId: string, currency: string): Promise<Money> {
    const [row] = await this.transactions.query<{ amount: bigint }>(
      `select coalesce(sum(amount), 0)::bigint as amount from refunds.refunds
       where charge_id = $1 and status = 'succeeded' and order_id is not null`,
      [chargeId],
    );
    return Money.of(row!.amount, currency);
  }

  async setStatus(id: string, status: RefundStatus, problem: string | null): Promise<void> {
    const over = status === 'failed' || status === 'refused';
    await this.transactions.write(
      `update refunds.refunds set status = $2, problem = coalesce($3, problem),
         refunded_at = case when $2 = 'succeeded' then $5 else refunded_at end,
         failed_at = case when $4 then $5 else failed_at end,
         fee_step = case when $4 and fee_step in ('waiting', 'refused') then 'dropped' else fee_step end,
         reversal_step = case when $4 and reversal_step = 'waiting' then 'dropped' else reversal_step end
       where id = $1`,
      [id, status, problem, over, this.clock.now()],
    );
  }

  async pin(id: string, stripeRefundId: string): Promise<void> {
    await this.transactions.write(`update refunds.refunds set stripe_refund_id = $2 where id = $1`, [
      id,
      stripeRefundId,
    ]);
  }

  async feeDone(id: string, feeRefundId: string): Promise<void> {
    await this.transactions.write(
      `update refunds.refunds set fee_step = 'done', fee_refund_id = $2, fee_refunded_at = $3, problem = null,
         next_try_at = null where id = $1`,
      [id, feeRefundId, this.clock.now()],
    );
  }

  async reversalDone(id: string, reversalId: string): Promise<void> {
    await this.transactions.write(
      `update refunds.refunds set reversal_step = 'done', reversal_id = $2, reversed_at = $3, problem = null where id = $1`,
      [id, reversalId, this.clock.now()],
    );
  }

  async feeRefused(id: string, problem: string): Promise<void> {
    const next = new Date(this.clock.now().getTime() + RETRY_HOURS * 60 * 60 * 1000);
    await this.transactions.write(
      `update refunds.refunds set fee_step = 'refused', problem = $2, next_try_at = $3, tries = tries + 1 where id = $1`,
      [id, problem, next],
    );
  }

  async setFeeStep(id: string, step: FeeStep, problem: string | null = null): Promise<void> {
    await this.transactions.write(
      `update refunds.refunds set fee_step = $2, problem = $3, next_try_at = null where id = $1`,
      [id, step, problem],
    );
  }

  async setReversalStep(id: string, step: ReversalStep, problem: string | null = null): Promise<void> {
    await this.transactions.write(
      `update refunds.refunds set reversal_step = $2, problem = $3 where id = $1`,
      [id, step, problem],
    );
  }

  /** Refunds with a step to take that nobody took for a minute, oldest first. */
  async unfinished(limit: number): Promise<string[]> {
    const rows = await this.transactions.query<{ id: string }>(
      `select id from refunds.refunds
       where status in ('pending', 'succeeded') and (fee_step in ('waiting', 'refused') or reversal_step = 'waiting')
         and coalesce(next_try_at, created_at) < $1
       order by coalesce(next_try_at, created_at) limit $2`,
      [new Date(this.clock.now().getTime() - 60_000), limit],
    );
    return rows.map((row) => row.id);
  }

  /** Stripe's ids of refunds on their way, oldest first. */
  async onTheirWay(limit: number): Promise<string[]> {
    const rows = await this.transactions.query<{ stripe_refund_id: string }>(
      `select stripe_refund_id from refunds.refunds where status = 'pending' and stripe_refund_id is not null
       order by created_at limit $1`,
      [limit],
    );
    return rows.map((row) => row.stripe_refund_id);
  }

  private async one(where: string, value: string): Promise<RefundRow | null> {
    const [row] = await this.transactions.query<RefundRow>(`select * from refunds.refunds where ${where}`, [
      value,
    ]);
    return row ?? null;
  }
}

function stepFor(amount: Money): 'none' | 'waiting' {
  return amount.isZero ? 'none' : 'waiting';
}
