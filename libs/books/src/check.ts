import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock, Money } from '#kernel';
import { Ledger, LedgerVerification, PLATFORM } from '#ledger';
import { Transactions } from '#platform';
import { isOutOfReach, StripeApi } from '#stripe';
import { CrossCheck } from './cross-check.js';
import { LedgerComparison } from './ledger-comparison.js';
import { requestOptions } from './balance-transactions.stripe.js';
import { Mirror } from './mirror.js';
import { MirrorComparison } from './mirror-comparison.js';
import {
  accountName,
  type BooksLine,
  type BooksReport,
  type CheckOptions,
  type Difference,
  difference,
  findPartsOfTheBooks,
} from './report.js';
import { Suspense } from './suspense.js';

interface StripeBalance {
  readonly pending: bigint;
  readonly available: bigint;
}

/** Stripe's balance, and the mirror's sum at the same moment. */
type Reading = StripeBalance & { readonly mirrored: bigint };

/** A balance that moves while we read it is read again, so often. */
const TRIES = 3;

/** Whether ledger, mirror and Stripe agree, for every account and currency; and if not, which rows do not. */
@Injectable()
export class BooksCheck {
  constructor(
    private readonly transactions: Transactions,
    private readonly stripe: StripeApi,
    private readonly ledger: Ledger,
    private readonly verification: LedgerVerification,
    private readonly mirror: Mirror,
    private readonly comparison: MirrorComparison,
    private readonly ledgerComparison: LedgerComparison,
    private readonly crossCheck: CrossCheck,
    private readonly suspense: Suspense,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
  ) {}

  async run(options: CheckOptions = {}): Promise<BooksReport> {
    const differences: Difference[] = [];
    const notices: string[] = [];
    const balances = new Map<string, Reading>();
    const hidden = new Set<string>();
    const at = await this.now();
    const accounts = options.accounts ?? null;
    const wanted = accounts && new Set(accounts);
    const compared = (await this.accounts()).filter((account) => wanted?.has(account) ?? true);
    for (const stripeAccount of compared) {
      const read = await this.readAccount(stripeAccount, balances);
      if (read) differences.push(...(await this.comparison.differences(stripeAccount)));
      else hidden.add(stripeAccount);
    }
    for (const stripeAccount of await this.hiddenAccounts()) hidden.add(stripeAccount);
    for (const stripeAccount of [...hidden].sort())
      notices.push(`Stripe does not show us ${stripeAccount} any more, so it could not be compared.`);
    const graceMinutes = options.graceMinutes ?? 60;
    for (const part of findPartsOfTheBooks(this.discovery))
      differences.push(...((await part.invoke(graceMinutes, accounts)) as Difference[]));
    const shown = new Set(compared.filter((stripeAccount) => !hidden.has(stripeAccount)));
    const { lines, faults } = await this.withinTheDatabase(graceMinutes, balances, (account) =>
      accounts ? shown.has(account) : !hidden.has(account),
    );
    await this.note(compared, at);
    differences.push(...faults, ...lines.filter((line) => !line.agree).map(totalDifference));
    return { checkedAt: this.clock.now(), accounts, lines, differences, notices };
  }

  /** One snapshot for all of it: sales that are booked meanwhile are in every table, or in none. */
  private withinTheDatabase(
    graceMinutes: number,
    balances: ReadonlyMap<string, Reading>,
    isShown: (stripeAccount: string) => boolean,
  ): Promise<{ lines: BooksLine[]; faults: Difference[] }> {
    return this.transactions.run(async () => {
      await this.transactions.write(`set transaction isolation level repeatable read, read only`);
      const faults = [
        ...(await this.verification.faults()),
        ...(await this.ledgerComparison.differences()),
        ...(await this.crossCheck.differences(graceMinutes)),
        ...(await this.suspense.differences()),
      ];
      return { faults, lines: await this.lines(balances, isShown) };
    });
  }

  private async accounts(): Promise<string[]> {
    const rows = await this.transactions.query<{ stripe_account: string }>(
      `select stripe_account from books.accounts union select $1 order by 1`,
      [PLATFORM],
    );
    return rows.map((row) => row.stripe_account);
  }

  private async hiddenAccounts(): Promise<string[]> {
    const rows = await this.transactions.query<{ stripe_account: string }>(
      `select stripe_account from books.accounts where hidden_since is not null`,
    );
    return rows.map((row) => row.stripe_account);
  }

  private async now(): Promise<string> {
    const [row] = await this.transactions.query<{ now: string }>(`select now()::text as now`);
    return row!.now;
  }

  /** What moves after the check began is compared by the next one. */
  private async note(compared: readonly string[], at: string): Promise<void> {
    await this.transactions.query(
      `update books.accounts set compared_at = $2::timestamptz where stripe_account = any($1)`,
      [compared, at],
    );
  }

