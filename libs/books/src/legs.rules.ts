import { accounts, PLATFORM } from '#ledger';

/** A balance transaction as the mirror keeps it; amounts in minor units of `currency`. */
export interface MirrorRow {
  readonly id: string;
  readonly type: string;
  readonly reportingCategory: string;
  readonly sourceId: string | null;
  readonly currency: string;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  /** Stripe's decimal, as text; null where no currency was converted. */
  readonly exchangeRate: string | null;
  readonly description: string | null;
  readonly created: Date;
  readonly availableOn: Date;
  readonly status: 'pending' | 'available';
  readonly fees: readonly { readonly type: string; readonly amount: bigint }[];
}

export interface Leg {
  /** `gross`, `returned`, or the type of a fee. */
  readonly part: string;
  /** Signed: how it moves the account's balance; the legs of a transaction sum to its net. */
  readonly amount: bigint;
  /** predicted: an entry of ours is awaited · an account: booked against it by rule · null: no rule knows it. */
  readonly rule: 'predicted' | { readonly against: string; readonly kind: string } | null;
}

/** Types that answer something we did, and the part of it that they are. Source: Stripe's balance transaction types. */
const predicted: Readonly<Record<string, string>> = {
  charge: 'gross',
  payment: 'gross',
  transfer: 'gross',
  application_fee: 'gross',
  refund: 'gross',
  payment_refund: 'gross',
  refund_failure: 'returned',
  payment_failure_refund: 'returned',
  transfer_refund: 'gross',
  payout: 'gross',
  payout_failure: 'returned',
  payout_cancel: 'returned',
};

/** Types that happen without us, and the account each is booked against. */
const byRule: Readonly<Record<string, string>> = {
  stripe_fee: accounts.stripeFees,
  stripe_fx_fee: accounts.stripeFees,
  tax_fee: accounts.stripeFees,
  network_cost: accounts.stripeFees,
  // After 180 days Stripe settles a seller's negative balance with the platform's money.
  connect_collection_transfer: accounts.collections,
  topup: accounts.topups,
  topup_reversal: accounts.topups,
  reserve_transaction: accounts.reserves,
  reserve_hold: accounts.reserves,
  reserve_release: accounts.reserves,
  reserved_funds: accounts.reserves,
  payout_minimum_balance_hold: accounts.reserves,
  payout_minimum_balance_release: accounts.reserves,
};

/** Kinds of fee that Stripe itself keeps, taxes on them included. */
const stripesFees = new Set(['stripe_fee', 'tax', 'payment_method_passthrough_fee']);

/**
 * On the account that paid the fee Stripe shows its refund as an `adjustment` of the category `fee`, elsewhere by its own
 * type. Its source is the refund (`fr_…`) or the fee. docs.stripe.com/reports/reporting-categories
 */
function isFeeRefund({ type, reportingCategory, sourceId }: MirrorRow): boolean {
  const about = /^(fr|fee)_/.test(sourceId ?? '');
  return type === 'application_fee_refund' || (type === 'adjustment' && reportingCategory === 'fee' && about);
}

/** By which id an entry of ours awaits it: its source, except where Stripe names the fee for every refund of that fee. */
export function awaitedAs(row: MirrorRow, stripeAccount: string): string | null {
  return stripeAccount === PLATFORM && isFeeRefund(row) ? row.id : row.sourceId;
}

/** The parts of a transaction that is older than the books. */
export function openingLegsOf(row: MirrorRow): Leg[] {
  return legsOf(row).map((leg) => ({ ...leg, rule: { against: accounts.opening, kind: 'opening' } }));
}

/** A balance transaction in its parts: what moved, and each kind of fee that was taken from it. */
export function legsOf(row: MirrorRow): Leg[] {
  const legs: Leg[] = [];
  const part = isFeeRefund(row) ? 'gross' : predicted[row.type];
  const against = byRule[row.type];
  if (row.amount !== 0n) {
    const rule = part ? 'predicted' : against ? { against, kind: row.type } : null;
    legs.push({ part: part ?? 'gross', amount: row.amount, rule });
  }
  const fees = new Map<string, bigint>();
  for (const { type, amount } of row.fees) fees.set(type, (fees.get(type) ?? 0n) + amount);
  for (const [type, amount] of fees) {
    if (amount === 0n) continue;
    const rule =
      type === 'application_fee'
        ? 'predicted'
        : stripesFees.has(type)
          ? { against: accounts.stripeFees, kind: 'stripe_fee' }
          : null;
    legs.push({ part: type, amount: -amount, rule });
  }
  return legs;
}

/**
 * Whether a converted amount is the presented one at Stripe's rate, up to one minor unit of Stripe's own rounding.
 * `rate` converts major units (docs: amount × exchange_rate for currencies with equal decimals); `presentedDigits` and
 * `settledDigits` are the currencies' decimals.
 */
export function isConversionOf(
  presented: bigint,
  presentedDigits: number,
  settled: bigint,
  settledDigits: number,
  rate: string,
): boolean {
  const [whole = '0', decimals = ''] = rate.split('.');
  const scaled = BigInt(whole + decimals);
  const numerator = presented * scaled * 10n ** BigInt(settledDigits);
  const denominator = 10n ** BigInt(decimals.length + presentedDigits);
  const off = numerator - settled * denominator;
  return (off < 0n ? -off : off) <= denominator;
}
