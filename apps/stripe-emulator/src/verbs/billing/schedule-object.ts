import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { periodOf } from './subscriptions.js';

type Schedule = Stripe.SubscriptionSchedule;
/** `iterations` of the price's interval is what older versions have for `duration`. */
export type PhaseGiven = Stripe.SubscriptionScheduleCreateParams.Phase & { iterations?: number };

export function phaseOfNow(subscription: Stripe.Subscription): PhaseGiven {
  return {
    items: subscription.items.data.map(({ price, quantity = 1 }) => ({ price: price.id, quantity })),
    end_date: periodOf(subscription).end,
  };
}

export function newSchedule(
  id: string,
  customer: Stripe.Customer,
  now: number,
  livemode: boolean,
): Omit<Schedule, 'end_behavior' | 'metadata' | 'phases'> {
  return {
    id,
    object: 'subscription_schedule',
    application: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    canceled_at: null,
    completed_at: null,
    created: now,
    current_phase: null,
    customer: customer.id,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      billing_cycle_anchor: 'automatic',
      billing_thresholds: null,
      collection_method: 'charge_automatically',
      default_payment_method: null,
      description: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: { type: 'self' },
      },
      on_behalf_of: null,
      transfer_data: null,
    },
    livemode,
    pause_schedules: [],
    released_at: null,
    released_subscription: null,
    status: 'not_started',
    subscription: null,
    test_clock: idOf(customer.test_clock),
  };
}
