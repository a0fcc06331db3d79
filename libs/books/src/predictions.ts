import { Money } from '#kernel';
import { accounts, type LedgerTransaction, PLATFORM } from '#ledger';

interface Common {
  readonly orderId: string | null;
  readonly sellerId: string | null;
  readonly occurredAt: Date;
}

/**
 * What we expect Stripe to do with money; amounts are greater than zero, except that of a payout that is negative: then
 * Stripe fetches from the bank what the balance lacks. `account` is the seller's `acct_…`.
 */
export type Prediction = Common &
  (
    | { kind: 'charge'; chargeId: string; gross: Money }
    | { kind: 'transfer'; transferId: string; destinationPaymentId: string; account: string; gross: Money }
    | { kind: 'application_fee'; feeId: string; destinationPaymentId: string; account: string; amount: Money }
    | { kind: 'refund'; refundId: string; amount: Money }
    | { kind: 'refund_failure'; refundId: string; amount: Money }
    | {
        kind: 'application_fee_refund';
        feeRefundId: string;
        /** Of the platform's side, `txn_…`; null while Stripe has not told it, as with a reversal. */
        balanceTransaction: string | null;
        feeId: string;
        account: string;
        amount: Money;
      }
    | {
        kind: 'transfer_reversal';
        reversalId: string;
        transferId: string;
        /** Null while Stripe has not told it; expecting the same reversal again with it completes the entry. */
        destinationPaymentRefundId: string | null;
        account: string;
        amount: Money;
      }
    /** `account` null: the platform's own payout. */
    | { kind: 'payout'; payoutId: string; account: string | null; amount: Money }
    | { kind: 'payout_failure'; payoutId: string; account: string | null; amount: Money }
  );

/** Which part of which of Stripe's objects an entry or a leg is about. */
export interface LegKey {
  readonly stripeAccount: string;
  readonly sourceId: string | null;
  readonly part: string;
}

export interface PredictedEntry extends LegKey {
  /** Signed: how it moves that account's balance. */
  readonly money: Money;
  /** Another id that Stripe may name as the source; then the amount decides which of several it is. */
  readonly alias?: string;
}

/** A prediction as what the ledger posts and as what each Stripe account will show. */
export function plan(prediction: Prediction): { transaction: LedgerTransaction; entries: PredictedEntry[] } {
  const { id, money, from, to, entries } = shape(prediction);
  const { kind, occurredAt, orderId, sellerId } = prediction;
  return {
    transaction: {
      reference: `${kind}:${id}`,
      kind,
      occurredAt,
      orderId,
      sellerId,
      postings: [{ from, to, money }],
    },
    entries,
  };
}

function shape(p: Prediction): {
  id: string;
  money: Money;
  from: string;
  to: string;
  entries: PredictedEntry[];
} {
  const { buyers, stripe, bank } = accounts;
  const platform = stripe(PLATFORM);
  switch (p.kind) {
    case 'charge':
      return {
        id: p.chargeId,
        money: p.gross,
        from: buyers,
        to: platform,
        entries: [entry(PLATFORM, p.chargeId, p.gross)],
      };
    case 'transfer':
      return {
        id: p.transferId,
        money: p.gross,
        from: platform,
        to: stripe(p.account),
        entries: [
          entry(PLATFORM, p.transferId, p.gross.negated()),
          entry(p.account, p.destinationPaymentId, p.gross),
        ],
      };
    case 'application_fee':
      return {
        id: p.feeId,
        money: p.amount,
        from: stripe(p.account),
        to: platform,
        entries: [
          entry(PLATFORM, p.feeId, p.amount),
          // The seller's side is a fee of the payment that the transfer made there.
          entry(p.account, p.destinationPaymentId, p.amount.negated(), 'application_fee'),
        ],
      };
    case 'refund':
      return {
        id: p.refundId,
        money: p.amount,
        from: platform,
        to: buyers,
        entries: [entry(PLATFORM, p.refundId, p.amount.negated())],
      };
    case 'refund_failure':
      return {
        id: p.refundId,
        money: p.amount,
        from: buyers,
        to: platform,
        entries: [entry(PLATFORM, p.refundId, p.amount, 'returned')],
      };
    case 'application_fee_refund':
      return {
        id: p.feeRefundId,
        money: p.amount,
        from: platform,
        to: stripe(p.account),
        entries: [
          // Stripe may name the fee as its source, and a fee can have several refunds: so it is known by itself.
          entry(PLATFORM, p.balanceTransaction, p.amount.negated()),
          { ...entry(p.account, p.feeRefundId, p.amount), alias: p.feeId },
        ],
      };
    case 'transfer_reversal':
      return {
        id: p.reversalId,
        money: p.amount,
        from: stripe(p.account),
        to: platform,
        entries: [
          entry(PLATFORM, p.reversalId, p.amount),
          entry(p.account, p.destinationPaymentRefundId, p.amount.negated()),
        ],
      };
    case 'payout': {
      const account = p.account ?? PLATFORM;
      return {
        id: p.payoutId,
        ...moved(p.amount, stripe(account), bank(account)),
        entries: [entry(account, p.payoutId, p.amount.negated())],
      };
    }
    case 'payout_failure': {
      const account = p.account ?? PLATFORM;
      return {
        id: p.payoutId,
        ...moved(p.amount, bank(account), stripe(account)),
        entries: [entry(account, p.payoutId, p.amount, 'returned')],
      };
    }
  }
}

/** Postings are positive: a negative amount goes the other way. */
function moved(amount: Money, from: string, to: string): { money: Money; from: string; to: string } {
  return amount.isNegative ? { money: amount.negated(), from: to, to: from } : { money: amount, from, to };
}

function entry(stripeAccount: string, sourceId: string | null, money: Money, part = 'gross'): PredictedEntry {
  return { stripeAccount, sourceId, part, money };
}
