import type Stripe from 'stripe';
import { listFrom } from '../../http/lists.js';
import { bool, paging, required, str } from '../../http/params.js';
import { route, type Call } from '../../http/route.js';
import { moment, paymentBehavior, prorationBehavior } from './billing-params.js';
import { item } from './subscriptions.js';

type Item = Stripe.SubscriptionItem;
type Change = Pick<
  Stripe.SubscriptionUpdateParams,
  'payment_behavior' | 'proration_behavior' | 'proration_date'
>;

const manner = {
  payment_behavior: paymentBehavior,
  proration_behavior: prorationBehavior,
  proration_date: moment,
};

/** Each is a change of the subscription's `items`, with its prorations. */
function change(call: Call, subscription: string, given: object, how: Change): Stripe.Subscription {
  const items = [given] as Stripe.SubscriptionUpdateParams.Item[];
  return call.engine.billing.subscriptionChanges.update(call.account, subscription, { ...how, items });
}

function split<P extends Change>({ payment_behavior, proration_behavior, proration_date, ...given }: P) {
  const how = {
    ...(payment_behavior && { payment_behavior }),
    ...(proration_behavior && { proration_behavior }),
    ...(proration_date && { proration_date }),
  };
  return { how, given };
}

export const subscriptionItems = [
  route<Stripe.SubscriptionItemCreateParams, Item>(
    'POST',
    '/v1/subscription_items',
    { ...item, ...manner, subscription: required(str) },
    (call, { subscription, ...params }) => {
      const { how, given } = split(params);
      return change(call, subscription, given, how).items.data.at(-1)!;
    },
  ),
  route<Stripe.SubscriptionItemListParams, Stripe.ApiList<Item>>(
    'GET',
    '/v1/subscription_items',
    { ...paging, subscription: required(str) },
    (call, params) => {
      const subscription = call.engine.billing.subscriptions.need(
        call.account,
        params.subscription,
        'subscription',
      );
      return listFrom(call, subscription.items.data, params);
    },
  ),
  route<Stripe.SubscriptionItemRetrieveParams, Item>(
    'GET',
    '/v1/subscription_items/:id',
    {},
    ({ engine, account, ids }) => engine.billing.subscriptionItems.need(account, ids['id']!),
  ),
  route<Stripe.SubscriptionItemUpdateParams, Item>(
    'POST',
    '/v1/subscription_items/:id',
    { ...item, ...manner },
    (call, params) => {
      const id = call.ids['id']!;
      const { how, given } = split(params);
      const owner = call.engine.billing.subscriptionItems.subscriptionOf(call.account, id);
      change(call, owner.id, { ...given, id }, how);
      return call.engine.billing.subscriptionItems.need(call.account, id);
    },
  ),
  route<Stripe.SubscriptionItemDeleteParams, Stripe.DeletedSubscriptionItem>(
    'DELETE',
    '/v1/subscription_items/:id',
    { clear_usage: bool, ...manner },
    (call, params) => {
      const id = call.ids['id']!;
      const { how } = split(params);
      const owner = call.engine.billing.subscriptionItems.subscriptionOf(call.account, id);
      change(call, owner.id, { id, deleted: true }, how);
      return { id, object: 'subscription_item', deleted: true };
    },
  ),
];
