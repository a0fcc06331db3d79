import { Controller, Get, Param, Query } from '@nestjs/common';
import { type CurrencyBalance, type SellerBalance, SellerBalances, scheduleWords } from '#payouts';
import { Sellers } from '#sellers';
import { SellerMember } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  PageQuery,
  pagerOf,
  type RequestViewer,
  Viewer,
} from '../http/index.js';
import {
  ButtonLink,
  Card,
  ChartWithTable,
  DateTime,
  EmptyState,
  formatDay,
  Grid,
  lineForecast,
  Money,
  MoneyCell,
  Notice,
  Pager,
  Stack,
  StatTile,
  Table,
} from '../ui/index.js';
import { lineColumns } from '../shared/payouts.parts.js';
import { SellerDesk } from './seller-desk.js';

/** What a seller has at Stripe, when it reaches the bank, and what stands in the way. */
@SellerMember()
@Controller('seller/:sellerId/balance')
export class SellerBalancePages {
  constructor(
    private readonly balances: SellerBalances,
    private readonly sellers: Sellers,
  ) {}

  @Get()
  async balance(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('sellerId') sellerId: string,
    @Query() { cursor }: PageQuery,
  ) {
    const seller = await this.sellers.requireMember(actor, sellerId);
    const [balance, activity] = await Promise.all([
      this.balances.of(actor, sellerId),
      this.balances.activity(actor, sellerId, cursor),
    ]);
    const path = `/seller/${sellerId}/balance`;
    return (
      <SellerDesk
        frame={frame}
        seller={seller}
        current="balance"
        title="Balance"
        subtitle="What you have at Stripe, and when it reaches your bank."
      >
        {balance.holds.map((hold) => (
          <Notice
            key={`${hold.code} ${hold.currency}`}
            tone={hold.code === 'manual' ? 'neutral' : 'attention'}
          >
            {hold.sentence}
          </Notice>
        ))}
        {balance.currencies.length === 0 ? (
          <NothingYet sellerId={sellerId} onboarded={balance.stripeAccount !== null} />
        ) : (
          balance.currencies.map((one) => <Currency key={one.currency} one={one} balance={balance} />)
        )}
        {activity.items.length > 0 && (
          <Card title="Everything that moved it" flush>
            <Table
              caption="Movements, newest first"
              hideCaption
              columns={lineColumns((orderId) => `/seller/${sellerId}/orders/${orderId}`)}
              rows={activity.items}
              keyOf={(line) => line.id}
            />
          </Card>
        )}
        <Pager {...pagerOf(path, {}, activity)} />
        {balance.mirroredAt && (
          <p class="muted">
            As Stripe told us at <DateTime at={balance.mirroredAt} />.
          </p>
        )}
      </SellerDesk>
    );
  }
}

const NothingYet = ({ sellerId, onboarded }: { sellerId: string; onboarded: boolean }) =>
  onboarded ? (
    <EmptyState title="Nothing here yet" icon="bank">
      Money appears here with your first paid order.
    </EmptyState>
  ) : (
    <EmptyState
      title="Set up payouts first"
      icon="bank"
      action={<ButtonLink href={`/seller/${sellerId}`}>Go to the overview</ButtonLink>}
    >
      Stripe needs to know who you are and where to send your money. After that your balance appears here.
    </EmptyState>
  );

const Currency = ({ one, balance }: { one: CurrencyBalance; balance: SellerBalance }) => {
  const { currency, available, pending, pendingByDay, forecast } = one;
  const [next] = forecast.payouts;
  const name = currency.toUpperCase();
  return (
    <Card
      title={name}
      {...(balance.schedule && { subtitle: `Paid out: ${scheduleWords(balance.schedule)}.` })}
    >
      <Stack>
        <Grid>
          <StatTile
            label="Available"
            value={<Money amount={available.amount} currency={currency} />}
            hint="Ready for the next payout"
          />
          <StatTile
            label="On its way"
            value={<Money amount={pending.amount} currency={currency} />}
            hint={
              pendingByDay[0]
                ? `The next part on ${formatDay(new Date(pendingByDay[0].day))}`
                : 'Nothing is pending'
            }
          />
          <StatTile
            label="Next payout"
            value={next ? <Money amount={next.money.amount} currency={currency} /> : 'None planned'}
            hint={
              next ? `Should leave Stripe on ${formatDay(new Date(next.day))}` : noneBecause(balance, one)
            }
          />
        </Grid>
        <ChartWithTable
          chart={lineForecast({
            label: `Ready for payout in ${name}, day by day`,
            currency,
            today: balance.today,
            points: forecast.balance.map(({ day, money }) => ({ day, amount: money.amount })),
          })}
        />
        {forecast.payouts.length > 0 && (
          <Table
            caption="Payouts to come, from what is there now"
            columns={[
              { header: 'Leaves Stripe on', rowHeader: true, cell: ({ day }) => formatDay(new Date(day)) },
              {
                header: 'Amount',
                align: 'end',
                cell: ({ money }) => <MoneyCell amount={money.amount} currency={currency} />,
              },
            ]}
            rows={forecast.payouts}
            keyOf={({ day }) => day}
          />
        )}
        {pendingByDay.length > 0 && (
          <Table
            caption="What becomes available"
            columns={[
              { header: 'On', rowHeader: true, cell: ({ day }) => formatDay(new Date(day)) },
              {
                header: 'Amount',
                align: 'end',
                cell: ({ money }) => <MoneyCell amount={money.amount} currency={currency} signed />,
              },
            ]}
            rows={pendingByDay}
            keyOf={({ day }) => day}
          />
        )}
      </Stack>
    </Card>
  );
};

function noneBecause({ holds }: SellerBalance, { currency, available, pending }: CurrencyBalance): string {
  const hold = holds.find((one) => one.currency === null || one.currency === currency);
  if (hold) return 'See the note above';
  return available.isZero && pending.isZero
    ? 'The balance is empty'
    : 'Nothing becomes available in the next two weeks';
}
