import { Controller, Get, Query } from '@nestjs/common';
import { OrderLists, type OrderView, type PurchaseView } from '#orders';
import type { Page } from '#platform';
import { Sellers, type SellerView } from '#sellers';
import { SignedIn } from '../auth/index.js';
import {
  PageFrame,
  type PageFrameData,
  PageQuery,
  pagerOf,
  type RequestViewer,
  Viewer,
} from '../http/index.js';
import { OrderBadge } from '../shared/orders.parts.js';
import {
  ButtonLink,
  Card,
  EmptyState,
  formatDay,
  LineItem,
  Money,
  PageHead,
  Pager,
  Shell,
  Stack,
} from '../ui/index.js';

/** Everything that a signed-in buyer ever bought. */
@SignedIn()
@Controller('purchases')
export class PurchasesPages {
  constructor(
    private readonly lists: OrderLists,
    private readonly sellers: Sellers,
  ) {}

  @Get()
  async list(
    @PageFrame() frame: PageFrameData,
    @Viewer() { user }: RequestViewer,
    @Query() { cursor }: PageQuery,
  ) {
    const page = await this.lists.purchasesOfBuyer(user!.id, { cursor });
    const sellers = await this.sellers.byIds(
      page.items.flatMap(({ orders }) => orders.map((order) => order.sellerId)),
    );
    return <PurchasesPage frame={frame} page={page} sellers={sellers} />;
  }
}

type Shops = ReadonlyMap<string, SellerView>;

const PurchasesPage = (props: { frame: PageFrameData; page: Page<PurchaseView>; sellers: Shops }) => (
  <Shell {...props.frame} title="Your purchases">
    <PageHead title="Your purchases" />
    <Stack>
      {props.page.items.length === 0 && (
        <EmptyState
          title="You have not bought anything yet"
          icon="receipt"
          action={
            <ButtonLink look="primary" href="/search">
              Find something
            </ButtonLink>
          }
        >
          Everything you buy appears here with its receipt and where its parcels are.
        </EmptyState>
      )}
      {props.page.items.map((purchase) => (
        <Purchase key={purchase.id} purchase={purchase} sellers={props.sellers} />
      ))}
      <Pager {...pagerOf('/purchases', {}, props.page)} />
    </Stack>
  </Shell>
);

function Purchase({
  purchase: { id, createdAt, orders },
  sellers,
}: {
  purchase: PurchaseView;
  sellers: Shops;
}) {
  const unpaid = orders.some((order) => order.status === 'awaiting_payment');
  return (
    <Card
      title={formatDay(createdAt)}
      subtitle={orders.length === 1 ? 'One shop' : `${orders.length} shops`}
      action={
        <ButtonLink look={unpaid ? 'primary' : 'secondary'} href={`/purchases/${id}`} small>
          {unpaid ? 'Finish paying' : 'See details'}
          <span class="visually-hidden"> of the purchase of {formatDay(createdAt)}</span>
        </ButtonLink>
      }
    >
      {orders.map((order) => (
        <Part key={order.id} order={order} shop={sellers.get(order.sellerId)!} />
      ))}
    </Card>
  );
}

const Part = ({ order, shop }: { order: OrderView; shop: SellerView }) => {
  const picture = order.lines.find((line) => line.pictureUrl)?.pictureUrl;
  return (
    <LineItem
      {...(picture && { picture: { src: picture, alt: '' } })}
      title={<a href={`/shop/${shop.slug}`}>{shop.name}</a>}
      detail={contentsWords(order)}
      amount={<Money {...order.split.charged} />}
      action={<OrderBadge status={order.status} />}
    />
  );
};

/** "Bowl, Teapot and 2 more" */
function contentsWords({ lines }: OrderView): string {
  const titles = lines.map((line) => line.title);
  if (titles.length <= 3) return titles.join(', ');
  return `${titles.slice(0, 2).join(', ')} and ${titles.length - 2} more`;
}
