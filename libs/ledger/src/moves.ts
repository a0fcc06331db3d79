import { InvariantError } from '#kernel';
import { shardOf, stripeAccountOf } from './accounts.js';
import type { LedgerTransaction } from './ledger.types.js';

interface Move {
  readonly account: string;
  readonly currency: string;
  readonly shard: number;
  readonly amount: bigint;
}

/** How each posting moves its two accounts. */
export function movesOf({ reference, postings }: LedgerTransaction): Move[] {
  return postings.flatMap(({ from, to, money: { amount, currency } }) => [
    { account: from, currency, shard: shardOf(from, reference), amount: -amount },
    { account: to, currency, shard: shardOf(to, reference), amount },
  ]);
}

/** What a transaction does to each Stripe account and currency, as one figure each. */
export function effectsOf(
  transaction: LedgerTransaction,
): { stripe_account: string; currency: string; shard: number; amount: bigint }[] {
  const effects = new Map<
    string,
    { stripe_account: string; currency: string; shard: number; amount: bigint }
  >();
  for (const { account, currency, shard, amount } of movesOf(transaction)) {
    const stripeAccount = stripeAccountOf(account);
    if (stripeAccount === null) continue;
    const key = `${stripeAccount} ${currency}`;
    const before = effects.get(key)?.amount ?? 0n;
    effects.set(key, { stripe_account: stripeAccount, currency, shard, amount: before + amount });
  }
  return [...effects.values()];
}

export function assertSound({ reference, postings }: LedgerTransaction): void {
  if (postings.length === 0) throw new InvariantError(`${reference} has no postings`);
  for (const { from, to, money } of postings) {
    if (money.amount <= 0n) throw new InvariantError(`${reference}: a posting must be greater than zero`);
    if (from === to) throw new InvariantError(`${reference}: ${from} can't pay itself`);
  }
}
