import { type OrderRowView, orderStatuses } from '#orders';
import type { Page } from '#platform';
import type { SellerView } from '#sellers';
import { OrderBadge, orderWords } from '../shared/orders.parts.js';
import { address, filtersOf, isFiltered, type PageFrameData, pagerOf } from '../http/index.js';
import {
  ButtonLink,
  Card,
  type Column,
  DateTime,
  EmptyState,
  Field,
  Filters,
  MoneyCell,
  Pager,
  Select,
  Table,
} from '../ui/index.js';
import type { SellerOrdersQuery } from './orders.dto.js';
import { orderLabel } from '../shared/payouts.parts.js';
import { SellerDesk } from './seller-desk.js';

type Props = {
  frame: PageFrameData;
  seller: SellerView;
  query: SellerOrdersQuery;
  page: Page<OrderRowView>;
};

/** All orders of a shop, with filters. */
export function OrdersPage({ frame, seller, query, page }: Props) {
  const path = `/seller/${seller.id}/orders`;
  const filtered = isFiltered(query);
  const filters = filtersOf(query);
  return (
    <SellerDesk
      frame={frame}
      seller={seller}
      current="orders"
      title="Orders"
      subtitle="What buyers ordered from you, newest first."
      action={
        page.items.length > 0 && (
          <ButtonLink href={address(`${path}.csv`, filters)} icon="download" download>
            Download as CSV
          </ButtonLink>
        )
      }
    >
      {(filtered || page.items.length > 0) && (
        <Filters action={path} label="Filter your orders" {...(filtered && { clear: path })}>
          <Field name="search" label="Order or receiver" type="search" value={query.search ?? ''} />
          <Select
            name="status"
            label="State"
            placeholder="Every state"
            value={query.status ?? ''}
            options={orderStatuses.map((value) => ({ value, label: orderWords[value].word }))}
          />
          <Field name="from" label="From" type="date" value={query.from ?? ''} />
          <Field name="to" label="To" type="date" value={query.to ?? ''} />
        </Filters>
      )}
      <Card flush>
        <Table
          caption="Your orders, newest first"
          hideCaption
          rows={page.items}
          keyOf={({ id }) => id}
          columns={columns(path)}
          empty={filtered ? <NothingMatches path={path} /> : <NothingYet seller={seller} />}
        />
        <Pager {...pagerOf(path, query, page)} />
      </Card>
    </SellerDesk>
  );
}

const columns = (path: string): Column<OrderRowView>[] => [
  { header: 'Order', rowHeader: true, cell: ({ id }) => <a href={`${path}/${id}`}>{orderLabel(id)}</a> },
  { header: 'Placed', cell: ({ createdAt }) => <DateTime at={createdAt} day /> },
  { header: 'Receiver', cell: ({ shipToName }) => shipToName },
  { header: 'Goods', cell: goodsWords },
  { header: 'State', cell: ({ status }) => <OrderBadge status={status} /> },
  { header: 'Buyer pays', align: 'end', cell: ({ charged }) => <MoneyCell {...charged} /> },
  { header: 'Yours', align: 'end', cell: ({ sellerNet }) => <MoneyCell {...sellerNet} /> },
];

/** "Bowl and 2 more" */
function goodsWords({ titles }: OrderRowView): string {
  const [first = ''] = titles;
  return titles.length > 1 ? `${first} and ${titles.length - 1} more` : first;
}

const NothingYet = ({ seller }: { seller: SellerView }) => (
  <EmptyState
    title="No order yet"
    icon="receipt"
    action={<ButtonLink href={`/seller/${seller.id}/listings`}>Look after your listings</ButtonLink>}
  >
    Each order appears here with what to send, where to, and what of it is yours.
  </EmptyState>
);

const NothingMatches = ({ path }: { path: string }) => (
  <EmptyState title="No order matches" icon="search" action={<ButtonLink href={path}>Show all</ButtonLink>}>
    Search for an order’s six letters or for the beginning of a name, or choose another state.
  </EmptyState>
);
