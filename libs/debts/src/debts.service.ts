import { Injectable } from '@nestjs/common';
import { Audit } from '#audit';
import { type Actor, Clock, DomainError, InvariantError, Money, newId } from '#kernel';
import { decodeCursor, keyset, type Page, pageOf, Transactions } from '#platform';
import { debtStates, type DebtStatus } from './debt.states.js';
import { nextTry } from './retry.rules.js';

export interface DebtView {
  readonly id: string;
  readonly sellerId: string;
  readonly stripeAccount: string;
  readonly orderId: string;
  /** What it stands for: a refund's id. */
  readonly cause: string;
  readonly amount: Money;
  readonly status: DebtStatus;
  /** Stripe's words at the last try. */
  readonly lastError: string;
  readonly tries: number;
  readonly nextTryAt: Date;
  readonly writtenOffReason: string | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

export interface NewDebt {
  readonly sellerId: string;
  readonly stripeAccount: string;
  readonly orderId: string;
  readonly cause: string;
  readonly amount: Money;
  readonly error: string;
}

export interface DebtFilter {
  readonly status?: DebtStatus | undefined;
  readonly sellerId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number;
}

type Row = Omit<DebtView, 'amount'> & { readonly minor: bigint; readonly currency: string };

const columns = `id, seller_id as "sellerId", stripe_account as "stripeAccount", order_id as "orderId", cause,
  amount as minor, currency, status, last_error as "lastError", tries, next_try_at as "nextTryAt",
  written_off_reason as "writtenOffReason", created_at as "createdAt", settled_at as "settledAt"`;

/** What sellers owe. Who takes money back opens a debt where it was refused, tries when it is due, and says how it went. */
@Injectable()
export class Debts {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** In a transaction. For a cause that is owed already: one more try that failed. Answers how the debt stands. */
  async owe(debt: NewDebt): Promise<DebtStatus> {
    const now = this.clock.now();
    const known = await this.lock('cause', debt.cause);
    if (known) {
      await this.transactions.write(
        `update debts.debts set last_error = $2, tries = tries + 1, next_try_at = $3 where id = $1`,
        [known.id, debt.error, nextTry(known.tries + 1, now)],
      );
      return known.status;
    }
    await this.transactions.write(
      `insert into debts.debts (id, seller_id, stripe_account, order_id, cause, currency, amount, status, last_error,
         next_try_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9, $10)`,
      [
        newId('dbt'), debt.sellerId, debt.stripeAccount, debt.orderId, debt.cause, debt.amount.currency,
        debt.amount.amount, debt.error, nextTry(1, now), now,
      ], // prettier-ignore
    );
    return 'pending';
  }

  /** In a transaction: the money came back. Does nothing where nothing is owed for this cause. */
  async recover(cause: string): Promise<void> {
    const debt = await this.lock('cause', cause);
    if (!debt || !debtStates.can(debt.status, 'recover')) return;
    await this.settle(debt, debtStates.move(debt.status, 'recover'));
  }

  /**
   * Gives the debt up: the platform bears it. In the caller's transaction, with what it stood for.
   * Throws `debt_not_found`, and `state_conflict` where it is settled.
   */
  async writeOff(actor: Actor, id: string, reason: string): Promise<DebtView> {
    requireAdmin(actor);
    const debt = await this.lock('id', id);
    if (!debt) throw DomainError.notFound('debt');
    const status = debtStates.move(debt.status, 'write_off');
    await this.transactions.write(`update debts.debts set written_off_reason = $2 where id = $1`, [
      id,
      reason,
    ]);
    await this.settle(debt, status);
    const { cause, sellerId } = debt;
    await this.audit.write({
      actor,
      action: 'debt.written_off',
      subject: id,
      after: { cause, sellerId, amount: debt.minor, currency: debt.currency },
      reason,
    });
    return (await this.byId(id))!;
  }

  async byId(id: string): Promise<DebtView | null> {
    const [row] = await this.transactions.query<Row>(`select ${columns} from debts.debts where id = $1`, [
      id,
    ]);
    return row ? view(row) : null;
  }

  /** Causes whose next try is due, longest waiting first. */
  async due(limit: number): Promise<string[]> {
    const rows = await this.transactions.query<{ cause: string }>(
      `select cause from debts.debts where status = 'pending' and next_try_at <= $1 order by next_try_at limit $2`,
      [this.clock.now(), limit],
    );
    return rows.map((row) => row.cause);
  }

  /** Causes that one seller owes for now, oldest first. */
  async owedBy(sellerId: string): Promise<DebtView[]> {
    const rows = await this.transactions.query<Row>(
      `select ${columns} from debts.debts where seller_id = $1 and status = 'pending' order by created_at, id limit 100`,
      [sellerId],
    );
    return rows.map(view);
  }

  /** For admins, newest first. */
  async page(actor: Actor, filter: DebtFilter): Promise<Page<DebtView>> {
    requireAdmin(actor);
    const limit = filter.limit ?? 50;
    const cursor = decodeCursor(filter.cursor, ['time', 'text']);
    const conditions: string[] = [];
    const parameters: unknown[] = [limit + 1];
    for (const [column, value] of [
      ['status', filter.status],
      ['seller_id', filter.sellerId],
    ] as const) {
      if (value !== undefined) conditions.push(`${column} = $${parameters.push(value)}`);
    }
    const set = keyset(['created_at', 'id'], cursor, parameters.length + 1);
    const rows = await this.transactions.query<Row>(
      `select ${columns} from debts.debts where ${[...conditions, set.where].join(' and ')}
       order by ${set.orderBy} limit $1`,
      [...parameters, ...set.parameters],
    );
    const page = pageOf(rows, limit, cursor, (row) => [row.createdAt.toISOString(), row.id]);
    return { ...page, items: page.items.map(view) };
  }

  private async lock(column: 'id' | 'cause', value: string): Promise<Row | null> {
    const [row] = await this.transactions.write<Row>(
      `select ${columns} from debts.debts where ${column} = $1 for update`,
      [value],
    );
    return row ?? null;
  }

  private async settle(debt: Row, status: DebtStatus): Promise<void> {
    if (status === 'pending') throw new InvariantError(`debt ${debt.id} can't be settled as pending`);
    await this.transactions.write(`update debts.debts set status = $2, settled_at = $3 where id = $1`, [
      debt.id,
      status,
      this.clock.now(),
    ]);
  }
}

function requireAdmin(actor: Actor): void {
  if (actor.kind !== 'user' || !actor.isAdmin)
    throw new DomainError('admin_only', 'forbidden', 'Only admins of the marketplace decide about debts.');
}

function view({ minor, currency, ...row }: Row): DebtView {
  return { ...row, amount: Money.of(minor, currency) };
}