  /** Mirrors what is new, between two readings of the balance that agree. False where Stripe refuses to show it. */
  private async readAccount(stripeAccount: string, balances: Map<string, Reading>): Promise<boolean> {
    try {
      let before = await this.balance(stripeAccount);
      for (let attempt = 1; ; attempt++) {
        if (!(await this.mirror.pull(stripeAccount, { overlap: false }))) return false;
        const mirrored = await this.mirrored(stripeAccount);
        const after = await this.balance(stripeAccount);
        const still = [...after].every(([currency, amount]) => total(before.get(currency)) === total(amount));
        if (still || attempt === TRIES) {
          for (const [currency, amount] of after) {
            const reading = { ...amount, mirrored: mirrored.get(currency) ?? 0n };
            balances.set(`${stripeAccount} ${currency}`, reading);
          }
          return true;
        }
        before = after;
      }
    } catch (error) {
      if (isOutOfReach(error)) return false;
      throw error;
    }
  }

  private async mirrored(stripeAccount: string): Promise<Map<string, bigint>> {
    const rows = await this.transactions.query<{ currency: string; net: bigint }>(
      `select currency, sum(net)::bigint as net from books.balance_transactions where stripe_account = $1 group by currency`,
      [stripeAccount],
    );
    return new Map(rows.map((row) => [row.currency, row.net]));
  }

  private async balance(stripeAccount: string): Promise<Map<string, StripeBalance>> {
    const balance = await this.stripe.sdk.balance.retrieve({}, requestOptions(stripeAccount));
    const byCurrency = new Map<string, StripeBalance>();
    const add = (currency: string, part: Partial<StripeBalance>) => {
      const before = byCurrency.get(currency) ?? { pending: 0n, available: 0n };
      byCurrency.set(currency, { ...before, ...part });
    };
    for (const { amount, currency } of balance.pending) add(currency, { pending: BigInt(amount) });
    for (const { amount, currency } of balance.available) add(currency, { available: BigInt(amount) });
    return byCurrency;
  }

  private async lines(
    balances: ReadonlyMap<string, Reading>,
    isShown: (stripeAccount: string) => boolean,
  ): Promise<BooksLine[]> {
    const sums = await this.transactions.query<{ key: string; mirror: bigint; on_its_way: bigint }>(
      `select key, sum(mirror)::bigint as mirror, sum(on_its_way)::bigint as on_its_way from (
         select stripe_account || ' ' || currency as key, net as mirror, 0 as on_its_way from books.balance_transactions
         union all
         select stripe_account || ' ' || currency, 0, amount from books.entries
         where origin = 'prediction' and matched_at is null
         union all
         select stripe_account || ' ' || currency, 0, -amount from books.legs where state = 'waiting') each
       group by key`,
    );
    const ledger = new Map(
      (await this.ledger.stripeBalances()).map(({ stripeAccount, money }) => [
        `${stripeAccount} ${money.currency}`,
        money.amount,
      ]),
    );
    const mirrored = new Map(sums.map((row) => [row.key, row]));
    const keys = [...new Set([...ledger.keys(), ...mirrored.keys(), ...balances.keys()])].sort();
    return keys
      .filter((key) => isShown(key.split(' ')[0]!))
      .map((key) => {
        const [stripeAccount = '', currency = ''] = key.split(' ');
        const { mirror = 0n, on_its_way: onItsWay = 0n } = mirrored.get(key) ?? {};
        const stripe = balances.get(key) ?? { pending: 0n, available: 0n, mirrored: mirror };
        const posted = ledger.get(key) ?? 0n;
        return {
          stripeAccount,
          currency,
          ledger: posted,
          onItsWay,
          mirror,
          stripePending: stripe.pending,
          stripeAvailable: stripe.available,
          agree: posted - onItsWay === mirror && stripe.mirrored === total(stripe),
        };
      });
  }
}

function total(balance: StripeBalance | undefined): bigint {
  return (balance?.pending ?? 0n) + (balance?.available ?? 0n);
}

function totalDifference(line: BooksLine): Difference {
  const { stripeAccount, currency } = line;
  const words = (amount: bigint) => Money.of(amount, currency).format();
  const stripe = words(line.stripePending + line.stripeAvailable);
  return difference(
    'totals',
    `${stripeAccount} ${currency}`,
    line,
    `The totals of ${accountName(stripeAccount)} in ${currency.toUpperCase()} do not meet: the ledger says ${words(line.ledger)}${line.onItsWay ? ` (${words(line.onItsWay)} of it on its way)` : ''}, the mirror ${words(line.mirror)}, Stripe ${stripe}.`,
  );
}
