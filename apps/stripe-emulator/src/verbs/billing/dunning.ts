import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { DAY } from './periods.js';

type Invoice = Stripe.Invoice;

/** A failed payment is tried again so many days after the attempt before; then it is given up. */
const RETRIES = [3, 5, 7];

/** What follows when an invoice could not be paid. */
export class Dunning {
  constructor(private readonly engine: Engine) {}

  needsAction(account: string, id: string): void {
    const { engine } = this;
    const invoice = this.counted(account, id);
    engine.events.emit(account, 'invoice.payment_action_required', invoice);
    engine.billing.subscriptionStates.paymentFailed(account, invoice);
  }

  failed(account: string, id: string): void {
    const { engine } = this;
    const invoice = this.counted(account, id);
    engine.events.emit(account, 'invoice.payment_failed', invoice);
    engine.events.emit(account, 'invoice.updated', invoice, { attempt_count: invoice.attempt_count - 1 });
    const last = invoice.next_payment_attempt === null;
    engine.billing.subscriptionStates.paymentFailed(account, invoice, last);
  }

  /** One more attempt, and when the next one is; a subscription's first invoice is not tried again by itself. */
  private counted(account: string, id: string): Invoice {
    const { engine } = this;
    const { testClocks } = engine.billing;
    const before = engine.billing.invoices.need(account, id);
    const days = RETRIES[before.attempt_count];
    const automatic =
      before.auto_advance &&
      before.collection_method === 'charge_automatically' &&
      before.billing_reason !== 'subscription_create';
    const next = automatic && days ? testClocks.now(account, before) + days * DAY : null;
    if (next) testClocks.schedule(account, before, next, 'invoice.retry', id);
    else testClocks.unschedule('invoice.retry', id);
    return engine.store.update('invoice', account, id, {
      attempted: true,
      attempt_count: before.attempt_count + 1,
      next_payment_attempt: next,
    });
  }

  /** Nothing to charge: the invoice waits for its customer, and trying again would change nothing. */
  lacksMethod(account: string, id: string): void {
    const { engine } = this;
    const invoice = engine.store.update('invoice', account, id, {
      attempted: true,
      next_payment_attempt: null,
    });
    engine.events.emit(account, 'invoice.payment_failed', invoice);
    engine.billing.subscriptionStates.paymentFailed(account, invoice);
  }
}
