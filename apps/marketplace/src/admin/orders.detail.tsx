import type { ComponentChildren } from 'preact';
import type { OrderMovement } from '#reports';
import type { PageFrameData } from '../http/index.js';
import {
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  Columns,
  DateTime,
  DescriptionList,
  EmptyState,
  MoneyCell,
  Notice,
  PostForm,
  Table,
  Timeline,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { ruleWords } from './fees.views.js';
import { conversionWords, OrderBadge, orderTimeline } from '../shared/orders.parts.js';
import { orderLabel } from '../shared/payouts.parts.js';
import type { OrderStory } from './orders.service.js';
import { signed } from '../shared/refunds.parts.js';

/** One order: the equation, what happened, every movement of its money, and Stripe's ids. */
export const OrderPage = ({ frame, story }: { frame: PageFrameData; story: OrderStory }) => {
  const { order, seller, session } = story;
  const refundable = ['paid', 'shipped'].includes(order.status);
  return (
    <AdminDesk
      frame={frame}
      current="orders"
      title={orderLabel(order.id)}
      badge={<OrderBadge status={order.status} />}
      subtitle={<code>{order.id}</code>}
      breadcrumbs={
        <Breadcrumbs items={[{ label: 'Orders', href: '/admin/orders' }, { label: orderLabel(order.id) }]} />
      }
      action={
        refundable ? (
          <ButtonLink href={`/admin/orders/${order.id}/refund`} icon="refund">
            Refund {order.split.charged.minus(order.refunded).format()}
          </ButtonLink>
        ) : undefined
      }
    >
      {session?.decline && order.status === 'awaiting_payment' && (
        <Notice tone="attention" title="The last try to pay was refused">
          {session.decline.words}
        </Notice>
      )}
      <Columns
        main={
          <>
            <Equation story={story} />
            <Goods story={story} />
          </>
        }
        aside={
          <>
            <Card title="What happened">
              <Timeline entries={orderTimeline(story)} />
            </Card>
            <Card title="Who">
              <DescriptionList
                items={[
                  { term: 'Seller', value: <a href={`/admin/sellers/${order.sellerId}`}>{seller}</a> },
                  { term: 'Buyer', value: order.email },
                  {
                    term: 'Sent to',
                    value: `${order.shipTo.name}, ${order.shipTo.city}, ${order.shipTo.country}`,
                  },
                  { term: 'Purchase', value: <code>{order.purchaseId}</code> },
                ]}
              />
            </Card>
            <AtStripe story={story} />
          </>
        }
      />
      <Movements movements={story.movements} />
    </AdminDesk>
  );
};

/** Charged = seller's net + application fee + tax held; and what is left of the fee once Stripe has taken its own. */
const Equation = ({ story: { order, stripeFee } }: { story: OrderStory }) => {
  const { charged, sellerNet, applicationFee, taxHeld } = order.split;
  // An order is refunded as a whole, and its fee with it.
  const kept = order.refunded.isZero ? applicationFee : applicationFee.minus(applicationFee);
  const net = stripeFee && stripeFee.currency === order.currency ? kept.minus(stripeFee) : null;
  return (
    <Card title="Where the money goes" subtitle={`Frozen at sale. Fee rule: ${ruleWords(order.feeRule)}.`}>
      <DescriptionList
        items={[
          { term: 'Charged to the buyer', value: charged.format() },
          { term: '= Seller’s net', value: sellerNet.format() },
          { term: '+ Application fee', value: applicationFee.format() },
          ...(taxHeld.isZero ? [] : [{ term: '+ Tax held', value: taxHeld.format() }]),
          {
            term: 'Stripe’s fee on the payment',
            value: stripeFee?.format() ?? 'Known once Stripe has booked it',
          },
          ...(order.refunded.isZero
            ? []
            : [
                { term: 'Refunded to the buyer', value: order.refunded.format() },
                { term: 'Application fee given back to the seller', value: applicationFee.format() },
              ]),
          ...(net ? [{ term: 'Platform’s net (fee kept − Stripe’s fee)', value: signed(net) }] : []),
        ]}
      />
    </Card>
  );
};

const Goods = ({ story: { order } }: { story: OrderStory }) => (
  <Card title="Goods" flush>
    <Table
      caption="Lines of the order"
      hideCaption
      rows={[...order.lines]}
      keyOf={({ id }) => id}
      columns={[
        {
          header: 'What',
          rowHeader: true,
          cell: ({ title, variantName }) => (variantName ? `${title}, ${variantName}` : title),
        },
        { header: 'Pieces', align: 'end', cell: ({ quantity }) => quantity },
        { header: 'Each', align: 'end', cell: ({ unitPrice }) => unitPrice.format() },
        {
          header: 'Discount',
          align: 'end',
          cell: ({ discount }) => (discount.isZero ? '–' : signed(discount.negated())),
        },
        { header: 'Amount', align: 'end', cell: ({ amount }) => amount.format() },
      ]}
      foot={['Shipping', '', '', '', order.shipping.format()]}
    />
  </Card>
);

const Movements = ({ movements }: { movements: readonly OrderMovement[] }) => (
  <Card
    title="Every movement at Stripe"
    subtitle="Balance transactions on both accounts, and the payouts that carried them."
    flush
  >
    <Table
      caption="Balance transactions of this order, oldest first"
      hideCaption
      rows={[...movements]}
      keyOf={({ stripeAccount, id }) => `${stripeAccount} ${id}`}
      empty={
        <EmptyState title="Nothing was booked yet" icon="book">
          Stripe’s balance transactions appear here a moment after the payment.
        </EmptyState>
      }
      columns={[
        { header: 'What', rowHeader: true, cell: (movement) => <What movement={movement} /> },
        {
          header: 'Account',
          cell: ({ stripeAccount }) => (stripeAccount === 'platform' ? 'Platform' : 'Seller'),
        },
        { header: 'When', cell: ({ created }) => <DateTime at={created} day /> },
        { header: 'Fee', align: 'end', cell: ({ fee }) => (fee.isZero ? '–' : fee.format()) },
        {
          header: 'Net',
          align: 'end',
          cell: ({ net }) => <MoneyCell amount={net.amount} currency={net.currency} signed />,
        },
        {
          header: 'Payout',
          cell: ({ payoutId }) =>
            payoutId ? <a href={`/admin/payouts/${payoutId}`}>See payout</a> : 'Not yet',
        },
      ]}
    />
  </Card>
);

/** The movement, and what Stripe converted it from. */
const What = ({ movement }: { movement: OrderMovement }) => {
  const converted = conversionWords(movement);
  return (
    <>
      {typeWords(movement.type)}
      {converted && <p class="muted">{converted}</p>}
    </>
  );
};

/** `application_fee_refund` → "Application fee refund": Stripe's own terms, readable. */
function typeWords(type: string): string {
  const words = type.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const AtStripe = ({ story: { order, refunds } }: { story: OrderStory }) => {
  const ids: [string, string | null][] = [
    ['Payment', order.paymentIntentId],
    ['Charge', order.chargeId],
    ['Transfer', order.transferId],
    ['Payment at the seller', order.destinationPaymentId],
    ['Application fee', order.applicationFeeId],
    ...refunds.map(({ stripeRefundId }): [string, string | null] => ['Refund', stripeRefundId]),
  ];
  const items = ids.flatMap(([term, id]): { term: string; value: ComponentChildren }[] =>
    id ? [{ term, value: <code>{id}</code> }] : [],
  );
  return (
    <Card
      title="At Stripe"
      action={
        <PostForm action={`/admin/orders/${order.id}/refresh`} inline>
          <Button small>Ask Stripe now</Button>
        </PostForm>
      }
    >
      {items.length > 0 ? <DescriptionList items={items} /> : <p class="muted">Nothing yet.</p>}
    </Card>
  );
};
