import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { NO_CANCELLATION } from './subscription-object.js';

type Subscription = Stripe.Subscription;
type Invoice = Stripe.Invoice;
type Reason = NonNullable<Stripe.Subscription.CancellationDetails['reason']>;

const OVER = ['canceled', 'incomplete_expired'];

/** What becomes of a subscription when its invoices are paid or not, and how it ends. */
export class SubscriptionStates {
  constructor(private readonly engine: Engine) {
    engine.timers.on('subscription.expire', (account, id) => this.expire(account!, id!));
    engine.timers.on('subscription.collect_again', (account, id) => {
      if (engine.store.get('subscription', account!, id!)?.pause_collection)
        engine.billing.subscriptions.change(account!, id!, { pause_collection: null });
    });
  }

  invoicePaid(account: string, invoice: Invoice): void {
    const subscription = this.of(account, invoice);
    if (!subscription) return;
    const { engine } = this;
    const intent = engine.billing.collection.intentOf(account, invoice.id);
    const saves = subscription.payment_settings?.save_default_payment_method === 'on_subscription';
    const method = saves && intent ? idOf(intent.payment_method) : null;
    const isLatest = idOf(subscription.latest_invoice) === invoice.id;
    const recovers = ['incomplete', 'past_due', 'unpaid'].includes(subscription.status) && isLatest;
    if (!recovers && !method) return;
    engine.billing.testClocks.unschedule('subscription.expire', subscription.id);
    engine.billing.subscriptions.change(account, subscription.id, {
      ...(recovers && { status: 'active' }),
      ...(method && { default_payment_method: method }),
    });
  }

  /** @param last nobody will try again by himself */
  paymentFailed(account: string, invoice: Invoice, last = false): void {
    const subscription = this.of(account, invoice);
    if (!subscription || subscription.status === 'incomplete') return;
    const { engine } = this;
    const { subscriptions } = engine.billing;
    if (subscription.status === 'active' || subscription.status === 'trialing')
      subscriptions.change(account, subscription.id, { status: 'past_due' });
    if (!last || invoice.billing_reason === 'subscription_create') return;
    const then = engine.store.get('setting', '', 'after_retries')?.value ?? 'cancel';
    if (then === 'cancel') this.end(account, subscription.id, 'payment_failed');
    else if (then === 'unpaid') subscriptions.change(account, subscription.id, { status: 'unpaid' });
  }

  /** Its invoice was voided or written off. */
  invoiceClosed(account: string, invoice: Invoice): void {
    const subscription = this.of(account, invoice);
    if (!subscription || idOf(subscription.latest_invoice) !== invoice.id) return;
    if (subscription.status === 'past_due')
      this.engine.billing.subscriptions.change(account, subscription.id, { status: 'active' });
    else if (subscription.status === 'incomplete') this.expire(account, subscription.id);
  }

  cancel(account: string, id: string, params: Stripe.SubscriptionCancelParams): Subscription {
    const { engine } = this;
    const subscription = this.needAlive(account, id);
    const { cancellation_details: details } = params;
    if (details) {
      engine.store.update('subscription', account, id, {
        cancellation_details: {
          ...NO_CANCELLATION,
          comment: details.comment || null,
          feedback: details.feedback || null,
        },
      });
    }
    if (params.prorate && subscription.status !== 'trialing')
      engine.billing.subscriptionChanges.creditRest(account, subscription);
    this.end(account, id, 'cancellation_requested');
    if (params.invoice_now) {
      const ended = engine.billing.subscriptions.need(account, id);
      const invoice = engine.billing.bills.interim(account, ended);
      engine.billing.invoiceStates.finalize(account, invoice.id);
      engine.billing.collection.collectIfDue(account, invoice.id);
    }
    return engine.billing.subscriptions.need(account, id);
  }

