import { Controller, Get } from '@nestjs/common';
import { Clock, Money } from '#kernel';
import { Attention, type AttentionCounts, DailyFigures, type DailySeries } from '#reports';
import { AdminOnly } from '../auth/index.js';
import { daysAgo, PageFrame, type PageFrameData } from '../http/index.js';
import {
  barsByDay,
  ButtonLink,
  Card,
  ChartWithTable,
  EmptyState,
  formatMoney,
  Grid,
  Notice,
  SectionHead,
  Stack,
  StatTile,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { deskCounts, waiting } from './overview.words.js';

const DAYS = 30;

/** What an admin sees first: what waits for a person, then how sales and fees go. */
@AdminOnly()
@Controller('admin')
export class AdminOverviewPages {
  constructor(
    private readonly attention: Attention,
    private readonly figures: DailyFigures,
    private readonly clock: Clock,
  ) {}

  @Get()
  async overview(@PageFrame() frame: PageFrameData) {
    const now = await this.figures.newestDay(this.clock.now());
    const [counts, series] = await Promise.all([
      this.attention.counts(),
      this.figures.between(daysAgo(now, DAYS - 1), daysAgo(now, 0)),
    ]);
    return <OverviewPage frame={frame} counts={counts} series={series} />;
  }
}

const OverviewPage = (props: { frame: PageFrameData; counts: AttentionCounts; series: DailySeries[] }) => (
  <AdminDesk
    frame={props.frame}
    current="overview"
    title="Overview"
    subtitle="What needs a person, and how the marketplace does."
    counts={deskCounts(props.counts)}
  >
    <Waiting counts={props.counts} />
    {props.series.length === 0 ? (
      <Card title="Sales and fees">
        <EmptyState title="Nothing was sold in the last 30 days" icon="chart">
          As soon as a buyer pays, sales and fees appear here by day.
        </EmptyState>
      </Card>
    ) : (
      props.series.map((one) => <Currency key={one.currency} series={one} />)
    )}
  </AdminDesk>
);

const Waiting = ({ counts }: { counts: AttentionCounts }) => {
  const found = waiting(counts);
  if (found.length === 0)
    return (
      <Notice tone="good" title="Nothing waits for you">
        Payouts, events, refunds and the books are in order.
      </Notice>
    );
  return (
    <Stack>
      {found.map(({ tone, title, sentence, href, button }) => (
        <Notice
          key={title}
          tone={tone}
          title={title}
          action={
            <ButtonLink href={href} small>
              {button}
            </ButtonLink>
          }
        >
          {sentence}
        </Notice>
      ))}
    </Stack>
  );
};

const Currency = ({ series }: { series: DailySeries }) => {
  const { currency, days, sales, refunds, fees, feesReturned } = series;
  const total = (amounts: bigint[]) =>
    Money.of(
      amounts.reduce((sum, amount) => sum + amount, 0n),
      currency,
    );
  const code = currency.toUpperCase();
  const kept = fees.map((fee, at) => fee - (feesReturned[at] ?? 0n));
  return (
    <Stack>
      <SectionHead
        title={`Last 30 days in ${code}`}
        action={<a href={`/admin/fees/earned?currency=${currency}`}>Fees by day and seller</a>}
      />
      <Grid>
        <StatTile label="Sales" value={total(sales).format()} hint="What buyers paid" />
        <StatTile label="Refunds" value={total(refunds).format()} hint="What went back to buyers" />
        <StatTile
          label="Fees kept"
          value={formatMoney(total(kept).amount, currency)}
          hint={`${total(feesReturned).format()} was given back`}
        />
      </Grid>
      <Card title={`Sales by day, ${code}`}>
        <ChartWithTable
          chart={barsByDay({
            label: `Sales and refunds by day in ${code}`,
            currency,
            days,
            series: [
              { name: 'Sales', amounts: sales },
              { name: 'Refunds', amounts: refunds.map((amount) => -amount) },
            ],
          })}
        />
      </Card>
      <Card title={`Fees by day, ${code}`}>
        <ChartWithTable
          chart={barsByDay({
            label: `Fees earned and given back by day in ${code}`,
            currency,
            days,
            series: [
              { name: 'Earned', amounts: fees },
              { name: 'Given back', amounts: feesReturned.map((amount) => -amount) },
            ],
          })}
        />
      </Card>
    </Stack>
  );
};
