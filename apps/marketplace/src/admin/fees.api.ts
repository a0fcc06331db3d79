import { Body, Controller, Get, Headers, Post, Query, type StreamableFile } from '@nestjs/common';
import { Fees, type FeeRuleView } from '#fees';
import { Clock } from '#kernel';
import { IdempotencyKeys, type Page } from '#platform';
import { DailyFigures, FeesEarned, type FeesEarnedRow } from '#reports';
import { AdminOnly } from '../auth/index.js';
import { csvOf, daysAgo, everyPage, type RequestViewer, Viewer } from '../http/index.js';
import { FeeRuleBody, FeeRulesQuery, FeesEarnedQuery, periodOf, ruleOfBody } from './fees.dto.js';

/** Fee rules, and what they earned, for programs. */
@AdminOnly()
@Controller('api/v1/admin')
export class AdminFeesApi {
  constructor(
    private readonly fees: Fees,
    private readonly earned: FeesEarned,
    private readonly figures: DailyFigures,
    private readonly idempotency: IdempotencyKeys,
    private readonly clock: Clock,
  ) {}

  /** Versions of all rules, by the date they begin, newest first. */
  @Get('fee-rules')
  rules(@Query() { currency, cursor }: FeeRulesQuery): Promise<Page<FeeRuleView>> {
    return this.fees.page({ currency, cursor });
  }

  /** A new version; what was sold before it begins keeps its rule. */
  @Post('fee-rules')
  create(
    @Viewer() { actor }: RequestViewer,
    @Body() body: FeeRuleBody,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<FeeRuleView> {
    return this.idempotency.once({ actor, route: 'POST fee-rules', key, body }, () =>
      this.fees.create(actor, ruleOfBody(body)),
    );
  }

  /** By day, seller and currency, newest day first; the last 30 days unless others are named. */
  @Get('fees-earned')
  async feesEarned(@Query() query: FeesEarnedQuery): Promise<Page<FeesEarnedRow>> {
    const filter = earnedFilter(query, await this.figures.newestDay(this.clock.now()));
    return this.earned.page({ ...filter, cursor: query.cursor });
  }
}

/** The same as files. */
@AdminOnly()
@Controller('admin')
export class AdminFeesCsv {
  constructor(
    private readonly fees: Fees,
    private readonly earned: FeesEarned,
    private readonly figures: DailyFigures,
    private readonly clock: Clock,
  ) {}

  @Get('fees.csv')
  rules(@Query() { currency }: FeeRulesQuery): Promise<StreamableFile> {
    const rows = everyPage((cursor) => this.fees.page({ currency, cursor, limit: 500 }));
    return csvOf('fee-rules', rows, {
      id: ({ id }) => id,
      currency: (rule) => rule.currency,
      percent: ({ percentBps }) =>
        `${Math.trunc(percentBps / 100)}.${String(percentBps % 100).padStart(2, '0')}`,
      fixed: ({ fixed }) => fixed,
      valid_from: ({ validFrom }) => validFrom,
      state: ({ state }) => state,
      created_by: ({ createdBy }) => createdBy,
      created_at: ({ createdAt }) => createdAt,
      note: ({ note }) => note,
    });
  }

  @Get('fees/earned.csv')
  async feesEarned(@Query() query: FeesEarnedQuery): Promise<StreamableFile> {
    const filter = earnedFilter(query, await this.figures.newestDay(this.clock.now()));
    return csvOf('fees-earned', this.earned.all(filter), {
      day: ({ day }) => day,
      seller_id: ({ sellerId }) => sellerId,
      seller: ({ seller }) => seller,
      stripe_account: ({ stripeAccount }) => stripeAccount,
      currency: ({ fees }) => fees.currency,
      orders: ({ orders }) => orders,
      fees: ({ fees }) => fees,
      returned: ({ returned }) => returned,
      kept: ({ kept }) => kept,
    });
  }
}

/** What page, file and API ask the report for. */
export function earnedFilter(query: FeesEarnedQuery, now: Date) {
  const { from, to } = periodOf(query, daysAgo(now, 29), daysAgo(now, 0));
  return { from, to, sellerId: query.seller, currency: query.currency };
}
