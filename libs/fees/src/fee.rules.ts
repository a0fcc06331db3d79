import { currencyFacts, DomainError, Money } from '#kernel';

/** A percentage in basis points (1000 is 10 %) and a fixed part, of every sale in one currency. */
export interface FeeRule {
  readonly id: string;
  readonly percentBps: number;
  readonly fixed: Money;
}

/**
 * The platform's cut of `base`: the percentage, half up, plus the fixed part; never more than the base. Rounded down to
 * what the currency can be charged in (docs.stripe.com/currencies#special-cases).
 */
export function applicationFee(rule: FeeRule, base: Money): Money {
  const raw = base.percent(BigInt(rule.percentBps)).plus(rule.fixed);
  const capped = raw.compare(base) > 0 ? base : raw;
  const { step } = currencyFacts(base.currency);
  return Money.of(capped.amount - (capped.amount % step), base.currency);
}

export interface NewFeeRule {
  readonly currency: string;
  readonly percentBps: number;
  readonly fixed: Money;
  /** From when on; null is at once. A rule for the past would change what was sold already. */
  readonly validFrom: Date | null;
  readonly note: string;
}

/** How far a date of “now” may lie back: the time a form takes to arrive. */
const GRACE_MS = 60_000;

/** The moment the rule begins. Throws `fee_rule_invalid` with a sentence per field. */
export function checkedStart(rule: NewFeeRule, now: Date): Date {
  const { step } = currencyFacts(rule.currency);
  const fields: Record<string, string> = {};
  if (!Number.isInteger(rule.percentBps) || rule.percentBps < 0 || rule.percentBps > 10_000)
    fields['percentBps'] = 'Enter a percentage from 0 to 100 with at most two decimals.';
  if (rule.fixed.currency !== rule.currency || rule.fixed.isNegative || rule.fixed.amount % step !== 0n)
    fields['fixed'] = `Enter an amount in ${rule.currency.toUpperCase()} that is not negative.`;
  if (rule.note.length > 500) fields['note'] = 'Keep the note under 500 characters.';
  const start = rule.validFrom ?? now;
  if (start.getTime() < now.getTime() - GRACE_MS)
    fields['validFrom'] = 'Choose a moment in the future: the past keeps the rules it was sold under.';
  if (Object.keys(fields).length > 0)
    throw new DomainError('fee_rule_invalid', 'invalid', 'Some fields need your attention.', fields);
  return start;
}
