import type { OrderView } from '#orders';
import type { RefundView } from '#refunds';
import type { OrderMovement } from '#reports';
import type { SellerView } from '#sellers';
import { ruleWords } from '../admin/fees.views.js';
import { conversionWords, OrderBadge, orderTimeline, orderWords } from '../shared/orders.parts.js';
import type { FieldErrors, PageFrameData, Typed } from '../http/index.js';
import { countryName } from '../storefront/country-name.js';
import { OrderFigures, OrderLine } from '../storefront/order.views.js';
import {
  Actions,
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  Columns,
  DateTime,
  DescriptionList,
  Field,
  FieldRow,
  FormErrors,
  Money,
  Notice,
  PostForm,
  Stack,
  Timeline,
} from '../ui/index.js';
import { orderLabel } from '../shared/payouts.parts.js';
import { SellerDesk } from './seller-desk.js';

type Props = {
  frame: PageFrameData;
  seller: SellerView;
  order: OrderView;
  refunds: readonly RefundView[];
  /** On the shop's own Stripe account. */
  movements: readonly OrderMovement[];
  errors: FieldErrors;
  typed: Typed;
};

/** One order on its shop's desk: what to send, where to, and how the money is shared. */
export function OrderDetail({ frame, seller, order, refunds, movements, errors, typed }: Props) {
  const path = `/seller/${seller.id}/orders`;
  const title = orderLabel(order.id);
  return (
    <SellerDesk
      frame={frame}
      seller={seller}
      current="orders"
      title={title}
      subtitle={orderSentence(order)}
      badge={<OrderBadge status={order.status} />}
      breadcrumbs={<Breadcrumbs items={[{ label: 'Orders', href: path }, { label: title }]} />}
      action={
        isSendable(order) && (
          <ButtonLink href={`${path}/${order.id}/refund`} icon="refund">
            Refund this order
          </ButtonLink>
        )
      }
    >
      <Columns
        main={
          <>
            {isSendable(order) && (
              <Ship path={`${path}/${order.id}/ship`} order={order} errors={errors} typed={typed} />
            )}
            <Card title="What the buyer ordered">
              {order.lines.map((line) => (
                <OrderLine key={line.id} line={line} />
              ))}
              <OrderFigures order={order} />
            </Card>
            <Equation order={order} />
            <Converted movements={movements} />
          </>
        }
        aside={
          <>
            <ShipTo order={order} />
            <Card title="What happened">
              <Timeline entries={orderTimeline({ order, refunds: [...refunds] })} />
            </Card>
            <AtStripe order={order} />
          </>
        }
      />
    </SellerDesk>
  );
}

function isSendable({ status }: OrderView): boolean {
  return status === 'paid' || status === 'shipped';
}

function orderSentence(order: OrderView): string {
  if (order.status === 'awaiting_payment') return 'The buyer has not paid. Do not send it yet.';
  if (order.status === 'processing') return 'The buyer’s bank is still moving the money. Do not send it yet.';
  if (order.status === 'paid') return 'It is paid: send it, and mark it as shipped.';
  return orderWords[order.status].sentence;
}

function Ship(props: { path: string; order: OrderView; errors: FieldErrors; typed: Typed }) {
  const { path, order, errors, typed } = props;
  const shipped = order.status === 'shipped';
  const input = (name: 'carrier' | 'trackingNumber') => {
    const value = typed[name];
    return { name, value: typeof value === 'string' ? value : (order[name] ?? ''), error: errors[name] };
  };
  return (
    <Card
      title={shipped ? 'On its way' : 'Send it'}
      subtitle={
        shipped ? (
          <>
            Shipped on <DateTime at={order.shippedAt!} />. You can correct carrier and number.
          </>
        ) : (
          'The buyer gets a mail with what you enter here.'
        )
      }
    >
      <Stack>
        <FormErrors
          errors={Object.entries(errors).map(([field, message]) => ({ ...(field && { field }), message }))}
        />
        {!order.refunded.isZero && (
          <Notice tone="attention">
            <Money {...order.refunded} /> of this order went back to the buyer.
          </Notice>
        )}
        <PostForm action={path} label="Mark as shipped">
          <FieldRow>
            <Field {...input('carrier')} label="Carrier" help="DHL, Royal Mail, …" maxLength={60} />
            <Field {...input('trackingNumber')} label="Tracking number" autocomplete="off" maxLength={80} />
          </FieldRow>
          <Actions>
            <Button look={shipped ? 'secondary' : 'primary'} icon="truck">
              {shipped ? 'Save the correction' : 'Mark as shipped'}
            </Button>
          </Actions>
        </PostForm>
      </Stack>
    </Card>
  );
}

