import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import { addPeriods } from './periods.js';
import type { PhaseGiven } from './schedule-object.js';

export type Phase = Stripe.SubscriptionSchedule['phases'][number];

/** The phases of a schedule, one after another from `start` on. */
export function phasesOf(engine: Engine, account: string, given: PhaseGiven[], start: number): Phase[] {
  let from = start;
  return given.map((phase, index) => {
    const made = phaseOf(engine, account, phase, from, `phases[${index}]`);
    from = made.end_date;
    return made;
  });
}

function phaseOf(engine: Engine, account: string, given: PhaseGiven, start: number, at: string): Phase {
  const items = given.items.map((item, index) => ({
    item,
    price: engine.billing.subscriptionItems.price(account, item, `${at}[items][${index}]`),
  }));
  const every = items[0]!.price.recurring!;
  const { duration, iterations = 1 } = given;
  const length = duration ? { interval_count: 1, ...duration } : every;
  return {
    add_invoice_items: [],
    application_fee_percent: given.application_fee_percent ?? null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: given.collection_method ?? null,
    currency: items[0]!.price.currency,
    default_payment_method: given.default_payment_method ?? null,
    default_tax_rates: [],
    description: given.description || null,
    discounts: [],
    end_date: given.end_date ?? addPeriods(start, length, duration ? 1 : iterations),
    invoice_settings: null,
    items: items.map(({ item, price }) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: mergeMetadata({}, item.metadata),
      plan: price.id,
      price: price.id,
      quantity: item.quantity ?? 1,
      tax_rates: [],
    })),
    metadata: mergeMetadata({}, given.metadata),
    on_behalf_of: null,
    proration_behavior: given.proration_behavior ?? 'create_prorations',
    start_date: start,
    transfer_data: null,
    trial_end: given.trial_end ?? null,
  };
}

/** What a subscription has in a phase, as its own calls take it. */
export function itemsOf(phase: Phase) {
  return phase.items.map((item) => ({
    price: idOf(item.price as string)!,
    quantity: item.quantity ?? 1,
    adHoc: true,
  }));
}
