import type Stripe from 'stripe';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { exclusive, invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { mergeMetadata } from './metadata.js';
import { proportion } from './proportion.js';
import { newRefund } from './refund-objects.js';

type Refund = Stripe.Refund;

/** Money back to the buyer. Nothing comes back from the seller unless it is asked for. */
export class Refunds {
  constructor(private readonly engine: Engine) {}

  /** @param account whose payment it was: the platform's, or a direct charge's */
  create(params: Stripe.RefundCreateParams, account = this.engine.platform): Refund {
    const { engine } = this;
    if (params.origin === 'customer_balance') return engine.cashRefunds.create(account, params);
    const charge = this.chargeOf(account, params);
    if (charge.source_transfer) {
      throw invalid(
        `Charge ${charge.id} was made by a transfer: only its platform can give it back, by reversing that.`,
        { code: 'charge_not_refundable' },
      );
    }
    if (engine.captures.isHeld(account, charge)) return engine.captures.refundHeld(account, charge, params);
    const left = charge.amount_captured - charge.amount_refunded;
    if (charge.status !== 'succeeded' || (!charge.captured && !charge.refunded))
      throw invalid(`Charge ${charge.id} has not succeeded and can't be refunded.`);
    engine.disputes.checkRefundable(account, charge.id);
    if (left <= 0) {
      throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
    }
    const amount = params.amount ?? left;
    if (amount > left) {
      throw invalid(
        `Refund amount (${words(amount, charge.currency)}) is greater than unrefunded amount on charge (${words(left, charge.currency)})`,
        { param: 'amount' },
      );
    }
    const refund = this.record(account, charge, amount, params);
    const reversal = this.reverseParts(account, charge, refund, params);
    const patch = reversal ? { transfer_reversal: reversal.id } : {};
    const stored = engine.store.update('refund', account, refund.id, patch);
    engine.events.emit(account, 'refund.created', stored);
    const after = this.mark(account, charge.id, amount);
    engine.events.emit(account, 'charge.refunded', after, charge);
    engine.disputes.followRefund(account, after);
    if (stored.balance_transaction) engine.refundOutcomes.plan(account, charge, stored);
    return stored;
  }

  update(account: string, id: string, params: Stripe.RefundUpdateParams): Refund {
    const { engine } = this;
    const refund = engine.store.need('refund', account, id, 'refund');
    const metadata = mergeMetadata(refund.metadata ?? {}, params.metadata);
    const after = engine.store.update('refund', account, id, { metadata });
    engine.refundOutcomes.tell(account, after, refund);
    return after;
  }

  /** Of a charge that was only authorised: no balance has had the money. */
  ofHeld(account: string, charge: Stripe.Charge): Refund {
    const { engine } = this;
    const refund = engine.store.insert('refund', account, {
      ...newRefund(charge, engine.ids.next('re'), charge.amount, engine.clock.seconds()),
      status: 'succeeded',
    });
    engine.events.emit(account, 'refund.created', refund);
    const after = this.mark(account, charge.id, charge.amount);
    engine.events.emit(account, 'charge.refunded', after, charge);
    return refund;
  }

  private chargeOf(account: string, params: Stripe.RefundCreateParams): Stripe.Charge {
    const { store } = this.engine;
    if (params.charge && params.payment_intent) {
      throw exclusive('charge', 'payment_intent');
    }
    if (params.charge) return store.need('charge', account, params.charge, 'charge');
    if (!params.payment_intent) {
      throw invalid(
        'One of the following params should be provided for this request: payment_intent or charge.',
        {
          code: 'parameter_missing',
        },
      );
    }
    const intent = store.need('payment_intent', account, params.payment_intent, 'payment_intent');
    const latest = idOf(intent.latest_charge);
    if (!latest || intent.status !== 'succeeded') {
      throw invalid(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
        code: 'payment_intent_unexpected_state',
      });
    }
    return store.need('charge', account, latest);
  }

  private record(
    account: string,
    charge: Stripe.Charge,
    amount: number,
    params: Stripe.RefundCreateParams,
  ): Refund {
    const { engine } = this;
    const id = engine.ids.next(charge.id.startsWith('py_') ? 'pyr' : 're');
    const covered = this.covered(account, charge, amount, params);
    const waits = engine.refundOutcomes.planOf(account, charge) === 'pending';
    return engine.store.insert('refund', account, {
      ...newRefund(charge, id, amount, engine.clock.seconds()),
      balance_transaction: covered ? this.pay(account, charge, id, amount) : null,
      metadata: mergeMetadata({}, params.metadata),
      ...(!covered && { pending_reason: 'insufficient_funds' }),
      ...(covered && waits && { pending_reason: 'processing' }),
      reason: params.reason ?? null,
      status: covered && !waits ? 'succeeded' : 'pending',
    });
  }

  /**
   * Stripe debits the platform's bank account for what its balance lacks, so a refund goes through below zero, unless
   * debits are switched off (`debit_negative_balances`): then it waits for money.
   */
  private covered(
    account: string,
    charge: Stripe.Charge,
    amount: number,
    params: Stripe.RefundCreateParams,
  ): boolean {
    const { engine } = this;
    if (params.reverse_transfer) return true;
    if (engine.payouts.settings(account).payments.debit_negative_balances) return true;
    return engine.ledger.total(account, charge.currency) >= amount;
  }

  /** Takes the money for a refund out of the balance. */
  pay(account: string, charge: Stripe.Charge, id: string, amount: number): string {
    const { engine } = this;
    const paid = engine.store.need('balance_transaction', account, idOf(charge.balance_transaction)!);
    return engine.ledger.post(account, {
      type: id.startsWith('pyr_') ? 'payment_refund' : 'refund',
      amount: -amount,
      currency: charge.currency,
      source: id,
      description: `REFUND FOR CHARGE${charge.description ? ` (${charge.description})` : ''}`,
      availableOn: engine.ledger.alongside(paid),
    }).id;
  }

  private reverseParts(
    account: string,
    charge: Stripe.Charge,
    refund: Refund,
    params: Stripe.RefundCreateParams,
  ) {
    const { engine } = this;
    const transferId = idOf(charge.transfer);
    const feeId = idOf(charge.application_fee);
    const whole = charge.amount_captured;
    const done = charge.amount_refunded + refund.amount;
    if (params.refund_application_fee) {
      if (!feeId)
        throw invalid('This charge has no application fee to refund.', { param: 'refund_application_fee' });
      if (transferId && !params.reverse_transfer) {
        throw invalid(
          'The application fee of a destination charge can only be refunded together with its transfer: set reverse_transfer.',
          {
            param: 'refund_application_fee',
          },
        );
      }
      engine.fees.refundShare(feeId, done, whole);
    }
    if (!params.reverse_transfer) return null;
    if (!transferId) throw invalid('This charge has no transfer to reverse.', { param: 'reverse_transfer' });
    const transfer = engine.store.need('transfer', engine.platform, transferId);
    const amount = proportion(transfer.amount, done, whole, transfer.amount_reversed);
    return amount > 0 ? engine.reversals.create(transferId, { amount }, refund) : null;
  }

  /** Counts so much more, or less, as given back. */
  mark(account: string, chargeId: string, amount: number): Stripe.Charge {
    const { engine } = this;
    const charge = engine.store.need('charge', account, chargeId);
    const refunded = charge.amount_refunded + amount;
    return engine.store.update('charge', account, chargeId, {
      amount_refunded: refunded,
      // What was authorised and not captured was never anybody's money.
      refunded: refunded === (charge.captured ? charge.amount_captured : charge.amount),
    });
  }
}
