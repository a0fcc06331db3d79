import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import { NO_CANCELLATION } from './subscription-object.js';
import { periodOf } from './subscriptions.js';

type Subscription = Stripe.Subscription;
type Params = Stripe.SubscriptionUpdateParams;

/** What an update says of the subscription itself; its items, with their prorations, are a matter of their own. */
export function patchOf(
  engine: Engine,
  account: string,
  before: Subscription,
  params: Params,
): Partial<Subscription> {
  const { cancel_at_period_end: atEnd, cancel_at, transfer_data: transfer } = params;
  const now = engine.billing.testClocks.now(account, before);
  const ends = atEnd === true || typeof cancel_at === 'number';
  const stays = (atEnd === false && before.cancel_at_period_end) || cancel_at === '';
  const { cancellation_details: details, trial_end } = params;
  const later = typeof trial_end === 'number' ? trial_end : null;
  return {
    ...(params.application_fee_percent !== undefined && {
      application_fee_percent: params.application_fee_percent || null,
    }),
    ...(params.collection_method && { collection_method: params.collection_method }),
    ...(params.days_until_due !== undefined && { days_until_due: params.days_until_due }),
    ...(params.default_payment_method && { default_payment_method: params.default_payment_method }),
    ...(params.description !== undefined && { description: params.description || null }),
    ...(atEnd !== undefined && { cancel_at_period_end: atEnd }),
    ...(typeof cancel_at === 'number' && { cancel_at }),
    ...(atEnd === true && { cancel_at: periodOf(before).end }),
    ...(stays && { cancel_at: null, canceled_at: null, cancellation_details: NO_CANCELLATION }),
    ...(ends && {
      canceled_at: now,
      cancellation_details: { ...NO_CANCELLATION, reason: 'cancellation_requested' },
    }),
    ...(details && {
      cancellation_details: {
        ...(before.cancellation_details ?? NO_CANCELLATION),
        ...(ends && { reason: 'cancellation_requested' as const }),
        ...(details.comment !== undefined && { comment: details.comment || null }),
        ...(details.feedback !== undefined && { feedback: details.feedback || null }),
      },
    }),
    ...(params.pause_collection !== undefined && {
      pause_collection: params.pause_collection
        ? {
            behavior: params.pause_collection.behavior,
            resumes_at: params.pause_collection.resumes_at ?? null,
          }
        : null,
    }),
    ...(transfer !== undefined && {
      transfer_data: transfer
        ? { amount_percent: transfer.amount_percent ?? null, destination: transfer.destination }
        : null,
    }),
    ...(params.discounts !== undefined && { discounts: discountsOf(engine, account, before, params) }),
    ...(params.default_tax_rates !== undefined && {
      default_tax_rates: engine.billing.taxRates.needAll(
        account,
        params.default_tax_rates,
        'default_tax_rates',
      ),
    }),
    ...(params.payment_settings?.save_default_payment_method && {
      payment_settings: {
        ...before.payment_settings!,
        save_default_payment_method: params.payment_settings.save_default_payment_method,
      },
    }),
    ...(later !== null && {
      trial_end: later,
      trial_start: before.trial_start ?? now,
      billing_cycle_anchor: later,
      status: 'trialing',
      items: {
        ...before.items,
        data: before.items.data.map((item) => ({ ...item, current_period_end: later })),
      },
    }),
    ...(params.metadata !== undefined && { metadata: mergeMetadata(before.metadata, params.metadata) }),
  };
}

function discountsOf(engine: Engine, account: string, before: Subscription, params: Params): string[] {
  const target = { customer: idOf(before.customer), subscription: before.id };
  const now = engine.billing.testClocks.now(account, before);
  const after = engine.billing.discounts.redeemAll(account, params.discounts, target, now);
  const old = before.discounts.map((one) => idOf(one)!);
  for (const discount of after.filter((one) => !old.includes(one.id)))
    engine.events.emit(account, 'customer.discount.created', discount);
  for (const id of old.filter((one) => !after.some((discount) => discount.id === one))) {
    const gone = engine.store.need('discount', account, id);
    engine.billing.discounts.remove(account, id);
    engine.events.emit(account, 'customer.discount.deleted', gone);
  }
  return after.map((one) => one.id);
}
