import type { LineView, OrderView } from '#orders';
import type { SellerView } from '#sellers';
import { OrderBadge } from '../shared/orders.parts.js';
import { orderLabel } from '../shared/payouts.parts.js';
import { Card, DescriptionList, LineItem, Money } from '../ui/index.js';
import { countryName } from './country-name.js';
import { parcelWords } from './purchase.rules.js';

/** One shop's part of a purchase, as its buyer sees it. */
export const OrderCard = ({ order, shop }: { order: OrderView; shop: SellerView }) => (
  <Card
    title={shop.name}
    subtitle={order.shippedAt && parcelWords(order)}
    action={<OrderBadge status={order.status} />}
  >
    {order.lines.map((line) => (
      <OrderLine key={line.id} line={line} />
    ))}
    <OrderFigures order={order} />
    <DescriptionList
      items={[
        { term: 'Goes to', value: addressWords(order) },
        { term: 'Number', value: orderLabel(order.id) },
      ]}
    />
  </Card>
);

/** The price before discounts; the figures below the lines take them off. */
export const OrderLine = ({ line }: { line: LineView }) => (
  <LineItem
    {...(line.pictureUrl && { picture: { src: line.pictureUrl, alt: '' } })}
    title={line.title}
    detail={
      <>
        {line.variantName && `${line.variantName} · `}
        {line.quantity} × <Money {...line.unitPrice} />
      </>
    }
    amount={<Money {...line.unitPrice.times(line.quantity)} />}
  />
);

/** What the buyer pays for one order. */
export const OrderFigures = ({ order }: { order: OrderView }) => (
  <DescriptionList
    items={[
      { term: 'Goods', value: <Money {...order.items} /> },
      ...(order.discount.isZero
        ? []
        : [{ term: 'Discount', value: <Money {...order.discount.negated()} /> }]),
      { term: 'Shipping', value: order.shipping.isZero ? 'Free' : <Money {...order.shipping} /> },
      ...(order.tax.isZero ? [] : [{ term: 'Tax', value: <Money {...order.tax} /> }]),
      {
        term: 'Total',
        value: (
          <strong>
            <Money {...order.split.charged} />
          </strong>
        ),
      },
      ...(order.refunded.isZero
        ? []
        : [{ term: 'Refunded', value: <Money {...order.refunded.negated()} /> }]),
    ]}
  />
);

/** Every address has a name, unless it is hidden. "Ada Byron, 12 St James Square, SW1Y 4LB London, United Kingdom" */
export function addressWords({ shipTo: to }: OrderView): string {
  if (!to.name) return `${countryName(to.country)}. The address is hidden, since this link is an old one.`;
  const town = [to.postcode, to.city].filter(Boolean).join(' ');
  return [to.name, to.line1, to.line2, town, to.region, countryName(to.country)].filter(Boolean).join(', ');
}
