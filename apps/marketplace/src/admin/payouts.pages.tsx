import { Controller, Get, Param, Query } from '@nestjs/common';
import { payoutStatusWord, Payouts, type PayoutStatus, type PayoutTotals, type PayoutView } from '#payouts';
import type { Page } from '#platform';
import { Sellers, type SellerView } from '#sellers';
import { AdminOnly } from '../auth/index.js';
import { address, filtersOf, isFiltered, PageFrame, type PageFrameData, pagerOf } from '../http/index.js';
import {
  bankWords,
  PayoutAmount,
  PayoutBadge,
  PayoutDetails,
  payoutSentence,
  payoutTone,
} from '../shared/payouts.parts.js';
import {
  Breadcrumbs,
  ButtonLink,
  Card,
  ChartWithTable,
  type Column,
  EmptyState,
  Field,
  Filters,
  formatDay,
  formatMoney,
  Pager,
  Select,
  stackedByState,
  Table,
  Tabs,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { type ShopChoice, ShopField, ShopFilter, WhichShop } from './shop-filter.js';
import { PayoutsQuery, payoutStatuses } from './payouts.dto.js';

/** Payouts of all sellers and of the platform. */
@AdminOnly()
@Controller('admin/payouts')
export class AdminPayoutsPages {
  constructor(
    private readonly payouts: Payouts,
    private readonly sellers: Sellers,
    private readonly shops: ShopFilter,
  ) {}

  @Get()
  async list(@PageFrame() frame: PageFrameData, @Query() typed: PayoutsQuery) {
    const shop = await this.shops.choose(typed.seller);
    const query = { ...typed, seller: shop.id };
    const { state, seller, from, to, cursor } = query;
    const [page, counts, totals] = await Promise.all([
      this.payouts.page({ status: state, sellerId: seller, from, to, cursor }),
      this.payouts.countByStatus(),
      this.payouts.totalsByDay({ from, to }),
    ]);
    const ids = page.items.flatMap(({ sellerId }) => (sellerId ? [sellerId] : []));
    const sellers = await this.sellers.byIds(ids);
    return (
      <PayoutsPage
        frame={frame}
        query={query}
        shop={shop}
        page={page}
        counts={counts}
        totals={totals}
        sellers={sellers}
      />
    );
  }

  @Get(':payoutId')
  async one(@PageFrame() frame: PageFrameData, @Param('payoutId') payoutId: string) {
    const story = await this.payouts.story(payoutId);
    const { payout } = story;
    const seller = payout.sellerId
      ? (await this.sellers.byIds([payout.sellerId])).get(payout.sellerId)
      : undefined;
    const title = `Payout of ${formatMoney(payout.amount.amount, payout.amount.currency)}`;
    return (
      <AdminDesk
        frame={frame}
        current="payouts"
        title={title}
        subtitle={`${seller?.name ?? 'The platform'}. ${payoutSentence(payout)}`}
        badge={<PayoutBadge status={payout.status} />}
        breadcrumbs={<Breadcrumbs items={[{ label: 'Payouts', href: '/admin/payouts' }, { label: title }]} />}
        {...(payout.composed && {
          action: (
            <ButtonLink href={`/admin/payouts/${payout.id}/lines.csv`} icon="download" download>
              Download its lines
            </ButtonLink>
          ),
        })}
      >
        <PayoutDetails story={story} orderHref={(orderId) => `/admin/orders/${orderId}`} />
      </AdminDesk>
    );
  }
}

type Props = {
  frame: PageFrameData;
  query: PayoutsQuery;
  shop: ShopChoice;
  page: Page<PayoutView>;
  counts: Map<PayoutStatus, number>;
  totals: PayoutTotals;
  sellers: Map<string, SellerView>;
};

const path = '/admin/payouts';

const PayoutsPage = ({ frame, query, shop, page, counts, totals, sellers }: Props) => {
  const filter = filtersOf(query);
  const { state, from, to } = filter;
  const filtered = isFiltered(query);
  return (
    <AdminDesk
      frame={frame}
      current="payouts"
      title="Payouts"
      subtitle="What Stripe sends to every seller’s bank. The failed ones come first."
      action={
        <ButtonLink href={address(`${path}.csv`, filter)} icon="download" download>
          Download as CSV
        </ButtonLink>
      }
    >
      <Charts totals={totals} />
      <Tabs label="Payouts by state" tabs={stateTabs(filter, counts)} />
      <Filters action={path} clear={filtered ? path : undefined}>
        <Select
          name="state"
          label="State"
          placeholder="Any state"
          value={state}
          options={payoutStatuses.map((one) => ({ value: one, label: payoutStatusWord[one] }))}
        />
        <ShopField shop={shop} />
        <Field name="from" type="date" label="Made from" value={from} />
        <Field name="to" type="date" label="Made until" value={to} />
      </Filters>
      <WhichShop shop={shop} path={path} filter={filter} />
      <Table
        caption="Payouts, the failed ones first, then newest first"
        hideCaption
        columns={columns(sellers)}
        rows={page.items}
        keyOf={(payout) => payout.id}
        empty={
          filtered ? (
            <EmptyState title="No payout matches" icon="search">
              Take a filter away, or look at all payouts.
            </EmptyState>
          ) : (
            <EmptyState title="No payouts yet" icon="payout">
              Stripe pays sellers out once their sales have become available. Every payout appears here.
            </EmptyState>
          )
        }
      />
      <Pager {...pagerOf(path, filter, page)} />
    </AdminDesk>
  );
};

const columns = (sellers: Map<string, SellerView>): Column<PayoutView>[] => [
  {
    header: 'Payout',
    rowHeader: true,
    cell: (payout) => (
      <a href={`${path}/${payout.id}`}>
        {sellers.get(payout.sellerId ?? '')?.name ?? 'The platform'}, {formatDay(payout.createdAt)}
      </a>
    ),
  },
  { header: 'State', cell: (payout) => <PayoutBadge status={payout.status} /> },
  {
    header: 'Arrives',
    cell: (payout) => (payout.failure ? `Failed: ${payout.failure}.` : formatDay(new Date(payout.arrivalOn))),
  },
  { header: 'Bank', cell: (payout) => bankWords(payout) },
  { header: 'Amount', align: 'end', cell: (payout) => <PayoutAmount payout={payout} /> },
];

function stateTabs(filter: Omit<PayoutsQuery, 'cursor'>, counts: Map<PayoutStatus, number>) {
  const { state } = filter;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [
    { href: address(path, { ...filter, state: undefined }), label: 'All', count: all, current: !state },
    ...payoutStatuses
      .filter((one) => counts.has(one) || one === state)
      .map((one) => ({
        href: address(path, { ...filter, state: one }),
        label: payoutStatusWord[one],
        count: counts.get(one) ?? 0,
        current: one === state,
      })),
  ];
}

/** One plot per currency: amounts of different currencies have no sum. */
const Charts = ({ totals: { days, totals } }: { totals: PayoutTotals }) => (
  <>
    {[...Map.groupBy(totals, ({ currency }) => currency)].sort().map(([currency, own]) => {
      const amounts = new Map(own.map(({ day, status, amount }) => [`${status} ${day}`, amount]));
      return (
        <Card key={currency} title={`By day and state, ${currency.toUpperCase()}`}>
          <ChartWithTable
            chart={stackedByState({
              label: `Payouts in ${currency.toUpperCase()} by the day they were made, and by state`,
              currency,
              days,
              states: payoutStatuses
                .filter((status) => own.some((one) => one.status === status))
                .map((status) => ({
                  name: payoutStatusWord[status],
                  tone: payoutTone[status],
                  amounts: days.map((day) => amounts.get(`${status} ${day}`) ?? 0n),
                })),
            })}
          />
        </Card>
      );
    })}
  </>
);
