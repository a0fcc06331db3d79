import type Stripe from 'stripe';
import { Icon } from '../ui/icon.js';
import { Money } from '../ui/parts.js';

interface Props {
  session: Stripe.Checkout.Session;
  items: Stripe.LineItem[];
  platform: string;
  /** Minor units, with the chosen shipping. */
  total: number;
}

/** The way out that cancels nothing: the session can be paid until it expires. */
export const BackToShop = ({ session, platform }: Pick<Props, 'session' | 'platform'>) =>
  session.cancel_url ? (
    <a href={session.cancel_url}>
      <Icon name="chevron-left" />
      Back to {platform}
    </a>
  ) : (
    <>{platform}</>
  );

/** The left side: what this is about. */
export const Summary = (props: Props) =>
  props.session.mode === 'setup' ? (
    <p class="pay-title">Save payment details for {props.platform}</p>
  ) : (
    <Bill {...props} />
  );

/** What is being bought, with every amount that makes up the total. */
function Bill({ session, items, platform, total }: Props) {
  const currency = session.currency!;
  const discount = session.total_details!.amount_discount;
  const shipping = total - session.amount_subtotal! + discount;
  return (
    <>
      <p class="pay-title">
        {session.mode === 'subscription' ? 'Subscribe to' : 'Pay'} {platform}
      </p>
      <p class="pay-total">
        <Money amount={total} currency={currency} />
      </p>
      <ul class="pay-items">
        {items.map((item) => (
          <li key={item.id}>
            <div>
              <p class="pay-item">{item.description ?? 'Item'}</p>
              {item.quantity !== 1 && (
                <p class="help">
                  Qty {item.quantity}, <Money amount={item.price?.unit_amount ?? 0} currency={currency} />{' '}
                  each
                </p>
              )}
              <Rhythm item={item} />
            </div>
            <Money amount={item.amount_subtotal} currency={currency} />
          </li>
        ))}
      </ul>
      <dl class="pay-sums">
        <Line term="Subtotal" amount={session.amount_subtotal!} currency={currency} />
        {discount > 0 && <Line term="Discount" amount={-discount} currency={currency} />}
        {session.shipping_options.length > 0 && (
          <Line term="Shipping" amount={shipping} currency={currency} />
        )}
        <Line term="Total due" amount={total} currency={currency} />
      </dl>
    </>
  );
}

/** What comes after today: a price that is charged again and again, from a trial's end on if there is one. */
function Rhythm({ item }: { item: Stripe.LineItem }) {
  const every = item.price?.recurring;
  if (!every) return null;
  const { interval, interval_count: count } = every;
  const amount = (item.price!.unit_amount ?? 0) * (item.quantity ?? 1);
  const words = count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;
  return (
    <p class="help">
      {item.amount_subtotal === 0 && 'Free trial, then '}
      <Money amount={amount} currency={item.currency} /> {words}
    </p>
  );
}

const Line = ({ term, amount, currency }: { term: string; amount: number; currency: string }) => (
  <div>
    <dt>{term}</dt>
    <dd>
      <Money amount={amount} currency={currency} />
    </dd>
  </div>
);
