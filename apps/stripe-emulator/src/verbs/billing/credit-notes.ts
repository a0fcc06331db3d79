import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import { linesOf, totalOf } from './credit-note-lines.js';

type Note = Stripe.CreditNote;
type Params = Stripe.CreditNoteCreateParams;
type Invoice = Stripe.Invoice;

/** Where a note's amount goes: off what is still due, back to the card, into the customer's credit, or elsewhere. */
interface Ways {
  pre: number;
  refund: number;
  credit: number;
  elsewhere: number;
}

/** Corrections of invoices that are final. */
export class CreditNotes {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: Params): Note {
    const { engine } = this;
    const invoice = engine.billing.invoices.need(account, params.invoice);
    if (invoice.status !== 'open' && invoice.status !== 'paid') {
      throw invalid(
        `You can only create a credit note for an invoice that is open or paid; this one is \`${invoice.status}\`.`,
        { param: 'invoice' },
      );
    }
    const lines = linesOf(engine, invoice, params);
    const amount = lines.reduce((sum, line) => sum + totalOf(line), 0);
    const ways = waysOf(invoice, params, amount);
    const id = engine.ids.next('cn');
    const customer = idOf(invoice.customer)!;
    const refund = ways.refund > 0 ? this.refund(account, invoice, ways.refund) : null;
    const credited =
      ways.credit > 0
        ? engine.billing.customerBalances.credit(account, customer, invoice, ways.credit)
        : null;
    const count = engine.store.by('credit_note', account, 'invoice', invoice.id).length + 1;
    const discount = lines.reduce((sum, line) => sum + line.discount_amount, 0);
    const net = lines.reduce((sum, line) => sum + line.amount, 0);
    const note = engine.store.insert('credit_note', account, {
      id,
      object: 'credit_note',
      amount,
      amount_shipping: 0,
      created: engine.billing.testClocks.now(account, invoice),
      currency: invoice.currency,
      customer,
      customer_account: null,
      customer_balance_transaction: credited?.id ?? null,
      discount_amount: discount,
      discount_amounts: [],
      effective_at: params.effective_at ?? engine.billing.testClocks.now(account, invoice),
      invoice: invoice.id,
      lines: { object: 'list', data: lines, has_more: false, url: `/v1/credit_notes/${id}/lines` },
      livemode: engine.livemode,
      memo: params.memo ?? null,
      metadata: mergeMetadata({}, params.metadata),
      number: `${invoice.number}-CN-${String(count).padStart(2, '0')}`,
      out_of_band_amount: ways.elsewhere || null,
      pdf: `${invoice.hosted_invoice_url}#${id}`,
      post_payment_amount: amount - ways.pre,
      pre_payment_amount: ways.pre,
      pretax_credit_amounts: [],
      reason: params.reason ?? null,
      refunds: refund
        ? [{ amount_refunded: ways.refund, payment_record_refund: null, refund, type: 'refund' }]
        : [],
      shipping_cost: null,
      status: 'issued',
      subtotal: net,
      subtotal_excluding_tax: net,
      total: amount,
      total_excluding_tax: net - discount,
      total_taxes: lines.flatMap((line) => line.taxes ?? []),
      type: ways.pre === amount ? 'pre_payment' : ways.pre === 0 ? 'post_payment' : 'mixed',
      voided_at: null,
    });
    engine.events.emit(account, 'credit_note.created', note);
    this.applyTo(account, invoice, ways.pre, amount - ways.pre);
    return note;
  }

  update(account: string, id: string, params: Stripe.CreditNoteUpdateParams): Note {
    const { engine } = this;
    const before = this.need(account, id);
    const after = engine.store.update('credit_note', account, id, {
      ...(params.memo !== undefined && { memo: params.memo }),
      metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    });
    engine.events.emit(account, 'credit_note.updated', after);
    return after;
  }

  /** Only while its invoice is still open: what went back to the customer can't be taken again. */
  void(account: string, id: string): Note {
    const { engine } = this;
    const before = this.need(account, id);
    const invoice = engine.billing.invoices.need(account, idOf(before.invoice)!);
    if (before.status === 'void' || invoice.status !== 'open') {
      throw invalid(
        before.status === 'void'
          ? 'This credit note is already void.'
          : 'You can only void credit notes of open invoices.',
      );
    }
    const note = engine.store.update('credit_note', account, id, {
      status: 'void',
      voided_at: engine.billing.testClocks.now(account, invoice),
    });
    engine.events.emit(account, 'credit_note.voided', note);
    this.applyTo(account, invoice, -before.pre_payment_amount, 0);
    return note;
  }

  need(account: string, id: string): Note {
    const note = this.engine.store.get('credit_note', account, id);
    if (!note) throw missing('credit note', id);
    return note;
  }

  /** What is due changes with it, and so does what the invoice's payment will take. */
  private applyTo(account: string, invoice: Invoice, pre: number, post: number): void {
    const { engine } = this;
    const remaining = invoice.amount_remaining - pre;
    const after = engine.store.update('invoice', account, invoice.id, {
      amount_due: invoice.amount_due - pre,
      amount_remaining: remaining,
      pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + pre,
      post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + post,
    });
    engine.events.emit(account, 'invoice.updated', after);
    if (pre === 0) return;
    const intent = engine.billing.collection.intentOf(account, invoice.id);
    if (remaining > 0 && intent)
      engine.store.update('payment_intent', account, intent.id, { amount: remaining });
    if (remaining > 0) return;
    engine.billing.collection.stop(account, invoice.id, 'void_invoice');
    engine.billing.invoiceStates.markPaid(account, invoice.id, 0);
  }

  private refund(account: string, invoice: Invoice, amount: number): string {
    const { engine } = this;
    const intent = engine.billing.collection.intentOf(account, invoice.id);
    const charge = idOf(intent?.latest_charge);
    if (!charge) {
      throw invalid('There is no charge of this invoice that could be refunded.', {
        param: 'refund_amount',
      });
    }
    return engine.refunds.create({ charge, amount }, account).id;
  }
}

function waysOf(invoice: Invoice, params: Params, amount: number): Ways {
  const { refund_amount: refund = 0, credit_amount: credit = 0, out_of_band_amount: elsewhere = 0 } = params;
  if (invoice.status === 'open') {
    if (amount > invoice.amount_remaining) {
      throw invalid('The credit note amount must not be more than what remains to be paid of the invoice.', {
        param: 'amount',
      });
    }
    return { pre: amount, refund: 0, credit: 0, elsewhere: 0 };
  }
  const left = invoice.amount_paid - invoice.post_payment_credit_notes_amount;
  if (refund + credit + elsewhere !== amount || amount > left) {
    throw invalid(
      'The sum of refund_amount, credit_amount and out_of_band_amount must equal the credit note amount, which must not be more than what was paid.',
      { param: 'amount' },
    );
  }
  return { pre: 0, refund, credit, elsewhere };
}
