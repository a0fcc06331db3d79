import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { periodOf } from './subscriptions.js';

/** Invoices that are not there yet. */
export class Previews {
  constructor(private readonly engine: Engine) {}

  /** What a subscription's next invoice will say. It is made and undone, so that it is right by construction. */
  upcoming(account: string, subscription: Stripe.Subscription): Stripe.Invoice {
    const { end } = periodOf(subscription);
    if (subscription.cancel_at_period_end || subscription.status === 'canceled')
      throw invalid('No upcoming invoices for customer', { code: 'invoice_upcoming_none', status: 404 });
    const made = this.undone(() => {
      const { engine } = this;
      const { renewals, testClocks } = engine.billing;
      if (subscription.status === 'trialing') renewals.endTrial(account, subscription.id);
      else renewals.beginPeriod(account, subscription.id, end);
      return { ...this.latest(account, subscription.id)!, created: testClocks.now(account, subscription) };
    });
    const id = `upcoming_in_${subscription.id.slice(4)}`;
    return {
      ...made,
      id,
      status: 'draft',
      automatically_finalizes_at: null,
      lines: { ...made.lines, url: `/v1/invoices/${id}/lines` },
    };
  }

  /** What a change would be charged at once, if anything, and with the next renewal; made and undone as well. */
  change(
    account: string,
    subscription: Stripe.Subscription,
    params: Stripe.SubscriptionUpdateParams,
  ): { now: Stripe.Invoice | null; next: Stripe.Invoice } {
    return this.undone(() => {
      const before = idOf(subscription.latest_invoice);
      const changed = this.engine.billing.subscriptionChanges.update(account, subscription.id, params);
      const now = this.latest(account, subscription.id);
      this.engine.billing.renewals.beginPeriod(account, subscription.id, periodOf(changed).end);
      return {
        now: now && now.id !== before ? now : null,
        next: this.latest(account, subscription.id)!,
      };
    });
  }

  private latest(account: string, subscription: string): Stripe.Invoice | null {
    const { subscriptions, invoices } = this.engine.billing;
    const id = idOf(subscriptions.need(account, subscription).latest_invoice);
    return id ? invoices.need(account, id) : null;
  }

  private undone<T>(make: () => T): T {
    let made: { value: T } | null = null;
    try {
      this.engine.store.atomically(() => {
        made = { value: make() };
        throw new Undone();
      });
    } catch (failure) {
      if (!(failure instanceof Undone)) throw failure;
    }
    return made!.value;
  }
}

class Undone extends Error {}
