import { Money } from '#kernel';
import { accounts, type LedgerTransaction } from '#ledger';
import type { Leg, MirrorRow } from './legs.rules.js';
import type { Entry } from './matching.js';

/** A leg with what it is a part of. */
export type OwnLeg = Leg & {
  readonly row: MirrorRow;
  readonly stripeAccount: string;
  readonly sourceId: string | null;
};

export function referenceOf({ rule, row, part }: OwnLeg): string {
  if (rule === null) return `suspense:${row.id}:${part}`;
  const kind = rule === 'predicted' ? part : rule.kind;
  return part === 'gross' ? `${kind}:${row.id}` : `${kind}:${row.id}:${part}`;
}

/** What the ledger posts for a leg that no prediction is awaited for: against the rule's account, else against suspense. */
export function ruleTransaction(leg: OwnLeg): LedgerTransaction {
  const { rule, row, stripeAccount, amount } = leg;
  const other = rule === null || rule === 'predicted' ? accounts.suspense : rule.against;
  const own = accounts.stripe(stripeAccount);
  const money = Money.of(amount < 0n ? -amount : amount, row.currency);
  return {
    reference: referenceOf(leg),
    kind: kindOf(leg),
    occurredAt: row.created,
    postings: [amount < 0n ? { from: own, to: other, money } : { from: other, to: own, money }],
  };
}

export function ruleEntry(leg: OwnLeg): Entry {
  return {
    reference: referenceOf(leg),
    kind: kindOf(leg),
    origin: leg.rule === null ? 'suspense' : 'rule',
    stripeAccount: leg.stripeAccount,
    sourceId: null,
    part: leg.part,
    money: Money.of(leg.amount, leg.row.currency),
    orderId: null,
    sellerId: null,
    occurredAt: leg.row.created,
  };
}

function kindOf({ rule }: OwnLeg): string {
  return rule === null || rule === 'predicted' ? 'suspense' : rule.kind;
}
