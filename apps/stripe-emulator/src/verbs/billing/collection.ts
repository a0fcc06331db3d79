import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, Refusal } from '../../engine/errors.js';
import type { CardInput } from '../../engine/buyer.js';
import { idOf } from '../../engine/kinds.js';
import type { Attempt } from '../payments.js';

type Invoice = Stripe.Invoice;
type Intent = Stripe.PaymentIntent;

/** How invoices are paid: one payment intent each, whose outcome is the invoice's. */
export class Collection {
  constructor(private readonly engine: Engine) {
    engine.payments.follow((account, intent) => this.noticed(account, intent));
    engine.timers.on('invoice.retry', (account, id) => this.collectIfDue(account!, id!));
  }

  /** The intent that will pay an invoice, made as it is finalized. */
  prepare(account: string, invoice: Invoice): void {
    const { engine } = this;
    const terms = engine.billing.invoices.terms(account, invoice.id);
    const { transfer_data, fee_percent: percent, transfer_percent: part } = terms;
    // What was set on the draft goes before the subscription's percentage; halves of a minor unit are rounded up.
    const application_fee_amount =
      terms.application_fee_amount ?? Math.round((invoice.amount_due * (percent ?? 0)) / 100);
    const subscription = invoice.parent?.subscription_details;
    const { intent } = engine.paymentIntents.create(account, {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: idOf(invoice.customer)!,
      description: subscription
        ? invoice.billing_reason === 'subscription_create'
          ? 'Subscription creation'
          : 'Subscription update'
        : 'Payment for Invoice',
      ...(application_fee_amount && { application_fee_amount }),
      ...(transfer_data && {
        transfer_data: {
          ...transfer_data,
          ...(part !== null && { amount: Math.round((invoice.amount_due * part) / 100) }),
        },
      }),
      ...(subscription && { setup_future_usage: 'off_session' }),
      ...(invoice.on_behalf_of && { on_behalf_of: idOf(invoice.on_behalf_of)! }),
      ...(invoice.statement_descriptor && { statement_descriptor: invoice.statement_descriptor }),
      ...(invoice.payment_settings.payment_method_types && {
        payment_method_types: invoice.payment_settings.payment_method_types,
      }),
    });
    engine.store.insert('invoice_payment', account, {
      id: engine.ids.next('inpay'),
      object: 'invoice_payment',
      amount_paid: null,
      amount_requested: invoice.amount_due,
      created: invoice.status_transitions.finalized_at!,
      currency: invoice.currency,
      invoice: invoice.id,
      is_default: true,
      livemode: engine.livemode,
      payment: { type: 'payment_intent', payment_intent: intent.id },
      status: 'open',
      status_transitions: { canceled_at: null, paid_at: null },
    });
  }

  /** Asked for by a call. @returns a refusal when it was declined: that attempt stays; @throws one when it can't be paid */
  pay(account: string, id: string, params: Stripe.InvoicePayParams): Invoice | Refusal {
    const { engine } = this;
    const { invoices } = engine.billing;
    if (invoices.need(account, id).status === 'draft') engine.billing.invoiceStates.finalize(account, id);
    const invoice = invoices.need(account, id);
    if (invoice.status === 'paid' && invoice.amount_due === 0) return invoice;
    if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
      throw invalid(`Invoice is already ${invoice.status}`, { code: 'invoice_not_editable' });
    if (params.paid_out_of_band) return engine.billing.invoiceStates.markPaidOutside(account, invoice);
    const reference = params.payment_method ?? params.source ?? this.methodFor(account, invoice);
    if (!reference) throw noMethod();
    const { intent, error } = this.attempt(account, invoice, reference, params.off_session ?? true);
    if (error) return new Refusal(402, { ...error, payment_intent: intent });
    return intent.status === 'requires_action' ? actionNeeded(intent) : invoices.need(account, id);
  }

  /** By the customer's own hand, on the hosted page; the card is kept as the invoice's subscription would keep it. */
  payByCustomer(account: string, id: string, card: CardInput): Invoice | Refusal {
    const { engine } = this;
    const invoice = engine.billing.invoices.need(account, id);
    if (invoice.status !== 'open') throw invalid(`Invoice is already ${invoice.status}`);
    const method = engine.paymentMethods.newCard(account, card);
    const returnUrl = invoice.hosted_invoice_url ?? null;
    const { intent, error } = engine.payments.attempt(account, this.intentOf(account, id)!, method, {
      returnUrl,
    });
    if (error) return new Refusal(402, { ...error, payment_intent: intent });
    return intent.status === 'requires_action'
      ? actionNeeded(intent)
      : engine.billing.invoices.need(account, id);
  }

