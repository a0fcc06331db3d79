import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { listOf } from '../../http/lists.js';
import {
  bool,
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
  until,
} from '../../http/params.js';
import { route } from '../../http/route.js';
import type { ScheduleParams } from '../../verbs/billing/schedules.js';
import { moment, momentOrNow, prorationBehavior, recurringPriceData } from './billing-params.js';
import { interval } from './price-params.js';

type Schedule = Stripe.SubscriptionSchedule;

const item = object({ metadata, plan: str, price: str, price_data: recurringPriceData, quantity: int(0) });

const phases = list(
  object({
    description: emptyable(str),
    duration: object({ interval: required(interval), interval_count: int(1) }),
    end_date: moment,
    items: required(list(item, 20)),
    iterations: until('2025-09-30.clover', int(1)),
    metadata,
    proration_behavior: prorationBehavior,
    trial_end: moment,
  }),
  10,
);

const fields = { end_behavior: oneOf('cancel', 'release'), metadata, phases };

export const schedules = [
  route<ScheduleParams, Schedule>(
    'POST',
    '/v1/subscription_schedules',
    { ...fields, customer: str, from_subscription: str, start_date: momentOrNow },
    ({ engine, account }, params) => engine.billing.schedules.create(account, params),
  ),
  route<Stripe.SubscriptionScheduleListParams, Stripe.ApiList<Schedule>>(
    'GET',
    '/v1/subscription_schedules',
    { ...paging, created: range, customer: str, scheduled: bool },
    (call, params) =>
      listOf(call, 'subscription_schedule', params, {
        filter: (one) =>
          (!params.customer || idOf(one.customer) === params.customer) &&
          (!params.scheduled || one.status === 'not_started'),
      }),
  ),
  route<Stripe.SubscriptionScheduleRetrieveParams, Schedule>(
    'GET',
    '/v1/subscription_schedules/:id',
    {},
    ({ engine, account, ids }) => engine.billing.schedules.need(account, ids['id']!),
  ),
  route<ScheduleParams, Schedule>(
    'POST',
    '/v1/subscription_schedules/:id',
    fields,
    ({ engine, account, ids }, params) => engine.billing.schedules.update(account, ids['id']!, params),
  ),
  route<Stripe.SubscriptionScheduleCancelParams, Schedule>(
    'POST',
    '/v1/subscription_schedules/:id/cancel',
    { invoice_now: bool, prorate: bool },
    ({ engine, account, ids }, params) => engine.billing.schedules.cancel(account, ids['id']!, params),
  ),
  route<Stripe.SubscriptionScheduleReleaseParams, Schedule>(
    'POST',
    '/v1/subscription_schedules/:id/release',
    {},
    ({ engine, account, ids }) => engine.billing.schedules.release(account, ids['id']!),
  ),
];
