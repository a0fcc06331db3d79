import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Differences, Reconciliation } from '#reconciliation';
import { Sellers } from '#sellers';
import { AdminOnly } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  type SeeOther,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import { BookDto, BooksQuery, ExplainDto } from './books.dto.js';
import { DifferencePage } from './books.difference.js';
import { BooksPage, type BooksPageData } from './books.views.js';

/** Whether the books agree, and the queue of what does not. */
@AdminOnly()
@Controller('admin/books')
export class AdminBooksPages {
  constructor(
    private readonly reconciliation: Reconciliation,
    private readonly differences: Differences,
    private readonly sellers: Sellers,
  ) {}

  @Get()
  async page(@PageFrame() frame: PageFrameData, @Query() query: BooksQuery) {
    return <BooksPage {...await this.data(frame, query)} />;
  }

  @Post('check')
  async check(@Viewer() { actor }: RequestViewer) {
    await this.reconciliation.requestCheck(actor);
    return seeOther('/admin/books', {
      tone: 'waiting',
      text: 'The books are being checked. Reload this page in a moment to see the result.',
    });
  }

  @Get('differences/:id')
  async difference(@PageFrame() frame: PageFrameData, @Param('id') id: string) {
    return <DifferencePage frame={frame} difference={await this.differences.byId(id)} />;
  }

  @Post('differences/:id/explain')
  explain(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('id') id: string,
    @Body() body: unknown,
  ) {
    return this.decide(frame, id, ExplainDto, body, async ({ note }) => {
      await this.differences.explain(actor, id, note);
      return seeOther('/admin/books?state=explained', { tone: 'good', text: 'Your explanation was saved.' });
    });
  }

  @Post('differences/:id/book')
  book(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('id') id: string,
    @Body() body: unknown,
  ) {
    return this.decide(frame, id, BookDto, body, async ({ account, note }) => {
      await this.differences.book(actor, id, account, note);
      return seeOther(`/admin/books/differences/${id}`, { tone: 'good', text: 'It was booked.' });
    });
  }

  @Post('differences/:id/take-back')
  takeBack(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('id') id: string,
    @Body() body: unknown,
  ) {
    return this.decide(frame, id, ExplainDto, body, async ({ note }) => {
      await this.differences.takeBack(actor, id, note);
      return seeOther(`/admin/books/differences/${id}`, { tone: 'good', text: 'It is in suspense again.' });
    });
  }

  /** The page's forms: what is refused is told on the page itself. */
  private decide<T extends ExplainDto>(
    frame: PageFrameData,
    id: string,
    dto: new () => T,
    body: unknown,
    work: (form: T) => Promise<SeeOther>,
  ) {
    return withForm(dto, body, work, async (errors, typed) => {
      const difference = await this.differences.byId(id);
      return <DifferencePage frame={frame} difference={difference} errors={errors} typed={typed} />;
    });
  }

  private async data(frame: PageFrameData, query: BooksQuery): Promise<BooksPageData> {
    const { state = 'open', cursor, accounts } = query;
    const [run, lines, differences, counts] = await Promise.all([
      this.reconciliation.latest(),
      this.reconciliation.lines(accounts),
      this.differences.page(state, cursor),
      this.differences.countPresent(),
    ]);
    const names = await this.sellers.namesByStripeAccount(lines.items.map((line) => line.stripeAccount));
    return { frame, run, lines, state, differences, counts, names, place: query };
  }
}
