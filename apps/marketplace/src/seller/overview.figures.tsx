import { TO_SEND_COUNTED_UP_TO } from '#reports';
import {
  barsByDay,
  Card,
  ChartWithTable,
  EmptyState,
  formatDay,
  Grid,
  Money,
  Stack,
  StatTile,
  Table,
} from '../ui/index.js';
import type { ShopOverviewBody, ShopSales } from './shop-overview.js';

type Props = { sellerId: string; figures: ShopOverviewBody };

/** How the shop sells, and what it runs out of. */
export const ShopFigures = ({ sellerId, figures }: Props) => (
  <Stack>
    {figures.sales.length === 0 ? (
      <Card title="Sales of the last 30 days">
        <EmptyState title="Nothing was sold in the last 30 days" icon="chart">
          As soon as a buyer pays, your sales appear here by day.
        </EmptyState>
      </Card>
    ) : (
      figures.sales.map((sales) => <Sales key={sales.currency} sales={sales} />)
    )}
    {figures.runsLow.length > 0 && <RunsLow sellerId={sellerId} listings={figures.runsLow} />}
  </Stack>
);

/** What waits for the shop's people, and what they have earned. */
export const ShopTiles = ({ sellerId, figures }: Props) => {
  const { sales, toSend, waitingSince, nextPayouts } = figures;
  const desk = `/seller/${sellerId}`;
  return (
    <Grid>
      <StatTile
        label="Orders to send"
        href={`${desk}/orders?status=paid`}
        value={toSend < TO_SEND_COUNTED_UP_TO ? toSend : `${TO_SEND_COUNTED_UP_TO} or more`}
        hint={waitingSince ? `The oldest is from ${formatDay(waitingSince)}` : 'Nothing waits for you'}
      />
      {sales.map(({ currency, sold, refunded }) => (
        <StatTile
          key={currency}
          label="Sold in the last 30 days"
          value={<Money {...sold} />}
          hint={
            refunded.isZero
              ? 'Before fees; nothing was refunded'
              : `Before fees; ${refunded.format()} went back`
          }
        />
      ))}
      {nextPayouts.length === 0 && (
        <StatTile
          label="Next payout"
          href={`${desk}/balance`}
          value="None"
          hint="Nothing is ready to be paid out"
        />
      )}
      {nextPayouts.map(({ day, money }) => (
        <StatTile
          key={money.currency}
          label="Next payout"
          href={`${desk}/balance`}
          value={<Money {...money} />}
          hint={`Should leave Stripe on ${formatDay(new Date(day))}`}
        />
      ))}
    </Grid>
  );
};

const Sales = ({ sales: { currency, days } }: { sales: ShopSales }) => {
  const name = currency.toUpperCase();
  return (
    <Card
      title={`Sales by day, ${name}`}
      subtitle="What buyers paid and what went back to them, before fees."
    >
      <ChartWithTable
        chart={barsByDay({
          label: `Sales and refunds by day in ${name}`,
          currency,
          days: days.map(({ day }) => day),
          series: [
            { name: 'Sales', amounts: days.map(({ sold }) => sold.amount) },
            { name: 'Refunds', amounts: days.map(({ refunded }) => -refunded.amount) },
          ],
        })}
      />
    </Card>
  );
};

const RunsLow = ({ sellerId, listings }: { sellerId: string; listings: ShopOverviewBody['runsLow'] }) => (
  <Card title="Stock that runs low" flush>
    <Table
      caption="Listings with a variant of which at most two pieces are left"
      hideCaption
      rows={[...listings]}
      keyOf={({ listingId }) => listingId}
      columns={[
        {
          header: 'Listing',
          rowHeader: true,
          cell: ({ listingId, title }) => <a href={`/seller/${sellerId}/listings/${listingId}`}>{title}</a>,
        },
        {
          header: 'Left of its scarcest variant',
          align: 'end',
          cell: ({ left }) => (left === 0 ? 'Sold out' : left),
        },
      ]}
    />
  </Card>
);
