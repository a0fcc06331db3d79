import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { Money } from '#kernel';
import type { Page } from '#platform';
import { type DifferenceView, Reconciliation } from '#reconciliation';
import { AdminOnly } from '../auth/index.js';
import { type RequestViewer, Viewer } from '../http/index.js';
import { BooksQuery, ExplainDto } from './books.dto.js';

interface BooksBody {
  readonly checkedAt: Date;
  readonly agree: boolean;
  readonly differenceCount: number;
  readonly notices: readonly string[];
  readonly accounts: readonly {
    readonly stripeAccount: string;
    readonly agree: boolean;
    readonly ledger: Money;
    readonly onItsWay: Money;
    readonly balanceTransactions: Money;
    readonly stripePending: Money;
    readonly stripeAvailable: Money;
  }[];
}

/** The latest check of the books and the queue of differences, for programs. */
@AdminOnly()
@Controller('api/v1/admin/books')
export class AdminBooksApi {
  constructor(private readonly reconciliation: Reconciliation) {}

  /** Null before the first check. */
  @Get()
  async latest(): Promise<{ check: BooksBody | null }> {
    const run = await this.reconciliation.latest();
    if (!run) return { check: null };
    const { checkedAt, differenceCount, notices, lines } = run;
    const accounts = lines.map((line) => {
      const money = (amount: bigint) => Money.of(amount, line.currency);
      return {
        stripeAccount: line.stripeAccount,
        agree: line.agree,
        ledger: money(line.ledger),
        onItsWay: money(line.onItsWay),
        balanceTransactions: money(line.mirror),
        stripePending: money(line.stripePending),
        stripeAvailable: money(line.stripeAvailable),
      };
    });
    return { check: { checkedAt, agree: differenceCount === 0, differenceCount, notices, accounts } };
  }

  /** Asks for a check now; it runs in the worker. */
  @HttpCode(202)
  @Post('checks')
  async check(): Promise<{ status: 'requested' }> {
    await this.reconciliation.requestCheck();
    return { status: 'requested' };
  }

  @Get('differences')
  differences(@Query() { state, after }: BooksQuery): Promise<Page<DifferenceView>> {
    return this.reconciliation.page(state ?? 'open', after);
  }

  @HttpCode(200)
  @Post('differences/:id/explain')
  explain(
    @Viewer() { actor }: RequestViewer,
    @Param('id') id: string,
    @Body() { note }: ExplainDto,
  ): Promise<DifferenceView> {
    return this.reconciliation.explain(actor, id, note);
  }
}

const columns = [
  'id', 'state', 'account', 'currency', 'difference', 'code', 'subject', 'first_seen_at', 'last_seen_at', 'closed_at', 'note',
  'explained_by',
]; // prettier-ignore

@AdminOnly()
@Controller('admin')
export class AdminBooksCsv {
  constructor(private readonly reconciliation: Reconciliation) {}

  @Get('differences.csv')
  csv(@Query() { state }: BooksQuery): StreamableFile {
    const rows = Readable.from(this.reconciliation.all(state ?? 'open')).map((one: DifferenceView) => [
      one.id,
      one.state,
      one.stripeAccount ?? '',
      one.currency ?? '',
      one.sentence,
      one.code,
      one.subject,
      one.firstSeenAt.toISOString(),
      one.lastSeenAt.toISOString(),
      one.closedAt?.toISOString() ?? '',
      one.note ?? '',
      one.explainedBy ?? '',
    ]);
    return new StreamableFile(rows.pipe(stringify({ header: true, columns, escape_formulas: true })), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="differences.csv"',
    });
  }
}