  /** By itself: after an automatic finalization, and when a failed payment is tried again. */
  collectIfDue(account: string, id: string): void {
    const invoice = this.engine.store.get('invoice', account, id);
    if (invoice?.status !== 'open' || invoice.collection_method !== 'charge_automatically') return;
    const reference = this.methodFor(account, invoice);
    if (!reference) {
      this.engine.billing.dunning.lacksMethod(account, id);
      return;
    }
    try {
      this.engine.store.atomically(() => this.attempt(account, invoice, reference, true));
    } catch (failure) {
      // No attempt could be made, e.g. as the seller may not be sent money any more: it counts as one that failed.
      if (!(failure instanceof Refusal)) throw failure;
      this.engine.billing.dunning.failed(account, id);
    }
  }

  /** Nobody asks for this invoice's money any more. */
  stop(account: string, id: string, reason: Intent['cancellation_reason']): void {
    const { engine } = this;
    engine.billing.testClocks.unschedule('invoice.retry', id);
    engine.billing.testClocks.unschedule('invoice.overdue', id);
    for (const payment of this.paymentsOf(account, id)) {
      if (payment.status !== 'open') continue;
      engine.store.update('invoice_payment', account, payment.id, {
        status: 'canceled',
        status_transitions: { ...payment.status_transitions, canceled_at: engine.clock.seconds() },
      });
      engine.payments.cancelIntent(idOf(payment.payment.payment_intent)!, reason, account);
    }
  }

  paymentsOf(account: string, id: string): Stripe.InvoicePayment[] {
    return this.engine.store.by('invoice_payment', account, 'invoice', id);
  }

  intentOf(account: string, id: string): Intent | undefined {
    const payment = this.paymentsOf(account, id).find((one) => one.is_default);
    const intent = idOf(payment?.payment.payment_intent);
    return intent ? this.engine.store.get('payment_intent', account, intent) : undefined;
  }

  /** What a renewal, or an invoice that is simply finalized, is charged to. */
  methodFor(account: string, invoice: Invoice): string | null {
    const { store } = this.engine;
    const customer = store.get('customer', account, idOf(invoice.customer)!);
    const about = idOf(invoice.parent?.subscription_details?.subscription);
    const subscription = about ? store.get('subscription', account, about) : undefined;
    return (
      idOf(invoice.default_payment_method) ??
      idOf(subscription?.default_payment_method) ??
      idOf(customer?.invoice_settings.default_payment_method) ??
      idOf(customer?.default_source)
    );
  }

  /** The first payment of a subscription, with its customer there to be asked. */
  collectFirst(account: string, id: string, offSession: boolean): Attempt | null {
    const invoice = this.engine.billing.invoices.need(account, id);
    if (invoice.status !== 'open') return null;
    const reference = this.methodFor(account, invoice);
    if (!reference) throw noMethod();
    return this.attempt(account, invoice, reference, offSession);
  }

  private attempt(account: string, invoice: Invoice, reference: string, offSession: boolean): Attempt {
    const { engine } = this;
    const intent = this.intentOf(account, invoice.id)!;
    const method = engine.paymentMethods.need(account, reference);
    const known = engine.paymentMethods.testCardOf(account, method.id);
    // Where the bank asks for its customer, an invoice waits for them instead of being declined.
    const asks = known && engine.cardPayments.needsChallenge(account, known, method, offSession);
    return engine.payments.attempt(account, intent, method, { offSession: offSession && !asks });
  }

  /** An intent came to an end, whoever moved it: a call to pay, a retry, or the customer's own confirmation. */
  private noticed(account: string, intent: Intent): void {
    const [payment] = this.engine.store.by('invoice_payment', account, 'payment_intent', intent.id);
    const id = idOf(payment?.invoice);
    if (!payment || !id || payment.status !== 'open') return;
    if (intent.status === 'succeeded')
      this.engine.billing.invoiceStates.markPaid(account, id, intent.amount_received);
    else if (intent.status === 'requires_payment_method') this.engine.billing.dunning.failed(account, id);
    else if (intent.status === 'requires_action') this.engine.billing.dunning.needsAction(account, id);
  }
}

function actionNeeded(intent: Intent): Refusal {
  return new Refusal(402, {
    type: 'card_error',
    code: 'invoice_payment_intent_requires_action',
    message:
      'Payment for this invoice requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.',
    payment_intent: intent,
  });
}

function noMethod(): Refusal {
  return invalid(
    'There is no `default_payment_method` set on this Customer or Invoice. Please set either `default_payment_method` or `default_source` on it, or pass `payment_method`.',
    { code: 'missing', param: 'payment_method' },
  );
}