  end(account: string, id: string, reason: Reason): void {
    const { engine } = this;
    const { subscriptions, testClocks } = engine.billing;
    const before = subscriptions.need(account, id);
    const now = testClocks.now(account, before);
    for (const verb of ['expire', 'collect_again']) testClocks.unschedule(`subscription.${verb}`, id);
    const ended = engine.store.update('subscription', account, id, {
      status: 'canceled',
      canceled_at: before.canceled_at ?? now,
      cancellation_details: { ...NO_CANCELLATION, ...before.cancellation_details, reason },
      ended_at: now,
    });
    subscriptions.planNext(account, id);
    this.stopInvoices(account, id, before.status === 'incomplete');
    engine.events.emit(account, 'customer.subscription.deleted', ended);
    engine.billing.schedules.subscriptionEnded(account, ended);
  }

  /** A deleted customer's subscriptions end with it, and what is open is asked of nobody. */
  customerGone(account: string, customer: string): void {
    const { engine } = this;
    for (const subscription of engine.store.by('subscription', account, 'customer', customer))
      if (!OVER.includes(subscription.status)) this.end(account, subscription.id, 'cancellation_requested');
    for (const invoice of engine.store.by('invoice', account, 'customer', customer)) {
      if (invoice.status === 'open') engine.billing.invoiceStates.void(account, invoice.id);
      engine.billing.testClocks.unschedule('invoice.finalize', invoice.id);
    }
  }

  /** A trial ended without a card to go on with. */
  pause(account: string, id: string): void {
    const { engine } = this;
    engine.billing.subscriptions.change(account, id, { status: 'paused' });
    engine.billing.subscriptions.planNext(account, id);
    engine.events.emit(
      account,
      'customer.subscription.paused',
      engine.billing.subscriptions.need(account, id),
    );
  }

  resume(account: string, id: string): Subscription {
    const { engine } = this;
    const { subscriptions, renewals, testClocks } = engine.billing;
    const paused = subscriptions.need(account, id);
    if (paused.status !== 'paused')
      throw invalid(`Only a paused subscription can be resumed; this one is ${paused.status}.`, {
        code: 'resource_missing',
      });
    const now = testClocks.now(account, paused);
    engine.store.update('subscription', account, id, { billing_cycle_anchor: now });
    renewals.beginPeriod(account, id, now, { status: 'active' });
    const invoice = idOf(subscriptions.need(account, id).latest_invoice)!;
    engine.billing.invoiceStates.finalize(account, invoice);
    engine.billing.collection.collectIfDue(account, invoice);
    engine.events.emit(account, 'customer.subscription.resumed', subscriptions.need(account, id));
    return subscriptions.need(account, id);
  }

  needAlive(account: string, id: string): Subscription {
    const subscription = this.engine.billing.subscriptions.need(account, id);
    if (!OVER.includes(subscription.status)) return subscription;
    throw invalid(
      `A canceled subscription can only update its cancellation_details and metadata: ${id} is ${subscription.status}.`,
      { code: 'resource_missing', status: 404 },
    );
  }

  /** Nobody paid for its beginning. */
  expire(account: string, id: string): void {
    const { engine } = this;
    const { subscriptions, testClocks } = engine.billing;
    const subscription = engine.store.get('subscription', account, id);
    if (subscription?.status !== 'incomplete') return;
    subscriptions.change(account, id, {
      status: 'incomplete_expired',
      ended_at: testClocks.now(account, subscription),
    });
    subscriptions.planNext(account, id);
    this.stopInvoices(account, id, true);
  }

  /** What is not paid yet is not asked for by itself any more; the invoice of a start that failed is void. */
  private stopInvoices(account: string, id: string, voids: boolean): void {
    const { engine } = this;
    for (const invoice of engine.store.by('invoice', account, 'subscription', id)) {
      if (invoice.status === 'open' && voids) engine.billing.invoiceStates.void(account, invoice.id);
      else if (invoice.status === 'open' || invoice.status === 'draft') {
        engine.store.update('invoice', account, invoice.id, {
          auto_advance: false,
          next_payment_attempt: null,
        });
        engine.billing.testClocks.unschedule('invoice.retry', invoice.id);
        engine.billing.invoices.planFinalization(account, invoice.id);
      }
    }
  }

  private of(account: string, invoice: Invoice): Subscription | undefined {
    const id = idOf(invoice.parent?.subscription_details?.subscription);
    const subscription = id ? this.engine.store.get('subscription', account, id) : undefined;
    return subscription && !OVER.includes(subscription.status) ? subscription : undefined;
  }
}
