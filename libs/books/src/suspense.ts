import { Injectable } from '@nestjs/common';
import { DomainError, InvariantError, Money } from '#kernel';
import { accounts, Ledger } from '#ledger';
import { Transactions } from '#platform';
import { accountName, type Difference, difference } from './report.js';

/** Where a person may book what no rule knew. No balance at Stripe or a bank: those are not ours to say. */
export const suspenseTargets = [
  accounts.adjustments,
  accounts.stripeFees,
  accounts.connectFees,
  accounts.collections,
  accounts.topups,
  accounts.reserves,
  accounts.conversion,
  accounts.buyers,
] as const;
export type SuspenseTarget = (typeof suspenseTargets)[number];

/** One part of one balance transaction. */
export interface LegName {
  readonly stripeAccount: string;
  readonly transactionId: string;
  readonly part: string;
}

/** What no rule knows: booked against suspense so that the totals meet, and named until a person books it elsewhere. */
@Injectable()
export class Suspense {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Moves one part out of suspense by a posting, in the caller's transaction, and answers how it moved the Stripe account.
   * `time` is 1, and more where it was booked and taken back before. Throws `not_in_suspense`.
   */
  async book(leg: LegName, target: SuspenseTarget, time: number, at: Date): Promise<Money> {
    const moved = await this.moveLeg(leg, 'unknown', 'booked');
    if (!moved)
      throw new DomainError(
        'not_in_suspense',
        'conflict',
        'This is not in suspense: somebody has booked it already, or it is a difference of another kind.',
      );
    await this.post('suspense_booked', leg, time, at, target, accounts.suspense, moved);
    return moved;
  }

  /** The reverse posting of that booking: the part is in suspense again. */
  async takeBack(leg: LegName, target: SuspenseTarget, time: number, at: Date): Promise<Money> {
    const moved = await this.moveLeg(leg, 'booked', 'unknown');
    if (!moved) throw new InvariantError(`${leg.transactionId} ${leg.part} is not booked`);
    await this.post('suspense_taken_back', leg, time, at, accounts.suspense, target, moved);
    return moved;
  }

  private async moveLeg(
    { stripeAccount, transactionId, part }: LegName,
    from: 'unknown' | 'booked',
    to: 'unknown' | 'booked',
  ): Promise<Money | null> {
    const [leg] = await this.transactions.write<{ currency: string; amount: bigint }>(
      `update books.legs set state = $5
       where stripe_account = $1 and transaction_id = $2 and part = $3 and state = $4 returning currency, amount`,
      [stripeAccount, transactionId, part, from, to],
    );
    return leg ? Money.of(leg.amount, leg.currency) : null;
  }

  /** A negative amount goes the other way: postings are positive. */
  private post(
    kind: string,
    { transactionId, part }: LegName,
    time: number,
    occurredAt: Date,
    from: string,
    to: string,
    money: Money,
  ): Promise<unknown> {
    const posting = money.isNegative ? { from: to, to: from, money: money.negated() } : { from, to, money };
    const reference = `${kind}:${transactionId}:${part}${time === 1 ? '' : `:${time}`}`;
    return this.ledger.post({ reference, kind, occurredAt, postings: [posting] });
  }

  async differences(): Promise<Difference[]> {
    const rows = await this.transactions.query<{
      account: string;
      id: string;
      part: string;
      type: string;
      currency: string;
      amount: bigint;
    }>(
      `select l.stripe_account as account, l.transaction_id as id, l.part, b.type, l.currency, l.amount
       from books.legs l
       join books.balance_transactions b on b.stripe_account = l.stripe_account and b.id = l.transaction_id
       where l.state = 'unknown' order by b.created`,
    );
    const each = rows.map((row) =>
      difference(
        'suspense',
        `${row.account} ${row.id} ${row.part}`,
        { stripeAccount: row.account, currency: row.currency },
        `No rule knows Stripe's ${row.type} ${row.id} of ${accountName(row.account)} (${Money.of(row.amount, row.currency).format()}): it is in suspense until somebody books it.`,
      ),
    );
    return [...each, ...(await this.totals(rows))];
  }

  /** The account holds what is named above, and nothing that was taken out of the list without a posting. */
  private async totals(waiting: readonly { currency: string; amount: bigint }[]): Promise<Difference[]> {
    const held = new Map(
      (await this.ledger.balances(accounts.suspense)).map((money) => [money.currency, money.amount]),
    );
    const named = new Map<string, bigint>();
    for (const { currency, amount } of waiting) named.set(currency, (named.get(currency) ?? 0n) - amount);
    return [...new Set([...held.keys(), ...named.keys()])]
      .filter((currency) => (held.get(currency) ?? 0n) !== (named.get(currency) ?? 0n))
      .map((currency) =>
        difference(
          'suspense_total',
          currency,
          { currency },
          `Suspense holds ${Money.of(held.get(currency) ?? 0n, currency).format()}, what is in it adds up to ${Money.of(named.get(currency) ?? 0n, currency).format()}.`,
        ),
      );
  }
}