/** Charged = the seller's net + fee + tax held, as it was frozen at sale. */
const Equation = ({ order: { split, feeRule, discountFunder, discount } }: { order: OrderView }) => (
  <Card title="How it is shared" subtitle={`Fixed when it was ordered. Fee: ${ruleWords(feeRule)}.`}>
    <DescriptionList
      items={[
        { term: 'The buyer pays', value: <Money {...split.charged} /> },
        { term: 'Guildhall’s fee', value: <Money {...split.applicationFee.negated()} /> },
        ...(split.taxHeld.isZero ? [] : [{ term: 'Tax held', value: <Money {...split.taxHeld.negated()} /> }]),
        {
          term: 'Yours',
          value: (
            <strong>
              <Money {...split.sellerNet} />
            </strong>
          ),
        },
      ]}
    />
    {!discount.isZero && (
      <p class="muted">
        The discount of <Money {...discount} /> was given by{' '}
        {discountFunder === 'seller' ? 'your shop' : 'Guildhall, from its fee'}.
      </p>
    )}
  </Card>
); // prettier-ignore

/** What Stripe converted for the shop, because its balance does not hold the order's currency: before, the rate, and after. */
const Converted = ({ movements }: { movements: readonly OrderMovement[] }) => {
  const converted = movements.filter(({ presented }) => presented);
  if (converted.length === 0) return null;
  return (
    <Card
      title="What Stripe converted"
      subtitle="Your balance does not hold this currency, so Stripe converted it at its rate of the day."
    >
      <DescriptionList
        items={converted.map((movement) => ({
          term: movement.amount.isNegative ? 'Taken back' : 'Paid to you',
          value: `${conversionWords(movement)}${
            movement.fee.isZero ? '' : `, less a fee of ${movement.fee.format()}`
          }`,
        }))}
      />
    </Card>
  );
};

const ShipTo = ({ order: { shipTo: to, email } }: { order: OrderView }) => {
  const lines = [
    to.name,
    to.line1,
    to.line2,
    [to.postcode, to.city].filter(Boolean).join(' '),
    to.region,
    countryName(to.country),
  ];
  return (
    <Card title="Send it to">
      <Stack>
        <div>
          {lines.filter(Boolean).map((line, at) => (
            <p key={at}>{line}</p>
          ))}
        </div>
        <DescriptionList
          items={[
            { term: 'E-mail', value: email },
            ...(to.phone ? [{ term: 'Phone', value: to.phone }] : []),
          ]}
        />
      </Stack>
    </Card>
  );
};

/** What its money is called at Stripe, for the seller's own dashboard. */
const AtStripe = ({ order }: { order: OrderView }) => {
  const ids = [
    ['Payment', order.destinationPaymentId],
    ['Transfer', order.transferId],
    ['Fee', order.applicationFeeId],
  ] as const;
  const items = ids.flatMap(([term, id]) => (id ? [{ term, value: <code>{id}</code> }] : []));
  return (
    <Card title="Numbers">
      <DescriptionList items={[{ term: 'Order', value: <code>{order.id}</code> }, ...items]} />
    </Card>
  );
};
