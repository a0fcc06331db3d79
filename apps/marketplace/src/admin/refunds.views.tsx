import { type DebtView, debtStatuses } from '#debts';
import type { Page } from '#platform';
import { type RefundView, refundStatuses } from '#refunds';
import type { SellerView } from '#sellers';
import {
  address,
  type FieldErrors,
  filtersOf,
  isFiltered,
  type PageFrameData,
  pagerOf,
} from '../http/index.js';
import {
  Badge,
  Button,
  ButtonLink,
  type Column,
  DateTime,
  EmptyState,
  Field,
  Filters,
  FormErrors,
  MoneyCell,
  Pager,
  PostForm,
  Select,
  Table,
  Tabs,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import type { DebtsQuery, RefundsQuery } from './refunds.dto.js';
import { type ShopChoice, ShopField, WhichShop } from './shop-filter.js';
import { debtWords, RefundBadge, refundWord, sellerPart } from '../shared/refunds.parts.js';

type Sellers = Map<string, SellerView>;

const SellerLink = ({ id, sellers }: { id: string | null; sellers: Sellers }) =>
  id ? <a href={`/admin/sellers/${id}`}>{sellers.get(id)?.name ?? id}</a> : <>Not known yet</>;

const RefundTabs = ({ current }: { current: 'all' | 'failed' | 'outside' | 'debts' }) => (
  <Tabs
    label="Refunds and debts"
    tabs={[
      { href: '/admin/refunds', label: 'All refunds', current: current === 'all' },
      { href: '/admin/refunds?queue=failed', label: 'Did not arrive', current: current === 'failed' },
      {
        href: '/admin/refunds?queue=outside',
        label: 'From Stripe’s dashboard',
        current: current === 'outside',
      },
      { href: '/admin/refunds/debts', label: 'What sellers owe', current: current === 'debts' },
    ]}
  />
);

const empty = {
  all: {
    title: 'Nothing was refunded yet',
    text: 'Refunds of sellers and admins appear here with their three parts.',
  },
  failed: { title: 'Every refund reached its buyer', text: 'Refunds that banks send back appear here.' },
  outside: {
    title: 'Nothing waits to be attributed',
    text: 'Refunds that somebody makes in Stripe’s dashboard appear here.',
  },
};

export const RefundsPage = (props: {
  frame: PageFrameData;
  query: RefundsQuery;
  shop: ShopChoice;
  page: Page<RefundView>;
  sellers: Sellers;
}) => {
  const { query, page, sellers } = props;
  const path = '/admin/refunds';
  const filter = filtersOf(query);
  const list = query.queue ?? 'all';
  const columns: Column<RefundView>[] = [
    { header: 'Refund', rowHeader: true, cell: ({ id, reason }) => <a href={`${path}/${id}`}>{reason}</a> },
    { header: 'State', cell: (refund) => <RefundBadge refund={refund} /> },
    { header: 'Seller', cell: ({ sellerId }) => <SellerLink id={sellerId} sellers={sellers} /> },
    {
      header: 'To the buyer',
      align: 'end',
      cell: ({ amount }) => <MoneyCell amount={amount.amount} currency={amount.currency} />,
    },
    { header: 'Seller’s part', cell: (refund) => sellerPart(refund) },
    { header: 'When', cell: ({ createdAt }) => <DateTime at={createdAt} /> },
  ];
  return (
    <AdminDesk
      frame={props.frame}
      current="refunds"
      title="Refunds"
      subtitle="What went back to buyers, and who bore it."
      action={
        <ButtonLink href={address('/admin/refunds.csv', filter)} icon="download" download>
          Download as CSV
        </ButtonLink>
      }
    >
      <RefundTabs current={list} />
      <Filters action={path} {...(isFiltered(query) && { clear: path })}>
        <Select
          name="status"
          label="State"
          placeholder="Any state"
          value={query.status}
          options={refundStatuses.map((value) => ({ value, label: refundWord(value) }))}
        />
        <ShopField shop={props.shop} />
      </Filters>
      <WhichShop shop={props.shop} path={path} filter={filter} />
      <Table
        caption="Refunds, newest first"
        hideCaption
        columns={columns}
        rows={page.items}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title={empty[list].title} icon="refund">
            {empty[list].text}
          </EmptyState>
        }
      />
      <Pager {...pagerOf(path, filter, page)} />
    </AdminDesk>
  );
};

