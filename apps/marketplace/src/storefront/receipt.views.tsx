import type { LineView, OrderView, PurchaseView } from '#orders';
import type { SellerView } from '#sellers';
import type { PageFrameData } from '../http/index.js';
import { orderLabel } from '../shared/payouts.parts.js';
import {
  Breadcrumbs,
  Card,
  type Column,
  DateTime,
  DescriptionList,
  EmptyState,
  MoneyCell,
  PageHead,
  Shell,
  Stack,
  Table,
} from '../ui/index.js';
import { addressWords, OrderFigures } from './order.views.js';

type Props = {
  frame: PageFrameData;
  purchase: PurchaseView;
  sellers: ReadonlyMap<string, SellerView>;
};

/** One receipt per shop, since each of them sold in its own name; made to be printed. */
export const ReceiptPage = ({ frame, purchase, sellers }: Props) => {
  const paid = purchase.orders.filter((order) => order.paidAt);
  return (
    <Shell {...frame} title="Receipt">
      <Breadcrumbs
        items={[{ label: 'Your purchase', href: `/purchases/${purchase.id}` }, { label: 'Receipt' }]}
      />
      <PageHead title="Receipt" lead={`For ${purchase.email}`} />
      <Stack>
        {paid.length === 0 && (
          <EmptyState title="Nothing is paid yet" icon="receipt">
            A receipt appears here as soon as a shop has been paid.
          </EmptyState>
        )}
        {paid.map((order) => (
          <Receipt key={order.id} order={order} seller={sellers.get(order.sellerId)!} />
        ))}
      </Stack>
    </Shell>
  );
};

const Receipt = ({ order, seller }: { order: OrderView; seller: SellerView }) => (
  <Card title={`Sold by ${seller.name}`} subtitle={orderLabel(order.id)}>
    <Stack>
      <Table
        caption={`What you bought from ${seller.name}`}
        hideCaption
        columns={columns}
        rows={[...order.lines]}
        keyOf={(line) => line.id}
      />
      <OrderFigures order={order} />
      <DescriptionList
        items={[
          { term: 'Paid', value: <DateTime at={order.paidAt!} /> },
          { term: 'Goes to', value: addressWords(order) },
          { term: 'Order', value: order.id },
          ...(order.chargeId ? [{ term: 'Payment at Stripe', value: order.chargeId }] : []),
        ]}
      />
    </Stack>
  </Card>
);

const columns: Column<LineView>[] = [
  {
    header: 'What',
    rowHeader: true,
    cell: (line) => (line.variantName ? `${line.title} (${line.variantName})` : line.title),
  },
  { header: 'Price', align: 'end', cell: (line) => <MoneyCell {...line.unitPrice} /> },
  { header: 'Pieces', align: 'end', cell: (line) => line.quantity },
  {
    header: 'Discount',
    align: 'end',
    cell: (line) => (line.discount.isZero ? '' : <MoneyCell {...line.discount.negated()} />),
  },
  { header: 'Amount', align: 'end', cell: (line) => <MoneyCell {...line.amount} /> },
];
