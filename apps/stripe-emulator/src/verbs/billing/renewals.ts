import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { nextAfter } from './periods.js';
import { rhythmOf } from './subscription-items.js';
import { periodOf } from './subscriptions.js';

type Subscription = Stripe.Subscription;

/** What comes to subscriptions with time: announcements, the next period, the end of a trial, the end. */
export class Renewals {
  constructor(private readonly engine: Engine) {
    const { timers } = engine;
    timers.on('subscription.renew', (account, id) => this.periodEnded(account!, id!));
    timers.on('subscription.upcoming', (account, id) => this.announce(account!, id!));
    timers.on('subscription.trial_notice', (account, id) => {
      const subscription = engine.store.get('subscription', account!, id!);
      if (subscription?.status === 'trialing')
        engine.events.emit(account!, 'customer.subscription.trial_will_end', subscription);
    });
  }

  /** A trial that is over, by its day or because somebody says so. */
  endTrial(account: string, id: string): void {
    const { engine } = this;
    const { subscriptions, subscriptionStates, testClocks } = engine.billing;
    const subscription = subscriptions.need(account, id);
    const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
    if (subscription.collection_method === 'charge_automatically' && !this.hasMethod(account, subscription)) {
      if (behavior === 'cancel') return subscriptionStates.end(account, id, 'cancellation_requested');
      if (behavior === 'pause') return subscriptionStates.pause(account, id);
    }
    const now = testClocks.now(account, subscription);
    engine.store.update('subscription', account, id, { billing_cycle_anchor: now, trial_end: now });
    this.beginPeriod(account, id, now, { status: 'active' });
  }

  /** The period that starts at `start`: its draft invoice, an hour before it is finalized. */
  beginPeriod(account: string, id: string, start: number, more: Partial<Subscription> = {}): void {
    const { engine } = this;
    const { subscriptions, bills } = engine.billing;
    const before = subscriptions.need(account, id);
    const every = rhythmOf(before.items.data);
    const end = nextAfter(before.billing_cycle_anchor, every, start);
    const data = before.items.data.map((item) => ({
      ...item,
      current_period_start: start,
      current_period_end: end,
    }));
    const renewed = engine.store.update('subscription', account, id, {
      items: { ...before.items, data },
      ...more,
    });
    const invoice = bills.renewal(account, renewed, periodOf(before));
    engine.store.update('subscription', account, id, { items: before.items, status: before.status });
    subscriptions.change(account, id, {
      items: { ...before.items, data },
      latest_invoice: invoice.id,
      ...more,
    });
    this.whilePaused(account, renewed, invoice.id);
    subscriptions.planNext(account, id);
  }

  private periodEnded(account: string, id: string): void {
    const { engine } = this;
    const scheduled = idOf(engine.store.get('subscription', account, id)?.schedule);
    if (scheduled) engine.billing.schedules.turn(account, scheduled);
    const subscription = engine.store.get('subscription', account, id);
    if (!subscription || subscription.status === 'canceled') return;
    const { end } = periodOf(subscription);
    const now = engine.billing.testClocks.now(account, subscription);
    const over = subscription.cancel_at !== null && subscription.cancel_at <= now;
    if (subscription.cancel_at_period_end || over)
      engine.billing.subscriptionStates.end(account, id, 'cancellation_requested');
    else if (subscription.status === 'trialing') this.endTrial(account, id);
    else if (subscription.status !== 'incomplete') this.beginPeriod(account, id, end);
  }

  /** What would be due next, as far as it is known now; there is no such invoice yet. */
  private announce(account: string, id: string): void {
    const { engine } = this;
    const subscription = engine.store.get('subscription', account, id);
    if (!subscription || subscription.status === 'paused') return;
    engine.events.emit(account, 'invoice.upcoming', engine.billing.previews.upcoming(account, subscription));
  }

  /** While collection is paused, an invoice is kept, written off or void, as the pause says. */
  private whilePaused(account: string, subscription: Subscription, invoice: string): void {
    const behavior = subscription.pause_collection?.behavior;
    if (!behavior || behavior === 'keep_as_draft') return;
    const { invoiceStates } = this.engine.billing;
    if (invoiceStates.finalize(account, invoice).status !== 'open') return;
    if (behavior === 'void') invoiceStates.void(account, invoice);
    else invoiceStates.markUncollectible(account, invoice);
  }

  private hasMethod(account: string, subscription: Subscription): boolean {
    const customer = this.engine.store.get('customer', account, idOf(subscription.customer)!);
    return Boolean(
      subscription.default_payment_method ??
      customer?.invoice_settings.default_payment_method ??
      customer?.default_source,
    );
  }
}
