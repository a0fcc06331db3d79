import { Body, Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { Money } from '#kernel';
import type { BooksLine } from '#books';
import type { Page } from '#platform';
import { Differences, type DifferenceView, Reconciliation } from '#reconciliation';
import { AdminOnly } from '../auth/index.js';
import { csvOf, PageQuery, type RequestViewer, Viewer } from '../http/index.js';
import { BookDto, BooksQuery, ExplainDto } from './books.dto.js';

interface BooksBody {
  readonly checkedAt: Date;
  readonly agree: boolean;
  readonly differenceCount: number;
  readonly notices: readonly string[];
}

interface AccountBody {
  readonly stripeAccount: string;
  readonly agree: boolean;
  readonly ledger: Money;
  readonly onItsWay: Money;
  readonly balanceTransactions: Money;
  readonly stripePending: Money;
  readonly stripeAvailable: Money;
}

/** The latest check of the books and the queue of differences, for programs. */
@AdminOnly()
@Controller('api/v1/admin/books')
export class AdminBooksApi {
  constructor(
    private readonly reconciliation: Reconciliation,
    private readonly queue: Differences,
  ) {}

  /** Null before the first check. */
  @Get()
  async latest(): Promise<{ check: BooksBody | null }> {
    const run = await this.reconciliation.latest();
    if (!run) return { check: null };
    const { checkedAt, differenceCount, notices } = run;
    return { check: { checkedAt, agree: differenceCount === 0, differenceCount, notices } };
  }

  /** The columns that must meet, by account and currency, as of the latest check; those that do not agree first. */
  @Get('accounts')
  async accounts(@Query() { cursor }: PageQuery): Promise<Page<AccountBody>> {
    const page = await this.reconciliation.lines(cursor);
    return { ...page, items: page.items.map(accountBody) };
  }

  /** Asks for a check now; it runs in the worker. */
  @HttpCode(202)
  @Post('checks')
  async check(@Viewer() { actor }: RequestViewer): Promise<{ status: 'requested' }> {
    await this.reconciliation.requestCheck(actor);
    return { status: 'requested' };
  }

  @Get('differences')
  differences(@Query() { state, cursor }: BooksQuery): Promise<Page<DifferenceView>> {
    return this.queue.page(state ?? 'open', cursor);
  }

  @HttpCode(200)
  @Post('differences/:id/explain')
  explain(
    @Viewer() { actor }: RequestViewer,
    @Param('id') id: string,
    @Body() { note }: ExplainDto,
  ): Promise<DifferenceView> {
    return this.queue.explain(actor, id, note);
  }

  /** Takes what is in suspense out of it, by a posting. */
  @HttpCode(200)
  @Post('differences/:id/book')
  book(
    @Viewer() { actor }: RequestViewer,
    @Param('id') id: string,
    @Body() { account, note }: BookDto,
  ): Promise<DifferenceView> {
    return this.queue.book(actor, id, account, note);
  }

  /** Puts what was booked back into suspense, by the reverse posting. */
  @HttpCode(200)
  @Post('differences/:id/take-back')
  takeBack(
    @Viewer() { actor }: RequestViewer,
    @Param('id') id: string,
    @Body() { note }: ExplainDto,
  ): Promise<DifferenceView> {
    return this.queue.takeBack(actor, id, note);
  }
}

/** The differences as a file. */
@AdminOnly()
@Controller('admin')
export class AdminBooksCsv {
  constructor(private readonly differences: Differences) {}

  @Get('differences.csv')
  csv(@Query() { state }: BooksQuery): Promise<StreamableFile> {
    return csvOf('differences', this.differences.all(state ?? 'open'), {
      id: ({ id }) => id,
      state: (one) => one.state,
      account: ({ stripeAccount }) => stripeAccount,
      currency: ({ currency }) => currency,
      difference: ({ sentence }) => sentence,
      code: ({ code }) => code,
      subject: ({ subject }) => subject,
      first_seen_at: ({ firstSeenAt }) => firstSeenAt,
      last_seen_at: ({ lastSeenAt }) => lastSeenAt,
      closed_at: ({ closedAt }) => closedAt,
      note: ({ note }) => note,
      explained_by: ({ explainedBy }) => explainedBy,
    });
  }
}

function accountBody(line: BooksLine): AccountBody {
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
}
