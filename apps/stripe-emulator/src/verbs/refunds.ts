import type Stripe from 'stripe';
import { DAY } from '../engine/clock.js';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { mergeMetadata } from './metadata.js';
import { proportion } from './proportion.js';

type Refund = Stripe.Refund;

/** Banks answer after so long. */
const BANK_DELAY = 2 * DAY;

/** Money back to the buyer. Nothing comes back from the seller unless it is asked for. */
export class Refunds {
  constructor(private readonly engine: Engine) {
    engine.timers.on('refund.succeed', (id) => this.succeed(id!));
    engine.timers.on('refund.fail', (id) => this.fail(id!));
  }

  create(params: Stripe.RefundCreateParams): Refund {
    const { engine } = this;
    const charge = this.chargeOf(params);
    const left = charge.amount - charge.amount_refunded;
    if (charge.status !== 'succeeded')
      throw invalid(`Charge ${charge.id} has not succeeded and can't be refunded.`);
    engine.disputes.checkRefundable(engine.platform, charge.id);
    if (left === 0) {
      throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
    }
    const amount = params.amount ?? left;
    if (amount > left) {
      throw invalid(
        `Refund amount (${words(amount, charge.currency)}) is greater than unrefunded amount on charge (${words(left, charge.currency)})`,
        { param: 'amount' },
      );
    }
    const refund = this.record(charge, amount, params);
    const reversal = this.reverseParts(charge, refund, params);
    const patch = reversal ? { transfer_reversal: reversal.id } : {};
    const stored = engine.store.update('refund', engine.platform, refund.id, patch);
    engine.events.emit(engine.platform, 'refund.created', stored);
    const after = this.mark(charge.id, amount);
    engine.events.emit(engine.platform, 'charge.refunded', after);
    engine.disputes.followRefund(engine.platform, after);
    this.planOutcome(charge, stored);
    return stored;
  }

  update(id: string, params: Stripe.RefundUpdateParams): Refund {
    const { engine } = this;
    const refund = engine.store.need('refund', engine.platform, id, 'refund');
    const metadata = mergeMetadata(refund.metadata ?? {}, params.metadata);
    const after = engine.store.update('refund', engine.platform, id, { metadata });
    engine.events.emit(engine.platform, 'refund.updated', after);
    return after;
  }

