import type { ListingRowView } from '#catalog';
import type { Page } from '#platform';
import type { SellerView } from '#sellers';
import { isFiltered, type PageFrameData, pagerOf } from '../http/index.js';
import {
  ButtonLink,
  type Column,
  DateTime,
  EmptyState,
  Field,
  Filters,
  Money,
  Pager,
  Picture,
  Select,
  Table,
} from '../ui/index.js';
import type { ListingsQuery } from './listings.query.js';
import { ListingBadge, listingStatuses } from './listings.status.js';
import { SellerDesk } from './seller-desk.js';

type Props = {
  frame: PageFrameData;
  seller: SellerView;
  query: ListingsQuery;
  page: Page<ListingRowView>;
};

/** All listings of a shop, with filters. */
export function ListingsPage({ frame, seller, query, page }: Props) {
  const path = `/seller/${seller.id}/listings`;
  const filtered = isFiltered(query);
  return (
    <SellerDesk
      frame={frame}
      seller={seller}
      current="listings"
      title="Listings"
      subtitle="What you offer, with prices and stock."
      action={
        <ButtonLink look="primary" icon="plus" href={`${path}/new`}>
          New listing
        </ButtonLink>
      }
    >
      {(filtered || page.items.length > 0) && (
        <Filters action={path} label="Filter your listings" {...(filtered && { clear: path })}>
          <Field name="q" label="Words" type="search" value={query.q ?? ''} />
          <Select
            name="status"
            label="Status"
            placeholder="Every status"
            value={query.status ?? ''}
            options={Object.entries(listingStatuses).map(([value, { word }]) => ({ value, label: word }))}
          />
        </Filters>
      )}
      <Table
        caption="Your listings"
        hideCaption
        rows={page.items}
        keyOf={({ id }) => id}
        columns={columns(path)}
        empty={filtered ? <NothingMatches path={path} /> : <NothingYet path={path} />}
      />
      <Pager {...pagerOf(path, query, page)} />
    </SellerDesk>
  );
}

const columns = (path: string): Column<ListingRowView>[] => [
  {
    header: 'Picture',
    hideHeader: true,
    cell: ({ picture }) => <Picture shape="small" alt="" {...(picture && { src: picture.url })} />,
  },
  { header: 'Title', rowHeader: true, cell: ({ id, title }) => <a href={`${path}/${id}`}>{title}</a> },
  { header: 'Status', cell: ({ status }) => <ListingBadge status={status} /> },
  { header: 'Price', align: 'end', cell: (row) => <PriceCell row={row} /> },
  { header: 'Variants', align: 'end', cell: ({ variants }) => variants },
  {
    header: 'In stock',
    align: 'end',
    cell: ({ available }) => (available > 0 ? available : 'Sold out'),
  },
  { header: 'Changed', cell: ({ updatedAt }) => <DateTime at={updatedAt} day /> },
];

const PriceCell = ({ row: { price, priceVaries } }: { row: ListingRowView }) =>
  price && (
    <span>
      {priceVaries && 'from '}
      <Money {...price} />
    </span>
  );

const NothingYet = ({ path }: { path: string }) => (
  <EmptyState
    title="You have no listings yet"
    icon="tag"
    action={
      <ButtonLink look="primary" href={`${path}/new`}>
        Write your first listing
      </ButtonLink>
    }
  >
    A listing has a title, pictures, and a price and stock for each of its variants. It stays a draft until
    you publish it.
  </EmptyState>
);

const NothingMatches = ({ path }: { path: string }) => (
  <EmptyState title="No listing matches" icon="search" action={<ButtonLink href={path}>Show all</ButtonLink>}>
    Try other words, or another status.
  </EmptyState>
);
