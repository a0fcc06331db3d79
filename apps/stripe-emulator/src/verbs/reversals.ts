import type Stripe from 'stripe';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { newDestinationRefund, newReversal } from './transfer-objects.js';

type Transfer = Stripe.Transfer;

/** Transferred money on its way back to the platform. */
export class Reversals {
  constructor(private readonly engine: Engine) {}

  /**
   * Takes money back from the seller. An error, and nothing changed, when the seller's balance is too short.
   * @param refund the refund that asked for it, if one did
   */
  create(
    transferId: string,
    params: Stripe.TransferCreateReversalParams,
    refund?: Stripe.Refund,
  ): Stripe.TransferReversal {
    const { engine } = this;
    const transfer = engine.store.need('transfer', engine.platform, transferId, 'id');
    const left = transfer.amount - transfer.amount_reversed;
    const amount = params.amount ?? left;
    if (left === 0) throw invalid(`Transfer ${transferId} is already fully reversed.`);
    if (amount > left) {
      throw invalid(
        `Reversal amount (${words(amount, transfer.currency)}) is greater than unreversed amount (${words(left, transfer.currency)}) on transfer ${transferId}`,
        { param: 'amount' },
      );
    }
    const seller = idOf(transfer.destination)!;
    // Within its fee refund the seller gets money back first, so that counts towards what can be taken.
    if (params.refund_application_fee) this.refundFeeOf(transfer, amount);
    if (engine.ledger.total(seller, transfer.currency) < amount) {
      throw invalid(
        `The connected account ${seller} has insufficient funds to reverse ${words(amount, transfer.currency)}.`,
        { code: 'balance_insufficient' },
      );
    }
    return this.takeBack(transfer, amount, (params.metadata || {}) as Stripe.Metadata, refund);
  }

  private takeBack(transfer: Transfer, amount: number, metadata: Stripe.Metadata, refund?: Stripe.Refund) {
    const { engine } = this;
    const seller = idOf(transfer.destination)!;
    const payment = engine.store.need('charge', seller, idOf(transfer.destination_payment)!);
    const paid = engine.store.need('balance_transaction', seller, idOf(payment.balance_transaction)!);
    const availableOn = engine.ledger.alongside(paid);
    const { currency } = transfer;
    const ids = { reversal: engine.ids.next('trr'), refund: engine.ids.next('pyr') };
    const back = engine.ledger.post(engine.platform, {
      type: 'transfer_refund',
      amount,
      currency,
      source: ids.reversal,
      availableOn,
    });
    const out = engine.ledger.post(seller, {
      type: 'payment_refund',
      amount: -amount,
      currency,
      source: ids.refund,
      availableOn,
    });
    const created = engine.clock.seconds();
    const reversal = newReversal({
      ...ids,
      amount,
      transfer,
      transaction: back.id,
      created,
      metadata,
      cause: refund?.id ?? null,
    });
    engine.store.insert('transfer_reversal', engine.platform, reversal);
    engine.store.insert(
      'refund',
      seller,
      newDestinationRefund({ ...ids, amount, payment, transaction: out.id, created }),
    );
    const refunded = payment.amount_refunded + amount;
    engine.store.update('charge', seller, payment.id, {
      amount_refunded: refunded,
      refunded: refunded === payment.amount,
    });
    const reversed = transfer.amount_reversed + amount;
    const after = engine.store.update('transfer', engine.platform, transfer.id, {
      amount_reversed: reversed,
      reversed: reversed === transfer.amount,
      reversals: { ...transfer.reversals, data: [reversal, ...transfer.reversals.data].slice(0, 10) },
    });
    engine.events.emit(engine.platform, 'transfer.reversed', after, transfer);
    engine.refundOutcomes.retryWaiting(engine.platform);
    return reversal;
  }

  private refundFeeOf(transfer: Transfer, amount: number): void {
    const { engine } = this;
    const charge = idOf(transfer.source_transaction);
    const fee = charge && idOf(engine.store.need('charge', engine.platform, charge).application_fee);
    if (!fee)
      throw invalid(`Transfer ${transfer.id} has no application fee to refund.`, {
        param: 'refund_application_fee',
      });
    engine.fees.refundShare(fee, transfer.amount_reversed + amount, transfer.amount);
  }
}
