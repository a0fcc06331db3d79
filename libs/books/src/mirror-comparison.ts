import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Money } from '#kernel';
import { Transactions } from '#platform';
import type { MirrorRow } from './legs.rules.js';
import { toRow } from './balance-transactions.stripe.js';
import { Mirror } from './mirror.js';
import { accountName, type Difference, difference } from './report.js';

const PAGE = 100;

interface Kept {
  readonly id: string;
  readonly type: string;
  readonly source_id: string | null;
  readonly currency: string;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  readonly status: string;
  readonly available_on: Date;
  readonly created: Date;
}

/** The mirror beside Stripe's own list, row by row. */
@Injectable()
export class MirrorComparison {
  constructor(
    private readonly transactions: Transactions,
    private readonly mirror: Mirror,
  ) {}

  async differences(stripeAccount: string): Promise<Difference[]> {
    const found: Difference[] = [];
    const seen = new Set<string>();
    // Ours are read before Stripe's list, and Stripe's only from our cursor on: what happens meanwhile is in neither.
    const ours = await this.ours(stripeAccount);
    const [cursor] = await this.transactions.query<{ newest_id: string | null }>(
      `select newest_id from books.accounts where stripe_account = $1`,
      [stripeAccount],
    );
    let mirrored = !cursor?.newest_id;
    let page: Stripe.BalanceTransaction[] = [];
    for await (const transaction of this.mirror.list(stripeAccount, {})) {
      seen.add(transaction.id);
      mirrored ||= transaction.id === cursor?.newest_id;
      if (!mirrored) continue;
      page.push(transaction);
      if (page.length < PAGE) continue;
      found.push(...(await this.page(stripeAccount, page)));
      page = [];
    }
    found.push(...(await this.page(stripeAccount, page)));
    return [...found, ...strange(stripeAccount, ours, seen)];
  }

  private async page(stripeAccount: string, page: Stripe.BalanceTransaction[]): Promise<Difference[]> {
    if (page.length === 0) return [];
    const rows = await this.transactions.query<Kept>(
      `select id, type, source_id, currency, amount, fee, net, status, available_on, created
       from books.balance_transactions where stripe_account = $1 and id = any($2)`,
      [stripeAccount, page.map(({ id }) => id)],
    );
    const kept = new Map(rows.map((row) => [row.id, row]));
    const becameAvailable: string[] = [];
    const found = page.flatMap((transaction) => {
      const stripes = toRow(transaction);
      const ours = kept.get(transaction.id);
      const name = `${stripes.type} ${stripes.id} of ${accountName(stripeAccount)}`;
      if (!ours) {
        const net = Money.of(stripes.net, stripes.currency).format();
        return [
          difference(
            'mirror_missing',
            `${stripeAccount} ${stripes.id}`,
            { stripeAccount, currency: stripes.currency },
            `The mirror lacks the ${name} (${net}), which Stripe lists.`,
          ),
        ];
      }
      if (ours.status === 'pending' && stripes.status === 'available') becameAvailable.push(ours.id);
      const changed = changes(ours, stripes);
      if (changed.length === 0) return [];
      return [
        difference(
          'mirror_altered',
          `${stripeAccount} ${stripes.id}`,
          { stripeAccount, currency: stripes.currency },
          `The mirror's ${name} is not what Stripe says: ${changed.join('; ')}.`,
        ),
      ];
    });
    await this.mirror.becameAvailable(stripeAccount, becameAvailable);
    return found;
  }

  private ours(stripeAccount: string): Promise<Ours[]> {
    return this.transactions.query<Ours>(
      `select id, min(type) as type, min(currency) as currency, count(*)::int as copies
       from books.balance_transactions where stripe_account = $1 group by id`,
      [stripeAccount],
    );
  }
}

interface Ours {
  readonly id: string;
  readonly type: string;
  readonly currency: string;
  readonly copies: number;
}

/** Rows of the mirror that Stripe does not list, and rows that are there twice. */
function strange(stripeAccount: string, ours: readonly Ours[], seen: ReadonlySet<string>): Difference[] {
  return ours
    .filter((row) => row.copies > 1 || !seen.has(row.id))
    .map(({ id, type, currency, copies }) => {
      const name = `${type} ${id} of ${accountName(stripeAccount)}`;
      const [code, sentence] =
        copies > 1
          ? ['mirror_doubled', `The mirror holds the ${name} ${copies} times.`]
          : ['mirror_strange', `The mirror holds the ${name}, which Stripe does not list.`];
      return difference(code!, `${stripeAccount} ${id}`, { stripeAccount, currency }, sentence!);
    });
}

function changes(ours: Kept, stripes: MirrorRow): string[] {
  const money = (amount: bigint, currency: string) => Money.of(amount, currency).format();
  const told: [string, string, string][] = [
    ['type', ours.type, stripes.type],
    ['source', ours.source_id ?? 'none', stripes.sourceId ?? 'none'],
    ['amount', money(ours.amount, ours.currency), money(stripes.amount, stripes.currency)],
    ['fee', money(ours.fee, ours.currency), money(stripes.fee, stripes.currency)],
    ['net', money(ours.net, ours.currency), money(stripes.net, stripes.currency)],
    ['created', ours.created.toISOString(), stripes.created.toISOString()],
    ['available on', ours.available_on.toISOString(), stripes.availableOn.toISOString()],
  ];
  // Pending may have become available since; the other way round is a change.
  if (ours.status === 'available') told.push(['status', ours.status, stripes.status]);
  return told
    .filter(([, mine, theirs]) => mine !== theirs)
    .map(([field, mine, theirs]) => `${field} ${mine} instead of ${theirs}`);
}
