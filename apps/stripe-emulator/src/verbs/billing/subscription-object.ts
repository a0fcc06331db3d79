import type Stripe from 'stripe';
import { planOf } from './prices.js';

type Subscription = Stripe.Subscription;
type Item = Stripe.SubscriptionItem;

export interface ItemFrame {
  id: string;
  created: number;
  subscription: string;
  price: Stripe.Price;
  quantity: number;
  period: { start: number; end: number };
  discounts: string[];
  rates: Stripe.TaxRate[];
  metadata: Stripe.Metadata;
}

export function newItem(frame: ItemFrame): Item {
  return {
    id: frame.id,
    object: 'subscription_item',
    billing_thresholds: null,
    created: frame.created,
    current_period_end: frame.period.end,
    current_period_start: frame.period.start,
    current_trial: null,
    discounts: frame.discounts,
    metadata: frame.metadata,
    plan: planOf(frame.price),
    price: frame.price,
    quantity: frame.quantity,
    subscription: frame.subscription,
    tax_rates: frame.rates,
  };
}

export interface SubscriptionFrame {
  id: string;
  now: number;
  currency: string;
  livemode: boolean;
  customer: Stripe.Customer;
  anchor: number;
  trialEnd: number | null;
  status: Subscription['status'];
  rates: Stripe.TaxRate[];
}

export function newSubscription(
  frame: SubscriptionFrame,
  params: Stripe.SubscriptionCreateParams,
): Subscription {
  const { id, now, trialEnd } = frame;
  const mode = params.billing_mode?.type ?? 'flexible';
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: params.application_fee_percent || null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: frame.anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: mode === 'flexible' ? { proration_discounts: 'included' } : null, type: mode },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: typeof params.cancel_at === 'number' ? params.cancel_at : null,
    cancel_at_period_end: params.cancel_at_period_end ?? false,
    canceled_at: params.cancel_at_period_end || params.cancel_at ? now : null,
    cancellation_details: NO_CANCELLATION,
    collection_method: params.collection_method ?? 'charge_automatically',
    created: now,
    currency: frame.currency,
    customer: frame.customer.id,
    customer_account: null,
    days_until_due: params.days_until_due ?? null,
    default_payment_method: params.default_payment_method ?? null,
    default_source: null,
    default_tax_rates: frame.rates,
    description: params.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: params.invoice_settings?.description ?? null,
      footer: params.invoice_settings?.footer ?? null,
      issuer: { type: 'self' },
    },
    items: { object: 'list', data: [], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: frame.livemode,
    managed_payments: null,
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: params.on_behalf_of || null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: params.payment_settings?.payment_method_types || null,
      save_default_payment_method: params.payment_settings?.save_default_payment_method ?? 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: frame.status,
    test_clock: (frame.customer.test_clock as string | null | undefined) ?? null,
    transfer_data: params.transfer_data
      ? {
          amount_percent: params.transfer_data.amount_percent ?? null,
          destination: params.transfer_data.destination,
        }
      : null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: params.trial_settings?.end_behavior.billing_cycle_anchor ?? null,
        missing_payment_method:
          params.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
      },
    } as Subscription['trial_settings'],
    trial_start: trialEnd === null ? null : now,
  };
}

export const NO_CANCELLATION: Stripe.Subscription.CancellationDetails = {
  comment: null,
  feedback: null,
  feedback_option: null,
  reason: null,
};
