import { Injectable } from '@nestjs/common';
import { Debts } from '#debts';
import { toSafeNumber } from '#kernel';
import { OrderPaid } from '#orders';
import { Cron, JobHandler, Jobs, Subscribe, Transactions } from '#platform';
import { type Attempt, Attempts } from '#stripe';
import { nextStep } from './refund.rules.js';
import { ADVANCE } from './refund-records.js';
import { RefundRows } from './refund-rows.js';
import type { RefundRow } from './refund.view.js';
import { CREATE_REFUND, REFUND_FEE, REVERSE_TRANSFER } from './refund-writes.js';
import { RefundsAtStripe } from './refunds.stripe.js';

const AT_ONCE = 200;

/** Takes refunds from step to step; each step is an attempt of its own, so a crash goes on where it stopped. */
@Injectable()
export class RefundSteps {
  constructor(
    private readonly transactions: Transactions,
    private readonly rows: RefundRows,
    private readonly stripe: RefundsAtStripe,
    private readonly attempts: Attempts,
    private readonly debts: Debts,
    private readonly jobs: Jobs,
  ) {}

  /** In a transaction: notes the first step. */
  openRefund(row: RefundRow): Promise<Attempt> {
    return this.attempts.open(CREATE_REFUND, row.id, {
      charge: row.charge_id,
      amount: toSafeNumber(row.amount),
      metadata: metadata(row),
    });
  }

  /** All steps that can be taken now. Throws `stripe_unavailable` where Stripe does not answer; the worker goes on later. */
  @JobHandler(ADVANCE)
  async advance({ id }: { id: string }): Promise<void> {
    for (;;) {
      const attempt = await this.transactions.run(() => this.openNext(id));
      if (!attempt) return;
      const { state } = await this.attempts.perform(attempt);
      if (state === 'refused') return;
    }
  }

  /** A refund whose job was lost, or whose fee Stripe would not give back, is taken up again. */
  @Cron('refunds.sweep', '*/5 * * * *')
  async sweep(): Promise<void> {
    for (const id of await this.rows.unfinished(AT_ONCE)) await this.tryAgain(id);
  }

  @Cron('refunds.collect', '*/10 * * * *')
  async collect(): Promise<void> {
    for (const id of await this.debts.due(AT_ONCE)) await this.tryAgain(id);
  }

  /** A sale brings money into the seller's balance: what they owe can be taken from it. */
  @Subscribe(OrderPaid, 'refunds.collect-debts')
  async collectFrom({ sellerId }: { sellerId: string }): Promise<void> {
    for (const { cause } of await this.debts.owedBy(sellerId)) await this.tryAgain(cause);
  }

  /** Steps that Stripe refused before are asked for anew; somebody may have taken them in the dashboard meanwhile. */
  async tryAgain(id: string): Promise<void> {
    const row = await this.rows.byId(id);
    if (!row) return;
    const feeGone =
      row.fee_step === 'refused' && (await this.stripe.leftOfFee(row.application_fee_id!)) < row.fee_amount;
    const transferGone =
      row.reversal_step === 'owed' &&
      (await this.stripe.leftOfTransfer(row.transfer_id!)) < row.reversal_amount;
    await this.transactions.run(async () => {
      const now = await this.rows.lock(id);
      if (now.fee_step === 'refused')
        await this.rows.setFeeStep(id, feeGone ? 'dropped' : 'waiting', feeGone ? elsewhere('fee') : null);
      if (now.reversal_step === 'owed')
        await this.rows.setReversalStep(
          id,
          transferGone ? 'dropped' : 'waiting',
          transferGone ? elsewhere('transfer') : null,
        );
      if (transferGone) await this.debts.recover(id);
      await this.jobs.add(ADVANCE, { id }, { key: `${ADVANCE} ${id}` });
    });
  }

  private async openNext(id: string): Promise<Attempt | null> {
    const row = await this.rows.lock(id);
    switch (nextStep(row)) {
      case 'fee':
        return this.attempts.open(REFUND_FEE, id, {
          fee: row.application_fee_id!,
          amount: toSafeNumber(row.fee_amount),
          metadata: metadata(row),
        });
      case 'reversal':
        return this.attempts.open(REVERSE_TRANSFER, id, {
          transfer: row.transfer_id!,
          amount: toSafeNumber(row.reversal_amount),
          metadata: metadata(row),
        });
      case null:
        return null;
    }
  }
}

function metadata(row: RefundRow): Record<string, string> {
  return { refund: row.id, order_id: row.order_id! };
}

function elsewhere(what: string): string {
  return `The ${what} was given back in Stripe’s dashboard.`;
}