  /** Refunds that waited for money: oldest first, as far as the balance goes. */
  retryWaiting(account: string): void {
    const { engine } = this;
    for (const refund of engine.store.by('refund', account, 'waiting', 'yes')) {
      if (engine.ledger.total(account, refund.currency) < refund.amount) return;
      const charge = engine.store.need('charge', account, idOf(refund.charge)!);
      const transaction = this.pay(charge, refund.id, refund.amount);
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

  /** Authorised money that is not captured goes back: no balance has had it. */
  release(account: string, charge: Stripe.Charge, amount: number): Refund {
    const { engine } = this;
    const refund = engine.store.insert('refund', account, {
      ...this.object(charge, engine.ids.next('re'), amount),
      balance_transaction: null,
      status: 'succeeded',
    });
    engine.events.emit(account, 'refund.created', refund);
    return refund;
  }

  private chargeOf(params: Stripe.RefundCreateParams): Stripe.Charge {
    const { store, platform } = this.engine;
    if (params.charge && params.payment_intent) {
      throw invalid('You may only specify one of these parameters: charge, payment_intent.', {
        param: 'payment_intent',
      });
    }
    if (params.charge) return store.need('charge', platform, params.charge, 'charge');
    if (!params.payment_intent) {
      throw invalid(
        'One of the following params should be provided for this request: payment_intent or charge.',
        {
          code: 'parameter_missing',
        },
      );
    }
    const intent = store.need('payment_intent', platform, params.payment_intent, 'payment_intent');
    const latest = idOf(intent.latest_charge);
    if (!latest || intent.status !== 'succeeded') {
      throw invalid(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
        code: 'payment_intent_unexpected_state',
      });
    }
    return store.need('charge', platform, latest);
  }

  private record(charge: Stripe.Charge, amount: number, params: Stripe.RefundCreateParams): Refund {
    const { engine } = this;
    const id = engine.ids.next(charge.id.startsWith('py_') ? 'pyr' : 're');
    const known = this.cardOf(charge);
    const covered = this.covered(charge, amount, params);
    const waits = known?.refund === 'pending';
    return engine.store.insert('refund', engine.platform, {
      ...this.object(charge, id, amount),
      balance_transaction: covered ? this.pay(charge, id, amount) : null,
      metadata: mergeMetadata({}, params.metadata),
      ...(!covered && { pending_reason: 'insufficient_funds' }),
      ...(covered && waits && { pending_reason: 'processing' }),
      reason: params.reason ?? null,
      status: covered && !waits ? 'succeeded' : 'pending',
    });
  }

  private object(charge: Stripe.Charge, id: string, amount: number): Refund {
    return {
      id,
      object: 'refund',
      amount,
      balance_transaction: null,
      charge: charge.id,
      created: this.engine.clock.seconds(),
      currency: charge.currency,
      customer: charge.customer as string | null,
      customer_account: null,
      ...(charge.payment_method_details?.card && {
        destination_details: {
          card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
          type: 'card',
        },
      }),
      metadata: {},
      payment_intent: charge.payment_intent,
      payment_method: charge.payment_method,
      reason: null,
      receipt_number: null,
      source_transfer_reversal: null,
      status: 'pending',
      transfer_reversal: null,
    };
  }

  /**
   * Stripe debits the platform's bank account for what its balance lacks, so a refund goes through below zero, unless
   * debits are switched off (`debit_negative_balances`): then it waits for money.
   */
  private covered(charge: Stripe.Charge, amount: number, params: Stripe.RefundCreateParams): boolean {
    const { engine } = this;
    if (params.reverse_transfer) return true;
    if (engine.payouts.settings(engine.platform).payments.debit_negative_balances) return true;
    return engine.ledger.total(engine.platform, charge.currency) >= amount;
  }

  private pay(charge: Stripe.Charge, id: string, amount: number): string {
    const { engine } = this;
    const paid = engine.store.need('balance_transaction', engine.platform, idOf(charge.balance_transaction)!);
    return engine.ledger.post(engine.platform, {
      type: id.startsWith('pyr_') ? 'payment_refund' : 'refund',
      amount: -amount,
      currency: charge.currency,
      source: id,
      description: `REFUND FOR CHARGE${charge.description ? ` (${charge.description})` : ''}`,
      availableOn: engine.ledger.alongside(paid),
    }).id;
  }

  private reverseParts(charge: Stripe.Charge, refund: Refund, params: Stripe.RefundCreateParams) {
    const { engine } = this;
    const transferId = idOf(charge.transfer);
    const feeId = idOf(charge.application_fee);
    const done = charge.amount_refunded + refund.amount;
    if (params.refund_application_fee) {
      if (!feeId)
        throw invalid('This charge has no application fee to refund.', { param: 'refund_application_fee' });
      if (!params.reverse_transfer) {
        throw invalid(
          'The application fee of a destination charge can only be refunded together with its transfer: set reverse_transfer.',
          {
            param: 'refund_application_fee',
          },
        );
      }
      engine.fees.refundShare(feeId, done, charge.amount);
    }
    if (!params.reverse_transfer) return null;
    if (!transferId) throw invalid('This charge has no transfer to reverse.', { param: 'reverse_transfer' });
    const transfer = engine.store.need('transfer', engine.platform, transferId);
    const amount = proportion(transfer.amount, done, charge.amount, transfer.amount_reversed);
    return amount > 0 ? engine.reversals.create(transferId, { amount }, refund) : null;
  }

  private mark(chargeId: string, amount: number): Stripe.Charge {
    const { engine } = this;
    const charge = engine.store.need('charge', engine.platform, chargeId);
    const refunded = charge.amount_refunded + amount;
    return engine.store.update('charge', engine.platform, chargeId, {
      amount_refunded: refunded,
      refunded: refunded === charge.amount,
    });
  }

  private planOutcome(charge: Stripe.Charge, refund: Refund): void {
    const plan = this.cardOf(charge)?.refund;
    if (!plan) return;
    const due = this.engine.clock.now() + BANK_DELAY;
    this.engine.timers.set(due, plan === 'pending' ? 'refund.succeed' : 'refund.fail', [refund.id]);
  }

  private succeed(id: string): void {
    const { engine } = this;
    const { pending_reason: _, ...rest } = engine.store.need('refund', engine.platform, id);
    const after = engine.store.insert('refund', engine.platform, { ...rest, status: 'succeeded' });
    engine.events.emit(engine.platform, 'refund.updated', after);
    engine.events.emit(engine.platform, 'charge.refund.updated', after);
  }

  /** The buyer's bank sent it back: the money returns to the platform. */
  private fail(id: string): void {
    const { engine } = this;
    const refund = engine.store.need('refund', engine.platform, id);
    const { id: transaction } = engine.ledger.post(engine.platform, {
      type: 'refund_failure',
      amount: refund.amount,
      currency: refund.currency,
      source: id,
    });
    const after = engine.store.update('refund', engine.platform, id, {
      status: 'failed',
      failure_reason: 'unknown',
      failure_balance_transaction: transaction,
    });
    this.mark(idOf(refund.charge)!, -refund.amount);
    engine.events.emit(engine.platform, 'refund.failed', after);
    engine.events.emit(engine.platform, 'charge.refund.updated', after);
  }

  /** The test card behind a charge. */
  private cardOf(charge: Stripe.Charge) {
    const method = idOf(charge.payment_method);
    return method ? this.engine.paymentMethods.testCardOf(this.engine.platform, method) : undefined;
  }
}