export const DebtsPage = (props: {
  frame: PageFrameData;
  query: DebtsQuery;
  shop: ShopChoice;
  page: Page<DebtView>;
  sellers: Sellers;
  errors: FieldErrors;
}) => {
  const { query, page, sellers, errors } = props;
  const path = '/admin/refunds/debts';
  const filter = filtersOf(query);
  const columns: Column<DebtView>[] = [
    {
      header: 'Seller',
      rowHeader: true,
      cell: ({ sellerId }) => <SellerLink id={sellerId} sellers={sellers} />,
    },
    {
      header: 'State',
      cell: ({ status }) => <Badge tone={debtWords[status].tone}>{debtWords[status].word}</Badge>,
    },
    {
      header: 'Owes',
      align: 'end',
      cell: ({ amount }) => <MoneyCell amount={amount.amount} currency={amount.currency} />,
    },
    { header: 'For', cell: ({ cause }) => <a href={`/admin/refunds/${cause}`}>See the refund</a> },
    { header: 'How it stands', cell: (debt) => <Standing debt={debt} /> },
    { header: 'Since', cell: ({ createdAt }) => <DateTime at={createdAt} day /> },
    {
      header: 'Actions',
      hideHeader: true,
      cell: (debt) => (debt.status === 'pending' ? <WriteOff debt={debt} /> : null),
    },
  ];
  return (
    <AdminDesk
      frame={props.frame}
      current="refunds"
      title="What sellers owe"
      subtitle="Refunds whose seller’s balance was too short. Their next sales pay them."
      action={
        <ButtonLink href={address('/admin/refunds/debts.csv', filter)} icon="download" download>
          Download as CSV
        </ButtonLink>
      }
    >
      <RefundTabs current="debts" />
      <FormErrors errors={Object.values(errors).map((message) => ({ message }))} />
      <Filters action={path} {...(isFiltered(query) && { clear: path })}>
        <Select
          name="status"
          label="State"
          placeholder="Any state"
          value={query.status}
          options={debtStatuses.map((value) => ({ value, label: debtWords[value].word }))}
        />
        <ShopField shop={props.shop} />
      </Filters>
      <WhichShop shop={props.shop} path={path} filter={filter} />
      <Table
        caption="Debts, newest first"
        hideCaption
        columns={columns}
        rows={page.items}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title="Nobody owes anything" icon="refund">
            When a refund asks more of a seller than their balance holds, it appears here.
          </EmptyState>
        }
      />
      <Pager {...pagerOf(path, filter, page)} />
    </AdminDesk>
  );
};

const Standing = ({ debt }: { debt: DebtView }) => {
  if (debt.status === 'recovered')
    return <span>Paid back {debt.settledAt && <DateTime at={debt.settledAt} day />}</span>;
  if (debt.status === 'written_off') return <span>The marketplace bears it: {debt.writtenOffReason}</span>;
  return (
    <span>
      Tried {debt.tries} {debt.tries === 1 ? 'time' : 'times'}; next <DateTime at={debt.nextTryAt} />, or with
      their next sale.
    </span>
  );
};

const WriteOff = ({ debt }: { debt: DebtView }) => (
  <details>
    <summary>Write off</summary>
    <PostForm
      action={`/admin/refunds/debts/${debt.id}/write-off`}
      label={`Write off ${debt.amount.format()}`}
    >
      <Field name="reason" label="Why does the marketplace bear it?" required maxLength={500} />
      <Button look="danger" small>
        Write off {debt.amount.format()}
      </Button>
    </PostForm>
  </details>
);
