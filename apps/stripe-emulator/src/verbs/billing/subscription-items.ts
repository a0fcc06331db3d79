import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, lacking, missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import { priceOf } from './amounts.js';
import type { DiscountParam } from './discounts.js';
import { newItem } from './subscription-object.js';
import { planOf } from './prices.js';

type Item = Stripe.SubscriptionItem;

/** An item as creating or updating a subscription names it. */
export interface ItemGiven {
  id?: string;
  price?: string;
  plan?: string;
  price_data?: Stripe.SubscriptionCreateParams.Item.PriceData;
  quantity?: number;
  deleted?: boolean;
  /** A price made for this purpose alone: those are never active. */
  adHoc?: boolean;
  discounts?: DiscountParam[] | '' | null;
  metadata?: Stripe.MetadataParam | '';
  tax_rates?: string[] | '' | null;
}

/** What a subscription consists of: prices and quantities. */
export class SubscriptionItems {
  constructor(private readonly engine: Engine) {}

  make(
    account: string,
    subscription: { id: string; customer: string },
    given: ItemGiven,
    frame: { now: number; period: { start: number; end: number } },
    at: string,
  ): Item {
    const { engine } = this;
    const id = engine.ids.next('si');
    engine.store.insert('subscription_item_place', account, { id, subscription: subscription.id });
    const target = { customer: subscription.customer, subscription: subscription.id };
    return newItem({
      id,
      created: frame.now,
      subscription: subscription.id,
      price: this.price(account, given, at),
      quantity: given.quantity ?? 1,
      period: frame.period,
      discounts: engine.billing.discounts
        .redeemAll(account, given.discounts, target, frame.now)
        .map((one) => one.id),
      rates: engine.billing.taxRates.needAll(account, given.tax_rates, `${at}[tax_rates]`),
      metadata: mergeMetadata({}, given.metadata),
    });
  }

  changed(account: string, item: Item, given: ItemGiven, at: string): Item {
    const priced = given.price ?? given.plan ?? given.price_data;
    const price = priced ? this.price(account, given, at) : item.price;
    return {
      ...item,
      price,
      plan: planOf(price),
      quantity: given.quantity ?? item.quantity ?? 1,
      metadata: mergeMetadata(item.metadata, given.metadata),
      ...(given.tax_rates !== undefined && {
        tax_rates: this.engine.billing.taxRates.needAll(account, given.tax_rates, `${at}[tax_rates]`),
      }),
    };
  }

  /** What an item costs for a whole period. */
  amount(account: string, item: Item): number {
    const tiers = this.engine.billing.prices.tiersOf(account, item.price.id);
    return priceOf(item.price, tiers, item.quantity ?? 1);
  }

  /** The subscription that an item is part of. */
  subscriptionOf(account: string, id: string): Stripe.Subscription {
    const place = this.engine.store.get('subscription_item_place', account, id);
    if (!place) throw missing('subscription_item', id, 'item');
    return this.engine.store.need('subscription', account, place.subscription);
  }

  need(account: string, id: string): Item {
    const found = this.subscriptionOf(account, id).items.data.find((item) => item.id === id);
    if (!found) throw missing('subscription_item', id, 'item');
    return found;
  }

  productName(account: string, item: Item): string {
    return this.engine.store.get('product', account, idOf(item.price.product)!)?.name ?? 'Subscription';
  }

  price(account: string, given: ItemGiven, at: string): Stripe.Price {
    const { prices } = this.engine.billing;
    const id = given.price ?? given.plan;
    if (!id && !given.price_data) {
      throw lacking(`${at}[price]`);
    }
    const price = id
      ? prices.need(account, id, `${at}[price]`)
      : prices.create(account, { ...given.price_data!, active: false });
    if (!price.recurring) {
      throw invalid(
        `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
        { param: `${at}[price]` },
      );
    }
    if (!price.active && id && !given.adHoc) {
      throw invalid('The price specified is inactive. This field only accepts active prices.', {
        param: `${at}[price]`,
      });
    }
    return price;
  }
}

/** One rhythm for all items, as Stripe asks of a subscription in the classic way. @throws Refusal when they differ */
export function rhythmOf(items: Item[]): Stripe.Price.Recurring {
  const first = items[0]!.price.recurring!;
  for (const { price } of items) {
    if (
      price.recurring!.interval !== first.interval ||
      price.recurring!.interval_count !== first.interval_count
    ) {
      throw invalid(
        'If multiple prices are specified, they must all have the same billing interval; this emulator knows no mixed ones.',
        { param: 'items' },
      );
    }
    if (price.currency !== items[0]!.price.currency)
      throw invalid('All prices of a subscription must use the same currency.', { param: 'items' });
  }
  return first;
}
