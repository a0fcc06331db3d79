import { type Change, changeWords } from '#checkout';
import type { OrderView, PurchaseView } from '#orders';
import type { SellerView } from '#sellers';
import type { PageFrameData } from '../http/index.js';
import {
  Button,
  ButtonLink,
  Card,
  DateTime,
  formatMoney,
  Live,
  Money,
  Notice,
  PageHead,
  PostForm,
  Shell,
  Stack,
  Steps,
  type Step,
} from '../ui/index.js';
import { OrderCard } from './order.views.js';
import { isPending, type Moment, nextToPay, standingOf } from './purchase.rules.js';

export interface PurchaseProps extends Moment {
  readonly purchase: PurchaseView;
  readonly sellers: ReadonlyMap<string, SellerView>;
  /** How the buyer came back from Stripe, if they did just now. */
  readonly back: 'paid' | 'left' | null;
  /** Why the order that was about to be paid ended. */
  readonly changes: readonly Change[];
}

export const PurchasePage = ({ frame, ...props }: PurchaseProps & { frame: PageFrameData }) => {
  const { id, createdAt, orders } = props.purchase;
  const title = props.purchase.state === 'paid' ? 'Thank you' : 'Your purchase';
  return (
    <Shell {...frame} title={title}>
      <PageHead
        title={title}
        lead={
          <>
            <DateTime at={createdAt} /> · {orders.length === 1 ? 'one shop' : `${orders.length} shops`}
          </>
        }
        action={
          orders.some((order) => order.paidAt) && (
            <ButtonLink href={`/purchases/${id}/receipt`} icon="receipt">
              Receipt
            </ButtonLink>
          )
        }
      />
      <Stack>
        {props.changes.length > 0 && <Changed changes={props.changes} />}
        {isPending(orders, props) ? (
          <Live path={livePath(props)} everyMs={nextToPay(orders) ? 2500 : 15_000}>
            <PurchaseStanding {...props} />
          </Live>
        ) : (
          <PurchaseStanding {...props} />
        )}
      </Stack>
    </Shell>
  );
};

function livePath({ purchase, back, unconfirmed }: PurchaseProps): string {
  const query = new URLSearchParams({ ...(back && { back }), ...(unconfirmed && { unconfirmed: 'yes' }) });
  return `/purchases/${purchase.id}/standing?${query.toString()}`;
}

const Changed = ({ changes }: { changes: readonly Change[] }) => (
  <Notice
    tone="attention"
    title="Something changed before you paid"
    action={
      <ButtonLink look="primary" href="/cart">
        Look at your cart
      </ButtonLink>
    }
  >
    {changes.map((change) => (
      <p key={changeWords(change)}>{changeWords(change)}</p>
    ))}
    <p>Nothing was charged for it. Your cart shows things as they are now; check out from there.</p>
  </Notice>
);

/** Everything of a purchase that changes while it is being paid. */
export const PurchaseStanding = (props: PurchaseProps) => (
  <div data-live-done={isPending(props.purchase.orders, props) ? undefined : ''}>
    <Stack>
      <Summary {...props} />
      <Card title={props.purchase.orders.length > 1 ? 'Your payments' : 'Your payment'}>
        <Steps label="The shops of this purchase" steps={stepsOf(props)} />
      </Card>
      {props.purchase.orders.map((order) => (
        <OrderCard key={order.id} order={order} shop={props.sellers.get(order.sellerId)!} />
      ))}
    </Stack>
  </div>
);

/** The purchase as a whole, in a sentence or two. */
function Summary({ purchase, back, sessions }: PurchaseProps) {
  const { orders, state, email } = purchase;
  const next = nextToPay(orders);
  const open = orders.filter((order) => order.status === 'awaiting_payment').length;
  const session = next && sessions.get(next.id);
  if (session?.decline)
    return (
      <Notice tone="attention" title="The last payment did not go through">
        Nothing was charged for it. Below is why, and what you can do.
      </Notice>
    );
  if (back === 'left' && session?.status === 'open')
    return (
      <Notice tone="neutral" title="You left the payment page">
        Nothing was charged. Your things are kept; the button below takes you back to the same payment.
      </Notice>
    );
  if (state === 'paid')
    return (
      <Notice tone="good" title="Everything is paid">
        {orders.length > 1 ? 'Each shop has' : 'The shop has'} your order. The receipt went to {email}.
      </Notice>
    );
  if (state === 'part_paid' && next)
    return (
      <Notice
        tone="attention"
        title={`${open} of ${orders.length} payments ${open === 1 ? 'is' : 'are'} left`}
      >
        What you paid is safe and on its way to be sent. Pay the rest when you are ready.
      </Notice>
    );
  if (state === 'part_paid' && orders.some((order) => order.status === 'canceled'))
    return (
      <Notice tone="attention" title="A part of this purchase was not paid">
        The rest is paid, and its shops have your order.
      </Notice>
    );
  if (next && orders.length > 1)
    return (
      <Notice tone="neutral" title={`${orders.length} shops, ${orders.length} payments`}>
        You pay each shop separately, one after another. Come back here after each.
      </Notice>
    );
  return null;
}

function stepsOf(props: PurchaseProps): Step[] {
  const { orders } = props.purchase;
  const next = nextToPay(orders);
  return orders.map((order) => {
    const { state, word, sentence, offer } = standingOf(order, order === next, props);
    const shop = props.sellers.get(order.sellerId)!.name;
    return {
      title: (
        <>
          {shop} · <Money {...order.split.charged} />
        </>
      ),
      detail: sentence,
      state,
      word,
      ...(offer === 'pay' && { action: <Pay order={order} shop={shop} /> }),
      ...(offer === 'cart' && {
        action: (
          <ButtonLink href="/cart" small>
            Go to your cart
          </ButtonLink>
        ),
      }),
    };
  });
}

const Pay = ({ order, shop }: { order: OrderView; shop: string }) => (
  <PostForm action={`/purchases/${order.purchaseId}/pay`} inline label={`Pay ${shop}`}>
    <input type="hidden" name="orderId" value={order.id} />
    <Button look="primary">
      Pay {formatMoney(order.split.charged.amount, order.currency)} to {shop}
    </Button>
  </PostForm>
);
