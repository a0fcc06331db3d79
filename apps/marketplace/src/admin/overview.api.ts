import { Controller, Get, Query } from '@nestjs/common';
import { Clock, Money } from '#kernel';
import { Attention, type AttentionCounts, DailyFigures } from '#reports';
import { daysAgo } from '../http/index.js';
import { AdminOnly } from '../auth/index.js';
import { PeriodQuery, periodOf } from './fees.dto.js';

interface DailyBody {
  readonly currency: string;
  readonly days: readonly {
    readonly day: string;
    readonly sales: Money;
    readonly refunds: Money;
    readonly fees: Money;
    readonly feesReturned: Money;
  }[];
}

/** What waits for a person, and sales and fees by day, for programs. */
@AdminOnly()
@Controller('api/v1/admin')
export class AdminOverviewApi {
  constructor(
    private readonly attention: Attention,
    private readonly figures: DailyFigures,
    private readonly clock: Clock,
  ) {}

  @Get('attention')
  counts(): Promise<AttentionCounts> {
    return this.attention.counts();
  }

  /** The last 30 days unless others are named. */
  @Get('daily-figures')
  async daily(@Query() query: PeriodQuery): Promise<{ items: DailyBody[] }> {
    const now = await this.figures.newestDay(this.clock.now());
    const { from, to } = periodOf(query, daysAgo(now, 29), daysAgo(now, 0));
    const series = await this.figures.between(from, to);
    const items = series.map(({ currency, days, sales, refunds, fees, feesReturned }) => ({
      currency,
      days: days.map((day, at) => ({
        day,
        sales: Money.of(sales[at]!, currency),
        refunds: Money.of(refunds[at]!, currency),
        fees: Money.of(fees[at]!, currency),
        feesReturned: Money.of(feesReturned[at]!, currency),
      })),
    }));
    return { items };
  }
}
