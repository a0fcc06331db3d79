import { Injectable } from '@nestjs/common';
import { InvariantError, systemActor } from '#kernel';
import { Audit } from '#audit';
import { Orders } from '#orders';
import { ChargeNeedsRefund } from '#payments';
import { Subscribe, Transactions } from '#platform';
import { Attempts } from '#stripe';
import { nothingMoved, planRefund } from './refund.rules.js';
import { RefundRows } from './refund-rows.js';
import { RefundSteps } from './refund-steps.js';
import { RefundsAtStripe } from './refunds.stripe.js';

const reasons = {
  paid_after_cancel: 'The order was canceled and its goods are sold',
  paid_twice: 'The order was paid twice',
} as const;

type Body = { orderId: string; chargeId: string; reason: keyof typeof reasons };

/** Money that an order can't keep goes back by itself, all of it. */
@Injectable()
export class GiveBack {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: RefundsAtStripe,
    private readonly rows: RefundRows,
    private readonly steps: RefundSteps,
    private readonly orders: Orders,
    private readonly attempts: Attempts,
    private readonly audit: Audit,
  ) {}

  @Subscribe(ChargeNeedsRefund, 'refunds.give-back')
  async giveBack({ orderId, chargeId, reason }: Body): Promise<void> {
    const charge = await this.stripe.charge(chargeId);
    if (!charge?.transferId || !charge.stripeAccount)
      throw new InvariantError(`charge ${chargeId} shows no transfer yet`);
    const { charged, transferred, fee, transferId, feeId, stripeAccount } = charge;
    const sale = { charged, transferred, fee };
    const attempt = await this.transactions.run(async () => {
      const order = await this.orders.lock(orderId);
      const actor = systemActor('refunds.give-back');
      const row = await this.rows.insert({
        origin: 'system',
        requestedBy: 'system refunds.give-back',
        reason: reasons[reason],
        orderId,
        sellerId: order.sellerId,
        stripeAccount,
        chargeId,
        transferId,
        feeId,
        plan: planRefund(sale, nothingMoved(sale), charged),
      });
      if (!row) return null;
      await this.audit.write({
        actor,
        action: 'refund.requested',
        subject: row.id,
        after: { orderId, amount: row.amount },
      });
      return this.steps.openRefund(row);
    });
    if (attempt) await this.attempts.perform(attempt);
  }
}
