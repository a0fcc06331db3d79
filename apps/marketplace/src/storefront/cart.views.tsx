import {
  type CartGroupView,
  type CartLineView,
  type CartView,
  type Change,
  changeWords,
  MAX_QUANTITY,
} from '#checkout';
import type { PageFrameData } from '../http/index.js';
import {
  Button,
  ButtonLink,
  Card,
  Columns,
  DescriptionList,
  EmptyState,
  LineItem,
  LineQuantity,
  Money,
  Notice,
  PageHead,
  PostForm,
  Shell,
  Stack,
} from '../ui/index.js';
import { changesKey } from './cart.changes.js';

export function CartPage({ frame, cart }: { frame: PageFrameData; cart: CartView }) {
  const empty = cart.groups.length === 0;
  return (
    <Shell {...frame} title="Your cart">
      <PageHead title="Your cart" />
      <Stack>
        {cart.changes.length > 0 && <Changes changes={cart.changes} empty={empty} />}
        {empty ? (
          <EmptyState
            title="Your cart is empty"
            icon="cart"
            action={
              <ButtonLink look="primary" href="/search">
                Find something
              </ButtonLink>
            }
          >
            Put in what you like from any shop: you check out once, and pay each maker directly.
          </EmptyState>
        ) : (
          <Columns
            main={cart.groups.map((group) => (
              <Group key={group.sellerId} group={group} />
            ))}
            aside={<Summary cart={cart} />}
          />
        )}
      </Stack>
    </Shell>
  );
}

const Changes = ({ changes, empty }: { changes: readonly Change[]; empty: boolean }) => (
  <Notice
    tone="attention"
    title={
      changes.length === 1
        ? 'Something changed since you chose it'
        : 'Some things changed since you chose them'
    }
    action={empty && <Accept changes={changes}>All right</Accept>}
  >
    {changes.map((change) => (
      <p key={changeWords(change)}>{changeWords(change)}</p>
    ))}
    <p>What you see here is how it is now. Nothing is charged yet.</p>
  </Notice>
);

const Group = ({ group }: { group: CartGroupView }) => (
  <Card title={group.sellerName} action={<a href={`/shop/${group.sellerSlug}`}>See the shop</a>}>
    {group.lines.map((line) => (
      <Line key={line.variantId} line={line} />
    ))}
    <GroupFigures group={group} />
    {group.problem && <Notice tone="attention">{group.problem}</Notice>}
  </Card>
);

const Line = ({ line }: { line: CartLineView }) => (
  <LineItem
    {...(line.pictureUrl && { picture: { src: line.pictureUrl, alt: '' } })}
    title={<a href={line.listingUrl}>{line.title}</a>}
    detail={
      <>
        {line.variantName && `${line.variantName} · `}
        <Money {...line.price} />
        {line.quantity > 1 && ' each'}
        {line.available <= 5 && ` · ${line.available === 1 ? 'the last one' : `${line.available} left`}`}
      </>
    }
    amount={<Money {...line.amount} />}
    action={
      <LineQuantity
        action={`/cart/items/${line.variantId}`}
        id={line.variantId}
        of={line.title}
        value={line.quantity}
        max={Math.min(line.available, MAX_QUANTITY)}
      />
    }
  />
);

/** What one shop's part comes to. */
export const GroupFigures = ({ group }: { group: Omit<CartGroupView, 'lines' | 'problem'> }) => (
  <DescriptionList
    items={[
      { term: 'Goods', value: <Money {...group.items} /> },
      ...(group.discount.isZero
        ? []
        : [{ term: 'Discount', value: <Money {...group.discount.negated()} /> }]),
      { term: 'Shipping', value: group.shipping.isZero ? 'Free' : <Money {...group.shipping} /> },
      { term: `Total for ${group.sellerName}`, value: <strong><Money {...group.total} /></strong> },
    ]}
  />
); // prettier-ignore

/** One total per currency, since amounts of different currencies are never added. */
export const Totals = ({ cart: { totals } }: { cart: CartView }) => (
  <DescriptionList
    items={totals.map((total) => ({
      term: totals.length > 1 ? `Total in ${total.currency.toUpperCase()}` : 'Total',
      value: (
        <strong>
          <Money {...total} />
        </strong>
      ),
    }))}
  />
);

/** Why several payments come. */
export const OneAfterAnother = ({ shops }: { shops: number }) =>
  shops > 1 ? (
    <p class="muted">
      You pay each shop separately, one after another: {shops} payments on Stripe’s page, each in its shop’s
      currency.
    </p>
  ) : (
    <p class="muted">You pay on Stripe’s page. We never see your card.</p>
  );

const Summary = ({ cart }: { cart: CartView }) => (
  <Card title="Summary">
    <Stack>
      <Totals cart={cart} />
      {cart.changes.length > 0 ? (
        <Accept changes={cart.changes}>Accept the changes and check out</Accept>
      ) : (
        <ButtonLink look="primary" href="/checkout" wide>
          Check out
        </ButtonLink>
      )}
      <OneAfterAnother shops={cart.groups.length} />
    </Stack>
  </Card>
);

const Accept = (props: { changes: readonly Change[]; children: string }) => (
  <PostForm action="/cart/accept" label="Accept the changes">
    <input type="hidden" name="told" value={changesKey(props.changes)} />
    <Button look="primary" wide>
      {props.children}
    </Button>
  </PostForm>
);
