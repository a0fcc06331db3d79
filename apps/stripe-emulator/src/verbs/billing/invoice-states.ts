import type Stripe from 'stripe';
import { minimumCharge } from '../../engine/currencies.js';
import type { Engine } from '../../engine/engine.js';
import { invalid } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { HOUR } from './periods.js';

type Invoice = Stripe.Invoice;

/** From draft to open to its end. https://docs.stripe.com/invoicing/overview */
export class InvoiceStates {
  constructor(private readonly engine: Engine) {
    engine.timers.on('invoice.overdue', (account, id) => this.overdue(account!, id!));
  }

  finalize(account: string, id: string): Invoice {
    const { engine } = this;
    const { invoices, testClocks } = engine.billing;
    const draft = invoices.needDraft(account, id);
    testClocks.unschedule('invoice.finalize', id);
    const now = testClocks.now(account, draft);
    const { secret } = invoices.terms(account, id);
    const settled = this.settleBalance(account, draft);
    const open = engine.store.update('invoice', account, id, {
      ...settled,
      status: 'open',
      automatically_finalizes_at: null,
      effective_at: draft.effective_at ?? now,
      hosted_invoice_url: `${engine.baseUrl}/i/${account}/${id}_${secret}`,
      number: draft.number ?? this.nextNumber(account, idOf(draft.customer)!),
      status_transitions: { ...draft.status_transitions, finalized_at: now },
    });
    if (open.amount_due > 0) engine.billing.collection.prepare(account, open);
    engine.events.emit(account, 'invoice.finalized', open);
    if (open.due_date) testClocks.schedule(account, open, open.due_date, 'invoice.overdue', id);
    return open.amount_due > 0 ? open : this.markPaid(account, id, 0);
  }

  /** Asked for by a call; what advances by itself is then charged in an hour. */
  finalizeByCall(account: string, id: string, params: Stripe.InvoiceFinalizeInvoiceParams): Invoice {
    const { engine } = this;
    if (params.auto_advance !== undefined)
      engine.store.update('invoice', account, id, { auto_advance: params.auto_advance });
    const invoice = this.finalize(account, id);
    const charged = invoice.auto_advance && invoice.collection_method === 'charge_automatically';
    if (invoice.status !== 'open' || !charged) return invoice;
    const at = invoice.status_transitions.finalized_at! + HOUR;
    engine.billing.testClocks.schedule(account, invoice, at, 'invoice.retry', id);
    return engine.store.update('invoice', account, id, { next_payment_attempt: at });
  }

  send(account: string, id: string): Invoice {
    const { engine } = this;
    const { invoices } = engine.billing;
    const before = invoices.need(account, id);
    if (!before.customer_email) {
      throw invalid(
        'Missing email. In order to create invoices that are sent to the customer, the customer must have a valid email.',
        { param: 'customer' },
      );
    }
    if (before.status === 'draft') this.finalize(account, id);
    const sent = invoices.need(account, id);
    engine.events.emit(account, 'invoice.sent', sent);
    return sent;
  }

  void(account: string, id: string): Invoice {
    const invoice = this.needOneOf(account, id, ['open', 'uncollectible'], 'void');
    const { engine } = this;
    const voided = engine.store.update('invoice', account, id, {
      status: 'void',
      next_payment_attempt: null,
      status_transitions: {
        ...invoice.status_transitions,
        voided_at: engine.billing.testClocks.now(account, invoice),
      },
    });
    engine.billing.collection.stop(account, id, 'void_invoice');
    engine.events.emit(account, 'invoice.voided', voided);
    engine.billing.subscriptionStates.invoiceClosed(account, voided);
    return voided;
  }

  markUncollectible(account: string, id: string): Invoice {
    const invoice = this.needOneOf(account, id, ['open'], 'mark as uncollectible');
    const { engine } = this;
    const marked = engine.store.update('invoice', account, id, {
      status: 'uncollectible',
      next_payment_attempt: null,
      status_transitions: {
        ...invoice.status_transitions,
        marked_uncollectible_at: engine.billing.testClocks.now(account, invoice),
      },
    });
    engine.billing.testClocks.unschedule('invoice.retry', id);
    engine.events.emit(account, 'invoice.marked_uncollectible', marked);
    engine.billing.subscriptionStates.invoiceClosed(account, marked);
    return marked;
  }

