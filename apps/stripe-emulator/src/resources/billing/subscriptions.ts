import type Stripe from 'stripe';
import { missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { listOf, within } from '../../http/lists.js';
import {
  any,
  bool,
  currency,
  emptyable,
  int,
  list,
  metadata,
  object,
  oneOf,
  paging,
  range,
  required,
  str,
  type Param,
} from '../../http/params.js';
import { route } from '../../http/route.js';
import { periodOf } from '../../verbs/billing/subscriptions.js';
import {
  automaticTax,
  cancellation,
  collection,
  discounts,
  extraItems,
  invoiceSettings,
  moment,
  momentOrNow,
  paymentBehavior,
  paymentSettings,
  prorationBehavior,
  recurringPriceData,
  taxRates,
  transferPercent,
  trialSettings,
} from './billing-params.js';

type Subscription = Stripe.Subscription;

export const item: Record<string, Param> = {
  discounts,
  metadata,
  plan: str,
  price: str,
  price_data: recurringPriceData,
  quantity: int(0),
  tax_rates: taxRates,
};

const fields = {
  add_invoice_items: extraItems,
  application_fee_percent: emptyable({ type: 'number' }),
  automatic_tax: automaticTax,
  cancel_at: moment,
  cancel_at_period_end: bool,
  collection_method: collection,
  days_until_due: int(0, 3650),
  default_payment_method: str,
  default_tax_rates: taxRates,
  description: str,
  discounts,
  invoice_settings: invoiceSettings,
  metadata,
  off_session: bool,
  payment_behavior: paymentBehavior,
  payment_settings: paymentSettings,
  proration_behavior: prorationBehavior,
  transfer_data: transferPercent,
  trial_end: momentOrNow,
  trial_settings: trialSettings,
} satisfies Record<string, Param>;

const STATUSES = [
  'active',
  'canceled',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
];

export const subscriptions = [
  route<Stripe.SubscriptionCreateParams, Subscription>(
    'POST',
    '/v1/subscriptions',
    {
      ...fields,
      billing_cycle_anchor: moment,
      billing_mode: object({ flexible: any, type: required(oneOf('classic', 'flexible')) }),
      currency,
      customer: required(str),
      items: required(list(object(item), 20)),
      on_behalf_of: emptyable(str),
      trial_from_plan: bool,
      trial_period_days: int(0, 730),
    },
    ({ engine, account }, params) => engine.billing.subscriptions.create(account, params),
  ),
  route<Stripe.SubscriptionListParams, Stripe.ApiList<Subscription>>(
    'GET',
    '/v1/subscriptions',
    {
      ...paging,
      collection_method: collection,
      created: range,
      current_period_end: range,
      current_period_start: range,
      customer: str,
      plan: str,
      price: str,
      status: oneOf(...STATUSES, 'all', 'ended'),
      test_clock: str,
    },
    (call, params) => {
      const { customer, status, price = params.plan } = params;
      const wanted = (one: Subscription) =>
        status === 'all' ||
        (status === 'ended'
          ? ['canceled', 'incomplete_expired'].includes(one.status)
          : status
            ? one.status === status
            : one.status !== 'canceled');
      return listOf(call, 'subscription', params, {
        ...(customer && { index: { name: 'customer', values: [customer] } }),
        filter: (one) =>
          wanted(one) &&
          (customer !== undefined || (one.test_clock ?? null) === (params.test_clock ?? null)) &&
          (!price || one.items.data.some((each) => each.price.id === price)) &&
          (!params.collection_method || one.collection_method === params.collection_method) &&
          within(periodOf(one).end, params.current_period_end) &&
          within(periodOf(one).start, params.current_period_start),
      });
    },
  ),
  route<Stripe.SubscriptionRetrieveParams, Subscription>(
    'GET',
    '/v1/subscriptions/:id',
    {},
    ({ engine, account, ids }) => engine.billing.subscriptions.need(account, ids['id']!),
  ),
  route<Stripe.SubscriptionUpdateParams, Subscription>(
    'POST',
    '/v1/subscriptions/:id',
    {
      ...fields,
      billing_cycle_anchor: any,
      cancel_at: emptyable(moment),
      cancellation_details: cancellation,
      description: emptyable(str),
      items: list(object({ ...item, clear_usage: bool, deleted: bool, id: str }), 20),
      pause_collection: emptyable(
        object({
          behavior: required(oneOf('keep_as_draft', 'mark_uncollectible', 'void')),
          resumes_at: moment,
        }),
      ),
      proration_date: moment,
      transfer_data: emptyable(transferPercent),
    },
    ({ engine, account, ids }, params) =>
      engine.billing.subscriptionChanges.update(account, ids['id']!, params),
  ),
  route<Stripe.SubscriptionCancelParams, Subscription>(
    'DELETE',
    '/v1/subscriptions/:id',
    { cancellation_details: cancellation, invoice_now: bool, prorate: bool },
    ({ engine, account, ids }, params) =>
      engine.billing.subscriptionStates.cancel(account, ids['id']!, params),
  ),
  route<Stripe.SubscriptionResumeParams, Subscription>(
    'POST',
    '/v1/subscriptions/:id/resume',
    {},
    ({ engine, account, ids }) => engine.billing.subscriptionStates.resume(account, ids['id']!),
  ),
  route<Stripe.SubscriptionDeleteDiscountParams, Stripe.DeletedDiscount>(
    'DELETE',
    '/v1/subscriptions/:id/discount',
    {},
    ({ engine, account, ids }) => {
      const subscription = engine.billing.subscriptions.need(account, ids['id']!);
      const discount = idOf(subscription.discounts.at(-1));
      if (!discount) throw missing('discount', subscription.id, 'subscription');
      const gone = engine.store.need('discount', account, discount);
      engine.store.update('subscription', account, subscription.id, {
        discounts: subscription.discounts.filter((one) => idOf(one) !== discount),
      });
      const deleted = engine.billing.discounts.remove(account, discount);
      engine.events.emit(account, 'customer.discount.deleted', gone);
      return deleted;
    },
  ),
];
