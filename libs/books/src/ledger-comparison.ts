import { Injectable } from '@nestjs/common';
import { Money } from '#kernel';
import { type Fingerprint, Ledger, type LedgerEffect } from '#ledger';
import { Transactions } from '#platform';
import { accountName, type Difference, difference } from './report.js';

/** The ledger beside the entries of the books: whatever moves a Stripe account is in both, or in neither. */
@Injectable()
export class LedgerComparison {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
  ) {}

  /** Equal fingerprints need no look at the rows; where two differ, the rows behind them are compared by name. */
  async differences(): Promise<Difference[]> {
    const key = (f: { stripeAccount: string; currency: string; kind: string }) =>
      `${f.stripeAccount} ${f.currency} ${f.kind}`;
    const digest = (f: Fingerprint | undefined) => (f ? `${f.count} ${f.amount} ${f.digest}` : '');
    const ledger = new Map((await this.ledger.fingerprints()).map((f) => [key(f), f]));
    const entries = new Map((await this.fingerprints()).map((f) => [key(f), f]));
    const found: Difference[] = [];
    for (const name of new Set([...ledger.keys(), ...entries.keys()])) {
      if (digest(ledger.get(name)) === digest(entries.get(name))) continue;
      found.push(...(await this.compareRows(ledger.get(name) ?? entries.get(name)!)));
    }
    return found;
  }

  private async compareRows(of: Fingerprint): Promise<Difference[]> {
    const posted = grouped(await this.ledger.effects(of));
    const expected = grouped(
      await this.transactions.query<LedgerEffect>(
        `select reference, amount, order_id as "orderId" from books.entries
         where stripe_account = $1 and currency = $2 and kind = $3`,
        [of.stripeAccount, of.currency, of.kind],
      ),
    );
    const references = [...new Set([...posted.keys(), ...expected.keys()])].sort();
    return references.flatMap((reference) => {
      const ledger = posted.get(reference) ?? [];
      const books = expected.get(reference) ?? [];
      if (ledger.length === 1 && books.length === 1 && same(ledger[0]!, books[0]!)) return [];
      const where = `on ${accountName(of.stripeAccount)}`;
      const said = (effects: LedgerEffect[]) =>
        effects.map((e) => words(e, of.currency)).join(' and ') || 'nothing';
      return [
        difference(
          'ledger_against_books',
          `${reference} ${of.stripeAccount} ${of.currency}`,
          of,
          ledger.length === 0
            ? `The ledger lacks ${reference} ${where}; the books say ${said(books)}.`
            : books.length === 0
              ? `The ledger holds ${reference} ${where} (${said(ledger)}), which the books do not know.`
              : `${reference} ${where} is ${said(ledger)} in the ledger and ${said(books)} in the books.`,
        ),
      ];
    });
  }

  private async fingerprints(): Promise<Fingerprint[]> {
    return this.transactions.query<Fingerprint>(
      `select stripe_account as "stripeAccount", currency, kind, count(*)::bigint as count, sum(amount)::bigint as amount,
              sum(hashtextextended(reference || ' ' || amount || ' ' || coalesce(order_id, ''), 0)::numeric)::text as digest
       from books.entries group by stripe_account, currency, kind`,
    );
  }
}

function grouped(effects: readonly LedgerEffect[]): Map<string, LedgerEffect[]> {
  const groups = new Map<string, LedgerEffect[]>();
  for (const effect of effects)
    groups.set(effect.reference, [...(groups.get(effect.reference) ?? []), effect]);
  return groups;
}

function same(left: LedgerEffect, right: LedgerEffect): boolean {
  return left.amount === right.amount && left.orderId === right.orderId;
}

function words({ amount, orderId }: LedgerEffect, currency: string): string {
  return Money.of(amount, currency).format() + (orderId ? ` for ${orderId}` : '');
}
