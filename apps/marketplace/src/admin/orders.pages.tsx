import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { orderStatuses } from '#orders';
import { type AttentionView, PaymentAttention } from '#payments';
import type { Page } from '#platform';
import { AdminOnly } from '../auth/index.js';
import {
  address,
  filtersOf,
  isFiltered,
  PageFrame,
  type PageFrameData,
  PageQuery,
  pagerOf,
  type RequestViewer,
  seeOther,
  Viewer,
  withForm,
} from '../http/index.js';
import {
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  type Column,
  DateTime,
  EmptyState,
  Field,
  Filters,
  FormErrors,
  MoneyCell,
  Notice,
  Pager,
  PostForm,
  Select,
  Table,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { OrderPage } from './orders.detail.js';
import { AdminOrdersQuery, ResolutionDto } from './orders.dto.js';
import { OrderBadge, orderWords } from '../shared/orders.parts.js';
import { type AdminOrderRow, AdminOrders } from './orders.service.js';
import { type ShopChoice, ShopField, ShopFilter, WhichShop } from './shop-filter.js';

/** Orders of all sellers. */
@AdminOnly()
@Controller('admin/orders')
export class AdminOrdersPages {
  constructor(
    private readonly orders: AdminOrders,
    private readonly attention: PaymentAttention,
    private readonly shops: ShopFilter,
  ) {}

  @Get()
  async list(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Query() typed: AdminOrdersQuery,
  ) {
    const shop = await this.shops.choose(typed.seller);
    const query = { ...typed, seller: shop.id };
    const [page, odd] = await Promise.all([
      this.orders.page(actor, query),
      this.attention.open({ limit: 1 }),
    ]);
    return <OrdersPage frame={frame} query={query} shop={shop} page={page} odd={odd.items.length > 0} />;
  }

  @Get('attention')
  async odd(@PageFrame() frame: PageFrameData, @Query() { cursor }: PageQuery) {
    return <AttentionPage frame={frame} page={await this.attention.open({ cursor })} errors={{}} />;
  }

  @Post('attention/:attentionId/resolve')
  resolve(
    @PageFrame() frame: PageFrameData,
    @Viewer() { actor }: RequestViewer,
    @Param('attentionId') id: string,
    @Body() body: unknown,
  ) {
    return withForm(
      ResolutionDto,
      body,
      async ({ resolution }) => {
        await this.attention.resolve(actor, id, resolution);
        return seeOther('/admin/orders/attention', { tone: 'good', text: 'Closed.' });
      },
      async (errors) => <AttentionPage frame={frame} page={await this.attention.open()} errors={errors} />,
    );
  }

  @Get(':orderId')
  async detail(@PageFrame() frame: PageFrameData, @Param('orderId') id: string) {
    return <OrderPage frame={frame} story={await this.orders.story(id)} />;
  }

  @Post(':orderId/refresh')
  async refresh(@Viewer() { actor }: RequestViewer, @Param('orderId') id: string) {
    await this.orders.refresh(actor, id);
    return seeOther(`/admin/orders/${id}`, { tone: 'good', text: 'This is what Stripe says now.' });
  }
}

const columns: Column<AdminOrderRow>[] = [
  { header: 'Order', rowHeader: true, cell: (row) => <a href={`/admin/orders/${row.id}`}>{goods(row)}</a> },
  { header: 'State', cell: ({ status }) => <OrderBadge status={status} /> },
  { header: 'Seller', cell: ({ seller, sellerId }) => <a href={`/admin/sellers/${sellerId}`}>{seller}</a> },
  {
    header: 'Charged',
    align: 'end',
    cell: ({ charged }) => <MoneyCell amount={charged.amount} currency={charged.currency} />,
  },
  {
    header: 'Fee',
    align: 'end',
    cell: ({ applicationFee: fee }) => <MoneyCell amount={fee.amount} currency={fee.currency} />,
  },
  { header: 'Placed', cell: ({ createdAt }) => <DateTime at={createdAt} /> },
];

function goods({ titles, id }: AdminOrderRow): string {
  const [first = id] = titles;
  return titles.length > 1 ? `${first} and ${titles.length - 1} more` : first;
}

type ListProps = {
  frame: PageFrameData;
  query: AdminOrdersQuery;
  shop: ShopChoice;
  page: Page<AdminOrderRow>;
  odd: boolean;
};

const OrdersPage = ({ frame, query, shop, page, odd }: ListProps) => {
  const path = '/admin/orders';
  const filter = filtersOf(query);
  return (
    <AdminDesk
      frame={frame}
      current="orders"
      title="Orders"
      subtitle="Of all sellers, newest first."
      action={
        <ButtonLink href={address('/admin/orders.csv', filter)} icon="download" download>
          Download as CSV
        </ButtonLink>
      }
    >
      {odd && (
        <Notice
          tone="attention"
          title="Some payments came otherwise than they were asked for"
          action={
            <ButtonLink href="/admin/orders/attention" small>
              Look at them
            </ButtonLink>
          }
        />
      )}
      <Filters action={path} {...(isFiltered(query) && { clear: path })}>
        <Field name="search" type="search" label="Id or buyer’s e-mail" value={query.search} />
        <Select
          name="status"
          label="State"
          placeholder="Any state"
          value={query.status}
          options={orderStatuses.map((value) => ({ value, label: orderWords[value].word }))}
        />
        <ShopField shop={shop} />
        <Field name="from" label="From" type="date" value={query.from} />
        <Field name="to" label="To" type="date" value={query.to} />
      </Filters>
      <WhichShop shop={shop} path={path} filter={filter} />
      <Table
        caption="Orders, newest first"
        hideCaption
        columns={columns}
        rows={page.items}
        keyOf={({ id }) => id}
        empty={
          isFiltered(query) ? (
            <EmptyState title="No order matches" icon="search">
              Try fewer conditions, or a whole id.
            </EmptyState>
          ) : (
            <EmptyState title="Nothing was ordered yet" icon="receipt">
              Orders appear here as soon as a buyer goes to checkout.
            </EmptyState>
          )
        }
      />
      <Pager {...pagerOf(path, filter, page)} />
    </AdminDesk>
  );
};

const kinds: Record<AttentionView['kind'], string> = {
  paid_after_cancel: 'Paid after it was canceled',
  paid_twice: 'Paid twice',
  amount_differs: 'Another amount than asked for',
  refused: 'Refused by Stripe',
  no_order: 'Belongs to no order',
};

type AttentionProps = { frame: PageFrameData; page: Page<AttentionView>; errors: Record<string, string> };

const AttentionPage = ({ frame, page, errors }: AttentionProps) => (
  <AdminDesk
    frame={frame}
    current="orders"
    title="Odd payments"
    subtitle="Money that came otherwise than we asked for it. Close each once it is settled."
    breadcrumbs={
      <Breadcrumbs items={[{ label: 'Orders', href: '/admin/orders' }, { label: 'Odd payments' }]} />
    }
  >
    <FormErrors errors={Object.values(errors).map((message) => ({ message }))} />
    {page.items.length === 0 && (
      <EmptyState title="Every payment came as it was asked for" icon="receipt">
        Payments for canceled orders or for none, double payments and refusals appear here.
      </EmptyState>
    )}
    {page.items.map((item) => (
      <Card key={item.id} title={kinds[item.kind]} subtitle={<DateTime at={item.createdAt} />}>
        <p>
          {item.details} {item.orderId && <a href={`/admin/orders/${item.orderId}`}>See the order</a>}
        </p>
        <PostForm action={`/admin/orders/attention/${item.id}/resolve`} label={`Close: ${kinds[item.kind]}`}>
          <Field name="resolution" label="What was done" required maxLength={500} />
          <Button>Close</Button>
        </PostForm>
      </Card>
    ))}
    <Pager {...pagerOf('/admin/orders/attention', {}, page)} />
  </AdminDesk>
);
