import { Injectable } from '@nestjs/common';
import { type Actor, newId } from '#kernel';
import { Audit } from '#audit';
import { type BooksLine, BooksCheck, type BooksReport, ComparisonTurns } from '#books';
import { PLATFORM } from '#ledger';
import {
  Cron,
  decodeCursor,
  JobHandler,
  Jobs,
  keyset,
  Log,
  type Page,
  pageOf,
  Transactions,
} from '#platform';

export interface RunView {
  readonly checkedAt: Date;
  readonly notices: string[];
  readonly differenceCount: number;
}

const PAGE_SIZE = 50;
const KEPT = '90 days';

/** Runs the books' check by schedule and keeps what it found until somebody has dealt with it. */
@Injectable()
export class Reconciliation {
  constructor(
    private readonly transactions: Transactions,
    private readonly booksCheck: BooksCheck,
    private readonly turns: ComparisonTurns,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly log: Log,
  ) {}

  /** The platform, the accounts whose difference may be gone by now, and those whose turn it is. */
  @Cron('reconciliation.check', '17 * * * *')
  async checkInTurn(): Promise<BooksReport> {
    const { limit } = this.turns;
    const accounts = [PLATFORM, ...(await this.thatDiffer(limit)), ...(await this.turns.next(limit))];
    return this.check({ accounts: [...new Set(accounts)].slice(0, limit + 1) });
  }

  @JobHandler('reconciliation.check-now')
  async checkAll(): Promise<BooksReport> {
    return this.check();
  }

  async check(options: { accounts?: readonly string[] } = {}): Promise<BooksReport> {
    const report = await this.booksCheck.run(options);
    await this.transactions.run(() => this.store(report));
    if (report.differences.length > 0)
      this.log.error('the books do not agree', { differences: report.differences.length });
    return report;
  }

  /** The worker checks soon; the page shows it when it is done. */
  async requestCheck(actor: Actor): Promise<void> {
    await this.transactions.run(async () => {
      await this.audit.write({ actor, action: 'books.check_requested', subject: 'books' });
      await this.jobs.add(
        'reconciliation.check-now',
        {},
        { key: 'reconciliation.check-now', maxAttempts: 3 },
      );
    });
  }

  async latest(): Promise<RunView | null> {
    const [row] = await this.transactions.query<RunView>(
      `select checked_at as "checkedAt", notices, difference_count as "differenceCount"
       from reconciliation.runs order by checked_at desc limit 1`,
    );
    return row ?? null;
  }

  /** What the latest check saw of each account and currency; those that do not agree first, then the platform. */
  async lines(cursorText?: string): Promise<Page<BooksLine>> {
    const cursor = decodeCursor(cursorText, ['whole', 'text', 'text']);
    const { where, orderBy, parameters } = keyset(['differs_first', 'stripe_account', 'currency'], cursor, 2);
    const rows = await this.transactions.query<BooksLine>(
      `select stripe_account as "stripeAccount", currency, ledger, on_its_way as "onItsWay", mirror,
              stripe_pending as "stripePending", stripe_available as "stripeAvailable", agree
       from reconciliation.lines where ${where} order by ${orderBy} limit $1`,
      [PAGE_SIZE + 1, ...parameters],
    );
    return pageOf(rows, PAGE_SIZE, cursor, (row) => [row.agree ? 0 : 1, row.stripeAccount, row.currency]);
  }

  /** At most half of what a check may compare: differences that stay must not keep other accounts from their turn. */
  private async thatDiffer(limit: number): Promise<string[]> {
    const rows = await this.transactions.query<{ stripe_account: string }>(
      `select stripe_account from reconciliation.differences
       where state <> 'closed' and stripe_account is not null
       group by stripe_account order by min(last_seen_at), stripe_account limit $1`,
      [Math.ceil(limit / 2)],
    );
    return rows.map((row) => row.stripe_account);
  }

  /** What is seen is open, unless it was explained; what is not seen any more where the check looked is closed. */
  private async store(report: BooksReport): Promise<void> {
    const { accounts, checkedAt, notices } = report;
    const differences = [
      ...new Map(report.differences.map((one) => [`${one.code} ${one.subject}`, one])).values(),
    ];
    await this.storeLines(report);
    await this.transactions.write(
      `insert into reconciliation.differences
         (id, code, subject, stripe_account, currency, sentence, state, first_seen_at, last_seen_at)
       select id, code, subject, "stripeAccount", currency, sentence, 'open', $2, $2
       from jsonb_to_recordset($1::jsonb) as d(id text, code text, subject text, "stripeAccount" text, currency text, sentence text)
       on conflict (code, subject) do update set sentence = excluded.sentence, last_seen_at = excluded.last_seen_at, closed_at = null,
         state = case differences.state when 'explained' then 'explained' else 'open' end`,
      [JSON.stringify(differences.map((one) => ({ ...one, id: newId('dif') }))), checkedAt],
    );
    await this.transactions.write(
      `update reconciliation.differences set state = 'closed', closed_at = $1
       where state <> 'closed' and last_seen_at < $1
         and ($2::text[] is null or stripe_account is null or stripe_account = any($2))`,
      [checkedAt, accounts],
    );
    await this.transactions.write(
      `insert into reconciliation.runs (id, checked_at, notices, difference_count)
       select $1, $2, $3, count(*) from reconciliation.differences where state <> 'closed'`,
      [newId('run'), checkedAt, JSON.stringify(notices)],
    );
    await this.transactions.write(
      `delete from reconciliation.runs where checked_at < $1::timestamptz - interval '${KEPT}'`,
      [checkedAt],
    );
  }

  private async storeLines({ accounts, lines, checkedAt }: BooksReport): Promise<void> {
    await this.transactions.write(
      `insert into reconciliation.lines
         (stripe_account, currency, ledger, on_its_way, mirror, stripe_pending, stripe_available, agree, checked_at)
       select "stripeAccount", currency, ledger, "onItsWay", mirror, "stripePending", "stripeAvailable", agree, $2
       from jsonb_to_recordset($1::jsonb) as l("stripeAccount" text, currency text, ledger bigint, "onItsWay" bigint,
         mirror bigint, "stripePending" bigint, "stripeAvailable" bigint, agree boolean)
       on conflict (stripe_account, currency) do update set ledger = excluded.ledger, on_its_way = excluded.on_its_way,
         mirror = excluded.mirror, stripe_pending = excluded.stripe_pending,
         stripe_available = excluded.stripe_available, agree = excluded.agree, checked_at = excluded.checked_at`,
      // JSON numbers lose digits past 2^53.
      [
        JSON.stringify(lines, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
        checkedAt,
      ],
    );
    await this.transactions.write(
      `delete from reconciliation.lines
       where checked_at < $1 and ($2::text[] is null or stripe_account = any($2))`,
      [checkedAt, accounts],
    );
  }
}
