import { InvariantError, Money } from '#kernel';
import type { FeeStep, RefundStatus, ReversalStep } from './refund.states.js';

/** What a charge moved at sale: all of it went to the seller, and the fee came back from them. */
export interface Sale {
  readonly charged: Money;
  /** Another currency than the charge's where Stripe converted it; so may be the fee. Both go back in their own. */
  readonly transferred: Money;
  readonly fee: Money;
}

/** What refunds of this charge have moved or are about to move. */
export interface Moved {
  readonly refunded: Money;
  readonly feeRefunded: Money;
  readonly reversed: Money;
}

/** What each step moves. The seller's balance changes by fee − reversal, the platform's by reversal − fee − buyer. */
export interface RefundPlan {
  /** Platform → buyer. */
  readonly buyer: Money;
  /** Platform → seller: the application fee's share. */
  readonly fee: Money;
  /** Seller → platform: the transfer, taken back. */
  readonly reversal: Money;
}

export function nothingMoved({ charged, transferred, fee }: Sale): Moved {
  return {
    refunded: Money.zero(charged.currency),
    feeRefunded: Money.zero(fee.currency),
    reversed: Money.zero(transferred.currency),
  };
}

export function whatIsLeft(sale: Sale, moved: Moved): Money {
  return sale.charged.minus(moved.refunded);
}

/**
 * The parts of a refund of `amount`. The fee follows what sellers have given back in all, so that any row of refunds that
 * makes the whole charge returns exactly the whole fee and the whole transfer, whatever was rounded on the way.
 */
export function planRefund(sale: Sale, moved: Moved, amount: Money): RefundPlan {
  if (amount.isNegative || amount.isZero || amount.compare(whatIsLeft(sale, moved)) > 0)
    throw new InvariantError(`${amount.format()} of ${whatIsLeft(sale, moved).format()} can't be refunded`);
  const reversal = least(
    share(sale.transferred, amount, sale.charged),
    sale.transferred.minus(moved.reversed),
  );
  const due = share(sale.fee, moved.reversed.plus(reversal), sale.transferred).minus(moved.feeRefunded);
  return { buyer: amount, fee: due.isNegative ? Money.zero(due.currency) : due, reversal };
}

/** What of `money` belongs to so much of the whole; the whole may be of another currency. */
function share(money: Money, part: Money, whole: Money): Money {
  return money.allocate([part.amount, whole.minus(part).amount])[0]!;
}

function least(a: Money, b: Money): Money {
  return a.compare(b) < 0 ? a : b;
}

export interface Standing {
  readonly status: RefundStatus;
  readonly fee_step: FeeStep;
  readonly reversal_step: ReversalStep;
}

/**
 * What to ask of Stripe next. The buyer comes first; the fee returns before the transfer is reversed, since the seller's
 * balance then has to cover only what they earned.
 */
export function nextStep({ status, fee_step, reversal_step }: Standing): 'fee' | 'reversal' | null {
  if (status !== 'pending' && status !== 'succeeded') return null;
  if (fee_step === 'waiting') return 'fee';
  if (fee_step === 'refused') return null;
  return reversal_step === 'waiting' ? 'reversal' : null;
}
