import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { BooksLine } from '#books';
import { type DifferenceState, Reconciliation } from '#reconciliation';
import { Sellers } from '#sellers';
import { AdminOnly } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  type RequestViewer,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import { BooksQuery, ExplainDto } from './books.dto.js';
import { BooksPage, type BooksPageData, DifferencePage } from './books.views.js';

/** Whether the books agree, and the queue of what does not. */
@AdminOnly()
@Controller('admin/books')
export class AdminBooksPages {
  constructor(
    private readonly reconciliation: Reconciliation,
    private readonly sellers: Sellers,
  ) {}

  @Get()
  async page(@PageFrame() frame: PageFrameData, @Query() { state, after }: BooksQuery) {
    return <BooksPage {...await this.data(frame, state ?? 'open', after)} />;
  }

  @Post('check')
  async check() {
    await this.reconciliation.requestCheck();
    return seeOther('/admin/books', {
      tone: 'waiting',
      text: 'The books are being checked. Reload this page in a moment to see the result.',
    });
  }

  @Get('differences/:id')
  async difference(@PageFrame() frame: PageFrameData, @Param('id') id: string) {
    return <DifferencePage frame={frame} difference={await this.reconciliation.byId(id)} />;
  }

  @Post('differences/:id/explain')
  explain(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('id') id: string,
    @Body() body: unknown,
  ) {
    return withForm(
      ExplainDto,
      body,
      async ({ note }) => {
        await this.reconciliation.explain(actor, id, note);
        return seeOther('/admin/books?state=explained', {
          tone: 'good',
          text: 'Your explanation was saved.',
        });
      },
      async (errors, typed) => {
        const difference = await this.reconciliation.byId(id);
        return <DifferencePage frame={frame} difference={difference} errors={errors} typed={typed} />;
      },
    );
  }

  private async data(frame: PageFrameData, state: DifferenceState, after?: string): Promise<BooksPageData> {
    const [run, differences, counts] = await Promise.all([
      this.reconciliation.latest(),
      this.reconciliation.page(state, after),
      this.reconciliation.countByState(),
    ]);
    return { frame, run, state, differences, counts, names: await this.names(run?.lines ?? []) };
  }

  private async names(lines: readonly BooksLine[]): Promise<Map<string, string>> {
    const wanted = new Set(lines.map((line) => line.stripeAccount));
    const accounts = (await this.sellers.stripeAccounts()).filter((one) => wanted.has(one.stripeAccount));
    const sellers = await this.sellers.byIds(accounts.map((one) => one.sellerId));
    return new Map(
      accounts.map(({ stripeAccount, sellerId }) => [
        stripeAccount,
        sellers.get(sellerId)?.name ?? stripeAccount,
      ]),
    );
  }
}
