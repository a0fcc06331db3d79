import type { FeeRuleView } from '#fees';
import { currencyCodes } from '#kernel';
import type { Page } from '#platform';
import type { DailySeries, FeesEarnedRow } from '#reports';
import { address, isFiltered, type PageFrameData, pagerOf } from '../http/index.js';
import {
  Badge,
  barsByDay,
  ButtonLink,
  Card,
  ChartWithTable,
  DateTime,
  EmptyState,
  Field,
  Filters,
  formatDay,
  MoneyCell,
  Pager,
  Select,
  Table,
  Tabs,
  type Tone,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import type { FeeRulesQuery, FeesEarnedQuery } from './fees.dto.js';
import { type ShopChoice, ShopField, WhichShop } from './shop-filter.js';

const states: Record<FeeRuleView['state'], { tone: Tone; word: string }> = {
  in_force: { tone: 'good', word: 'In force' },
  upcoming: { tone: 'waiting', word: 'Upcoming' },
  past: { tone: 'neutral', word: 'Past' },
};

const currencies = currencyCodes.map((code) => ({ value: code, label: code.toUpperCase() }));

const FeeTabs = ({ current }: { current: 'rules' | 'earned' }) => (
  <Tabs
    label="Fees"
    tabs={[
      { href: '/admin/fees', label: 'Rules', current: current === 'rules' },
      { href: '/admin/fees/earned', label: 'Earned', current: current === 'earned' },
    ]}
  />
);

export const FeeRulesPage = (props: {
  frame: PageFrameData;
  query: FeeRulesQuery;
  page: Page<FeeRuleView>;
  names: Map<string, string>;
}) => {
  const { query, page, names } = props;
  const path = '/admin/fees';
  return (
    <AdminDesk
      frame={props.frame}
      current="fees"
      title="Fees"
      subtitle="What the marketplace takes of a sale, by currency and date. Every version is kept."
      action={
        <ButtonLink
          look="primary"
          icon="plus"
          href={address('/admin/fees/new', { currency: query.currency })}
        >
          New fee
        </ButtonLink>
      }
    >
      <FeeTabs current="rules" />
      <Filters action={path} {...(isFiltered(query) && { clear: path })}>
        <Select
          name="currency"
          label="Currency"
          placeholder="Every currency"
          options={currencies}
          value={query.currency}
        />
        <ButtonLink href={address('/admin/fees.csv', { currency: query.currency })} icon="download" download>
          CSV
        </ButtonLink>
      </Filters>
      <Table
        caption="Fee rules by the date they begin, newest first"
        hideCaption
        rows={page.items}
        keyOf={({ id }) => id}
        empty={
          <EmptyState
            title="No fee for this currency"
            icon="percent"
            action={<ButtonLink href="/admin/fees/new">New fee</ButtonLink>}
          >
            Until there is one, nothing can be sold in it.
          </EmptyState>
        }
        columns={[
          { header: 'Currency', rowHeader: true, cell: ({ currency }) => currency.toUpperCase() },
          { header: 'Fee', cell: (rule) => ruleWords(rule) },
          {
            header: 'State',
            cell: ({ state }) => <Badge tone={states[state].tone}>{states[state].word}</Badge>,
          },
          { header: 'From', cell: ({ validFrom }) => <DateTime at={validFrom} /> },
          {
            header: 'Changed by',
            cell: ({ createdBy }) =>
              names.get(createdBy) ?? (createdBy === 'system' ? 'Came with the program' : createdBy),
          },
          { header: 'Why', cell: ({ note }) => note || '–' },
        ]}
      />
      <Pager {...pagerOf(path, { currency: query.currency }, page)} />
    </AdminDesk>
  );
};

export function ruleWords({ percentBps, fixed }: Pick<FeeRuleView, 'percentBps' | 'fixed'>): string {
  return `${percentBps / 100} % + ${fixed.format()}`;
}

export const FeesEarnedPage = (props: {
  frame: PageFrameData;
  query: FeesEarnedQuery;
  shop: ShopChoice;
  period: { from: string; to: string };
  page: Page<FeesEarnedRow>;
  series: DailySeries[];
}) => {
  const { query, page, period } = props;
  const path = '/admin/fees/earned';
  const { seller, currency, from, to } = query;
  return (
    <AdminDesk
      frame={props.frame}
      current="fees"
      title="Fees earned"
      subtitle={`${formatDay(new Date(period.from))} to ${formatDay(new Date(period.to))}, by day, seller and currency.`}
      action={
        <ButtonLink
          href={address('/admin/fees/earned.csv', { seller, currency, from, to })}
          icon="download"
          download
        >
          Download as CSV
        </ButtonLink>
      }
    >
      <FeeTabs current="earned" />
      <Filters action={path} {...(isFiltered(query) && { clear: path })}>
        <Field name="from" label="From" type="date" value={period.from} />
        <Field name="to" label="To" type="date" value={period.to} />
        <Select
          name="currency"
          label="Currency"
          placeholder="Every currency"
          options={currencies}
          value={currency}
        />
        <ShopField shop={props.shop} />
      </Filters>
      <WhichShop shop={props.shop} path={path} filter={{ currency, from, to }} />
      {props.series.map((one) => (
        <FeesPlot key={one.currency} series={one} />
      ))}
      <Table
        caption="Fees by day, seller and currency, newest first"
        hideCaption
        rows={page.items}
        keyOf={({ day, stripeAccount, fees }) => `${day} ${stripeAccount} ${fees.currency}`}
        empty={
          <EmptyState title="No fees in this period" icon="percent">
            Each paid order adds its fee to the day it was paid. Try other days.
          </EmptyState>
        }
        columns={[
          { header: 'Day', rowHeader: true, cell: ({ day }) => formatDay(new Date(day)) },
          {
            header: 'Seller',
            cell: ({ sellerId, seller: name, stripeAccount }) =>
              sellerId ? <a href={`/admin/sellers/${sellerId}`}>{name}</a> : stripeAccount,
          },
          { header: 'Orders', align: 'end', cell: ({ orders }) => orders },
          { header: 'Earned', align: 'end', cell: ({ fees }) => <MoneyCell {...moneyOf(fees)} /> },
          {
            header: 'Given back',
            align: 'end',
            cell: ({ returned }) => <MoneyCell {...moneyOf(returned)} />,
          },
          { header: 'Kept', align: 'end', cell: ({ kept }) => <MoneyCell {...moneyOf(kept)} /> },
        ]}
      />
      <Pager {...pagerOf(path, { seller, currency, from, to }, page)} />
    </AdminDesk>
  );
};

const moneyOf = ({ amount, currency }: { amount: bigint; currency: string }) => ({ amount, currency });

const FeesPlot = ({ series }: { series: DailySeries }) => (
  <Card title={`Fees by day, ${series.currency.toUpperCase()}`}>
    <ChartWithTable
      chart={barsByDay({
        label: `Fees earned and given back by day in ${series.currency.toUpperCase()}`,
        currency: series.currency,
        days: series.days,
        series: [
          { name: 'Earned', amounts: series.fees },
          { name: 'Given back', amounts: series.feesReturned.map((amount) => -amount) },
        ],
      })}
    />
  </Card>
);
