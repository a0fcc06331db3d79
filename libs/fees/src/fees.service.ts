import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { type Actor, Clock, DomainError, Money, newId } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';
import { checkedStart, type FeeRule, type NewFeeRule } from './fee.rules.js';

export interface FeeRuleView extends FeeRule {
  readonly currency: string;
  readonly validFrom: Date;
  readonly state: 'in_force' | 'upcoming' | 'past';
  readonly note: string;
  /** `user usr_…`, or `system` for the rules that came with the program. */
  readonly createdBy: string;
  readonly createdAt: Date;
}

interface Row {
  readonly id: string;
  readonly currency: string;
  readonly percent_bps: number;
  readonly fixed_amount: bigint;
  readonly valid_from: Date;
  readonly note: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly newest: boolean;
}

/** Versions of what the platform takes, one in force per currency. */
@Injectable()
export class Fees {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Throws `fee_rule_missing` for a currency nobody made a rule for. */
  async ruleInForce(currency: string, at: Date): Promise<FeeRule> {
    const rule = (await this.rulesInForce([currency], at)).get(currency);
    if (rule) return rule;
    throw new DomainError(
      'fee_rule_missing',
      'conflict',
      `Nothing can be sold in ${currency.toUpperCase()} yet. Ask the marketplace to set its fee for this currency.`,
    );
  }

  /** By currency; those without a rule are missing from the answer. */
  async rulesInForce(currencies: readonly string[], at: Date): Promise<Map<string, FeeRule>> {
    const rows = await this.transactions.query<Row>(
      `select distinct on (currency) * from fees.rules
       where currency = any($1) and valid_from <= $2 order by currency, valid_from desc`,
      [currencies, at],
    );
    return new Map(
      rows.map(({ id, currency, percent_bps, fixed_amount }) => [
        currency,
        { id, percentBps: percent_bps, fixed: Money.of(fixed_amount, currency) },
      ]),
    );
  }

  /** A new version from a date on. Throws `fee_rule_invalid`, and `fee_rule_exists` for a second at the same moment. */
  async create(actor: Actor, input: NewFeeRule): Promise<FeeRuleView> {
    requireAdmin(actor);
    const now = this.clock.now();
    const start = checkedStart(input, now);
    return this.transactions.run(async () => {
      const [row] = await this.transactions.write<Row>(
        `insert into fees.rules (id, currency, percent_bps, fixed_amount, valid_from, note, created_by)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (currency, valid_from) do nothing returning *`,
        [
          newId('fee'),
          input.currency,
          input.percentBps,
          input.fixed.amount,
          start,
          input.note,
          `user ${actor.userId}`,
        ],
      );
      if (!row) {
        throw DomainError.field(
          'validFrom',
          'fee_rule_exists',
          'Another rule for this currency begins at that moment. Choose another one.',
        );
      }
      const { currency, percentBps, fixed, note } = input;
      await this.audit.write({
        actor,
        action: 'fee_rule.created',
        subject: row.id,
        after: { currency, percentBps, fixed: fixed.amount, validFrom: start },
        reason: note,
      });
      return view({ ...row, newest: true }, now);
    });
  }

  /** Newest first by the date they begin. */
  async page(filter: {
    currency?: string | undefined;
    cursor?: string | undefined;
    limit?: number;
  }): Promise<Page<FeeRuleView>> {
    const limit = filter.limit ?? 50;
    const now = this.clock.now();
    const cursor = decodeCursor(filter.cursor, ['time', 'text']);
    const set = keyset(['valid_from', 'id'], cursor, 4);
    const rows = await this.transactions.query<Row>(
      `select r.*, not exists (
         select from fees.rules later
         where later.currency = r.currency and later.valid_from > r.valid_from and later.valid_from <= $2) as newest
       from fees.rules r where ($1::text is null or currency = $1) and ${set.where}
       order by ${set.orderBy} limit $3`,
      [filter.currency ?? null, now, limit + 1, ...set.parameters],
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.valid_from.toISOString(), row.id]);
    return { ...page, items: page.items.map((row) => view(row, now)) };
  }
}

function requireAdmin(actor: Actor): asserts actor is Extract<Actor, { kind: 'user' }> {
  if (actor.kind !== 'user' || !actor.isAdmin)
    throw new DomainError('admin_only', 'forbidden', 'Only admins of the marketplace can change its fees.');
}

function view(row: Row, now: Date): FeeRuleView {
  return {
    id: row.id,
    currency: row.currency,
    percentBps: row.percent_bps,
    fixed: Money.of(row.fixed_amount, row.currency),
    validFrom: row.valid_from,
    state: row.valid_from > now ? 'upcoming' : row.newest ? 'in_force' : 'past',
    note: row.note,
    createdBy: row.created_by,
    createdAt: row.created_at,
  };
}
