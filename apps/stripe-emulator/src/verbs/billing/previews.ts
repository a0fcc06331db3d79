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
    return this.undone(account, subscription, () => {
      const { engine } = this;
      const { renewals, subscriptions, testClocks, invoices } = engine.billing;
      if (subscription.status === 'trialing') renewals.endTrial(account, subscription.id);
      else renewals.beginPeriod(account, subscription.id, end);
      const id = idOf(subscriptions.need(account, subscription.id).latest_invoice)!;
      const invoice = invoices.need(account, id);
      const now = testClocks.now(account, subscription);
      return { ...invoice, created: now, status: 'draft', automatically_finalizes_at: null };
    });
  }

  private undone(
    account: string,
    subscription: Stripe.Subscription,
    make: () => Stripe.Invoice,
  ): Stripe.Invoice {
    let invoice: Stripe.Invoice | null = null;
    try {
      this.engine.store.atomically(() => {
        invoice = make();
        throw new Undone();
      });
    } catch (failure) {
      if (!(failure instanceof Undone)) throw failure;
    }
    const id = `upcoming_in_${subscription.id.slice(4)}`;
    const made = invoice! as Stripe.Invoice;
    return { ...made, id, lines: { ...made.lines, url: `/v1/invoices/${id}/lines` } };
  }
}

class Undone extends Error {}
