import type Stripe from 'stripe';
import { DAY, SECOND } from '../engine/clock.js';
import { words } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid, missing } from '../engine/errors.js';
import { mergeMetadata } from './metadata.js';

type Refund = Stripe.Refund;

/** So long a customer can say where the money goes. https://docs.stripe.com/payments/customer-balance/refunding */
const ANSWER_TIME = 45 * DAY;

/**
 * What customers sent and did not spend goes back to their bank. They are asked for its number by e-mail, so the refund
 * waits for them in `requires_action`, the only state in which a refund can be cancelled.
 */
export class CashRefunds {
  constructor(private readonly engine: Engine) {
    engine.timers.on('cash_refund.expire', (account, id) => this.expire(account!, id!));
  }

  create(account: string, params: Stripe.RefundCreateParams): Refund {
    const { engine } = this;
    const { amount, currency, customer, instructions_email } = params;
    if (!amount) throw lacking('amount');
    if (!currency) throw lacking('currency');
    if (!customer) throw lacking('customer');
    if (!instructions_email) throw lacking('instructions_email');
    const { available } = engine.cashBalances.view(account, customer);
    if (amount > (available?.[currency] ?? 0)) {
      throw invalid(
        `The customer's cash balance is less than the amount to be refunded (${words(amount, currency)}).`,
        { code: 'balance_insufficient', param: 'amount' },
      );
    }
    const id = engine.ids.next('pyr');
    const expires = engine.clock.now() + ANSWER_TIME;
    const refund = engine.store.insert('refund', account, {
      id,
      object: 'refund',
      amount,
      balance_transaction: null,
      charge: null,
      created: engine.clock.seconds(),
      currency,
      customer,
      customer_account: null,
      instructions_email,
      metadata: mergeMetadata({}, params.metadata),
      next_action: {
        display_details: {
          email_sent: { email_sent_at: engine.clock.seconds(), email_sent_to: instructions_email },
          expires_at: Math.floor(expires / SECOND),
        },
        type: 'display_details',
      },
      payment_intent: null,
      payment_method: null,
      reason: params.reason ?? null,
      receipt_number: null,
      source_transfer_reversal: null,
      status: 'requires_action',
      transfer_reversal: null,
    });
    engine.cashBalances.returns(account, refund, 'return_initiated');
    engine.timers.set(expires, 'cash_refund.expire', [account, id], `expire:${id}`);
    engine.events.emit(account, 'refund.created', refund);
    return refund;
  }

  /** The customer said where the money goes, and it went. */
  answer(id: string): Refund {
    const place = this.engine.store.locate(id);
    if (place?.kind !== 'refund') throw missing('refund', id);
    return this.end(place.account, id, { status: 'succeeded' });
  }

  cancel(account: string, id: string): Refund {
    const canceled = this.end(account, id, { status: 'canceled', failure_reason: 'merchant_request' });
    this.engine.cashBalances.returns(account, canceled, 'return_canceled');
    return canceled;
  }

  /** The customer never answered. */
  expire(account: string, id: string): Refund {
    const { engine } = this;
    const failed = this.end(account, id, { status: 'failed', failure_reason: 'unknown' });
    engine.cashBalances.returns(account, failed, 'return_canceled');
    engine.events.emit(account, 'refund.failed', failed);
    return failed;
  }

  private end(account: string, id: string, patch: Partial<Refund>): Refund {
    const { engine } = this;
    const before = engine.store.need('refund', account, id, 'refund');
    if (before.status !== 'requires_action') {
      throw invalid(
        `You cannot cancel this refund because it has a status of ${before.status}. Only refunds with a status of requires_action may be canceled.`,
      );
    }
    engine.timers.cancel(`expire:${id}`);
    const { next_action: _, ...rest } = before;
    const after = engine.store.insert('refund', account, { ...rest, ...patch });
    engine.refundOutcomes.tell(account, after, before);
    return after;
  }
}

const lacking = (param: string) =>
  invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
