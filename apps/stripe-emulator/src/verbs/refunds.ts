import type Stripe from 'stripe';
import { DAY } from '../engine/clock.js';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { exclusive, invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { mergeMetadata } from './metadata.js';
import { proportion } from './proportion.js';
import { newRefund } from './refund-objects.js';

type Refund = Stripe.Refund;

/** Banks answer after so long. */
const BANK_DELAY = 2 * DAY;

/** Money back to the buyer. Nothing comes back from the seller unless it is asked for. */
export class Refunds {
  constructor(private readonly engine: Engine) {
    engine.timers.on('refund.succeed', (id, account) => this.succeed(account ?? engine.platform, id!));
    engine.timers.on('refund.fail', (id, account) => this.fail(account ?? engine.platform, id!));
  }

  /** @param account whose payment it was: the platform's, or a direct charge's */
  create(params: Stripe.RefundCreateParams, account = this.engine.platform): Refund {
    const { engine } = this;
    const charge = this.chargeOf(account, params);
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
    this.planOutcome(account, charge, stored);
    return stored;
  }

  update(account: string, id: string, params: Stripe.RefundUpdateParams): Refund {
    const { engine } = this;
    const refund = engine.store.need('refund', account, id, 'refund');
    const metadata = mergeMetadata(refund.metadata ?? {}, params.metadata);
    const after = engine.store.update('refund', account, id, { metadata });
    engine.events.emit(account, 'refund.updated', after, refund);
    engine.events.emit(account, 'charge.refund.updated', after, refund);
    return after;
  }

  /** Refunds that waited for money: oldest first, as far as the balance goes. */
  retryWaiting(account: string): void {
    const { engine } = this;
    for (const refund of engine.store.by('refund', account, 'waiting', 'yes')) {
      if (engine.ledger.total(account, refund.currency) < refund.amount) return;
      const charge = engine.store.need('charge', account, idOf(refund.charge)!);
      const transaction = this.pay(account, charge, refund.id, refund.amount);
      const { pending_reason: _, ...rest } = refund;
      const paid = engine.store.insert('refund', account, {
        ...rest,
        status: 'succeeded',
        balance_transaction: transaction,
      });
      engine.events.emit(account, 'refund.updated', paid);
      engine.events.emit(account, 'charge.refund.updated', paid);
    }
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
    const known = this.cardOf(account, charge);
    const covered = this.covered(account, charge, amount, params);
    const waits = known?.refund === 'pending';
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

  private pay(account: string, charge: Stripe.Charge, id: string, amount: number): string {
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

  private mark(account: string, chargeId: string, amount: number): Stripe.Charge {
    const { engine } = this;
    const charge = engine.store.need('charge', account, chargeId);
    const refunded = charge.amount_refunded + amount;
    return engine.store.update('charge', account, chargeId, {
      amount_refunded: refunded,
      // What was authorised and not captured was never anybody's money.
      refunded: refunded === (charge.captured ? charge.amount_captured : charge.amount),
    });
  }

  private planOutcome(account: string, charge: Stripe.Charge, refund: Refund): void {
    const plan = this.cardOf(account, charge)?.refund;
    if (!plan) return;
    const due = this.engine.clock.now() + BANK_DELAY;
    this.engine.timers.set(due, plan === 'pending' ? 'refund.succeed' : 'refund.fail', [refund.id, account]);
  }

  private succeed(account: string, id: string): void {
    const { engine } = this;
    const { pending_reason: _, ...rest } = engine.store.need('refund', account, id);
    const after = engine.store.insert('refund', account, { ...rest, status: 'succeeded' });
    engine.events.emit(account, 'refund.updated', after);
    engine.events.emit(account, 'charge.refund.updated', after);
  }

  /** The buyer's bank sent it back: the money returns to the platform. */
  private fail(account: string, id: string): void {
    const { engine } = this;
    const refund = engine.store.need('refund', account, id);
    const { id: transaction } = engine.ledger.post(account, {
      type: 'refund_failure',
      amount: refund.amount,
      currency: refund.currency,
      source: id,
    });
    const after = engine.store.update('refund', account, id, {
      status: 'failed',
      failure_reason: 'unknown',
      failure_balance_transaction: transaction,
    });
    this.mark(account, idOf(refund.charge)!, -refund.amount);
    engine.events.emit(account, 'refund.failed', after);
    engine.events.emit(account, 'charge.refund.updated', after);
  }

  /** The test card behind a charge. */
  private cardOf(account: string, charge: Stripe.Charge) {
    const method = idOf(charge.payment_method);
    return method ? this.engine.paymentMethods.testCardOf(account, method) : undefined;
  }
}
