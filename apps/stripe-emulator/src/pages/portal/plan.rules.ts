import type Stripe from 'stripe';
import type { Visit } from './visit.js';

type Product = Stripe.BillingPortal.Configuration.Features.SubscriptionUpdate.Product;
type Update = Stripe.SubscriptionUpdateParams;

/** A price that a customer may change to. */
export interface Plan {
  price: Stripe.Price;
  name: string;
  quantity: Product['adjustable_quantity'];
}

/** Whether the pages can change this subscription: those of several items are the platform's own business, as at Stripe. */
export function canChange(visit: Visit, subscription: Stripe.Subscription): boolean {
  const { enabled, default_allowed_updates: allowed } = visit.features.subscription_update;
  return (
    enabled &&
    allowed.length > 0 &&
    subscription.items.data.length === 1 &&
    ['active', 'trialing'].includes(subscription.status) &&
    !subscription.cancel_at_period_end &&
    plansFor(visit, subscription).length > 0
  );
}

/** What can be chosen: prices of the subscription's own currency, or, where only the number may change, its own. */
export function plansFor(visit: Visit, subscription: Stripe.Subscription): Plan[] {
  const { engine, account } = visit;
  const { products, default_allowed_updates: allowed } = visit.features.subscription_update;
  const current = subscription.items.data[0]!.price.id;
  return (products ?? []).flatMap(({ product, prices, adjustable_quantity: quantity }) =>
    prices
      .map((id) => engine.billing.prices.need(account, id))
      .filter(({ id }) => allowed.includes('price') || id === current)
      .filter((price) => price.id === current || (price.active && price.recurring !== null))
      .filter(({ currency }) => currency === subscription.currency)
      .map((price) => ({
        price,
        name: engine.store.get('product', account, product)?.name ?? 'Subscription',
        quantity: { ...quantity, enabled: quantity.enabled && allowed.includes('quantity') },
      })),
  );
}

/** How many of it are asked for; null where that is not allowed. */
export function quantityOf(plan: Plan, typed: string | undefined, before: number): number | null {
  const { enabled, minimum, maximum } = plan.quantity;
  if (!enabled) return before;
  const count = Number(typed || before);
  const fits = Number.isInteger(count) && count >= Math.max(1, minimum) && count <= (maximum ?? 999_999);
  return fits ? count : null;
}

/** The change as a call of the API would ask for it. @param date Unix seconds: what was previewed is what is charged */
export function updateOf(
  visit: Visit,
  subscription: Stripe.Subscription,
  plan: Plan,
  quantity: number,
  date: number,
): Update {
  const { proration_behavior: behavior } = visit.features.subscription_update;
  return {
    items: [{ id: subscription.items.data[0]!.id, price: plan.price.id, quantity }],
    proration_behavior: behavior as NonNullable<Update['proration_behavior']>,
    ...(behavior !== 'none' && { proration_date: date }),
  };
}