  /** @param amount what its payment brought; 0 where nothing was due */
  markPaid(account: string, id: string, amount: number): Invoice {
    const { engine } = this;
    const { collection, testClocks, subscriptionStates } = engine.billing;
    const before = engine.billing.invoices.need(account, id);
    testClocks.unschedule('invoice.retry', id);
    testClocks.unschedule('invoice.overdue', id);
    const paid = engine.store.update('invoice', account, id, {
      status: 'paid',
      amount_paid: amount,
      amount_remaining: 0,
      attempted: true,
      attempt_count: before.amount_due > 0 ? before.attempt_count + 1 : before.attempt_count,
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: { ...before.status_transitions, paid_at: testClocks.now(account, before) },
    });
    for (const payment of collection.paymentsOf(account, id)) {
      if (payment.status !== 'open' || amount === 0) continue;
      const done = engine.store.update('invoice_payment', account, payment.id, {
        status: 'paid',
        amount_paid: amount,
        status_transitions: { ...payment.status_transitions, paid_at: testClocks.now(account, before) },
      });
      engine.events.emit(account, 'invoice_payment.paid', done);
    }
    engine.events.emit(account, 'invoice.updated', paid, { status: before.status });
    engine.events.emit(account, 'invoice.paid', paid);
    engine.events.emit(account, 'invoice.payment_succeeded', paid);
    subscriptionStates.invoicePaid(account, paid);
    return paid;
  }

  /** Paid in a way that Stripe has no part in. */
  markPaidOutside(account: string, invoice: Invoice): Invoice {
    const { engine } = this;
    engine.billing.collection.stop(account, invoice.id, 'void_invoice');
    const paid = engine.store.update('invoice', account, invoice.id, {
      status: 'paid',
      amount_paid: invoice.amount_due,
      amount_paid_off_stripe: invoice.amount_due,
      amount_remaining: 0,
      auto_advance: false,
      next_payment_attempt: null,
      status_transitions: {
        ...invoice.status_transitions,
        paid_at: engine.billing.testClocks.now(account, invoice),
      },
    });
    engine.events.emit(account, 'invoice.updated', paid, { status: invoice.status });
    engine.events.emit(account, 'invoice.paid', paid);
    engine.billing.subscriptionStates.invoicePaid(account, paid);
    return paid;
  }

  private needOneOf(account: string, id: string, statuses: string[], deed: string): Invoice {
    const invoice = this.engine.billing.invoices.need(account, id);
    if (statuses.includes(invoice.status ?? '')) return invoice;
    throw invalid(
      `You can only ${deed} invoices with a status of ${statuses.join(' or ')}. This invoice's status is \`${invoice.status}\`.`,
      { code: 'invoice_not_editable' },
    );
  }

  /**
   * The customer's balance counts towards the invoice, and a negative total becomes credit. What is too little to be
   * charged is owed until the next invoice.
   */
  private settleBalance(account: string, invoice: Invoice): Partial<Invoice> {
    const { engine } = this;
    const customerId = idOf(invoice.customer)!;
    const starting = engine.store.get('customer', account, customerId)?.balance ?? 0;
    const sum = invoice.total + starting;
    const tooLittle = sum > 0 && sum < minimumCharge(invoice.currency);
    const due = tooLittle ? 0 : Math.max(0, sum);
    const ending = sum - due;
    if (ending !== starting)
      engine.billing.customerBalances.apply(account, customerId, invoice, ending - starting);
    return {
      starting_balance: starting,
      ending_balance: ending,
      amount_due: due,
      amount_remaining: due,
    };
  }

  private nextNumber(account: string, customerId: string): string {
    const { store } = this.engine;
    const customer = store.need('customer', account, customerId);
    const sequence = customer.next_invoice_sequence ?? 1;
    store.update('customer', account, customerId, { next_invoice_sequence: sequence + 1 });
    const prefix = customer.invoice_prefix ?? customerId.slice(4, 12).toUpperCase();
    return `${prefix}-${String(sequence).padStart(4, '0')}`;
  }

  private overdue(account: string, id: string): void {
    const invoice = this.engine.store.get('invoice', account, id);
    if (invoice?.status !== 'open') return;
    this.engine.events.emit(account, 'invoice.overdue', invoice);
    this.engine.billing.subscriptionStates.paymentFailed(account, invoice);
  }
}
