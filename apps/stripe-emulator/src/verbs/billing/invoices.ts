import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, lacking, missing, Refusal } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import type { LineSeed } from './invoice-lines.js';
import { dueDate, newInvoice } from './invoice-object.js';
import { HOUR } from './periods.js';

type Invoice = Stripe.Invoice;

/** What a subscription's invoice has beside what a call may say. */
export interface SubscriptionBill {
  reason: NonNullable<Invoice['billing_reason']>;
  parent: Invoice['parent'];
  period: { start: number; end: number };
  lines: { seed: LineSeed; discounts: string[]; rates: string[] }[];
  discounts: string[];
  feePercent: number | null;
  /** How much of what is due goes to the destination, where it is not all. */
  transferPercent: number | null;
}

/** Invoices while they are drafts. What becomes of them is in `invoice-states`, their payment in `collection`. */
export class Invoices {
  constructor(private readonly engine: Engine) {
    engine.timers.on('invoice.finalize', (account, id) => this.finalizeDue(account!, id!));
  }

  create(account: string, params: Stripe.InvoiceCreateParams, bill: SubscriptionBill | null = null): Invoice {
    const { engine } = this;
    if (!params.customer) throw lacking('customer');
    const customer = engine.store.need('customer', account, params.customer, 'customer');
    const now = engine.billing.testClocks.now(account, customer);
    const currency = this.currencyOf(account, customer, params);
    const { country, name } = this.seller(account);
    const autoAdvance = params.auto_advance ?? bill !== null;
    const id = engine.ids.next('in');
    const finalizesAt = params.automatically_finalizes_at ?? (autoAdvance ? now + HOUR : null);
    const draft = newInvoice(
      {
        id,
        created: now,
        currency,
        livemode: engine.livemode,
        customer,
        seller: { country, name },
        reason: bill?.reason ?? 'manual',
        parent: bill?.parent ?? null,
        period: bill?.period ?? { start: now, end: now },
        autoAdvance,
        finalizesAt,
      },
      params,
    );
    const { default_tax_rates, discounts, transfer_data, application_fee_amount: fee } = params;
    engine.store.insert('invoice_terms', account, {
      id,
      application_fee_amount: fee ?? null,
      fee_percent: bill?.feePercent ?? null,
      transfer_percent: bill?.transferPercent ?? null,
      transfer_data: transfer_data ?? null,
      days_until_due: params.days_until_due ?? null,
      secret: engine.ids.next('x').slice(2),
      extras: {},
    });
    engine.store.insert('invoice', account, {
      ...draft,
      ...dueDate(params, now),
      default_tax_rates: engine.billing.taxRates.needAll(account, default_tax_rates, 'default_tax_rates'),
      discounts:
        bill?.discounts ??
        (discounts === undefined
          ? this.ofCustomer(customer)
          : engine.billing.discounts
              .redeemAll(account, discounts, { customer: customer.id, invoice: id }, now)
              .map((one) => one.id)),
      metadata: mergeMetadata({}, params.metadata),
    });
    if (!customer.currency) engine.store.update('customer', account, customer.id, { currency });
    this.engine.billing.invoiceContents.fill(account, id, params, bill);
    this.planFinalization(account, id);
    const made = this.need(account, id);
    engine.events.emit(account, 'invoice.created', made);
    return made;
  }

  update(account: string, id: string, params: Stripe.InvoiceUpdateParams): Invoice {
    const { engine } = this;
    const before = this.need(account, id);
    const { metadata, discounts, default_tax_rates, transfer_data, application_fee_amount: fee } = params;
    const { days_until_due: days } = params;
    const always = new Set(['metadata', 'auto_advance', 'default_payment_method', 'description', 'footer']);
    if (before.status !== 'draft' && Object.keys(params).some((name) => !always.has(name)))
      throw notEditable(before);
    const plain = Object.fromEntries(
      (
        [
          'automatically_finalizes_at',
          'auto_advance',
          'collection_method',
          'custom_fields',
          'default_payment_method',
          'description',
          'due_date',
          'footer',
          'number',
          'on_behalf_of',
          'statement_descriptor',
        ] as const
      )
        .filter((name) => params[name] !== undefined)
        .map((name) => [name, params[name] === '' ? null : params[name]]),
    ) as Partial<Invoice>;
    engine.store.update('invoice', account, id, {
      ...plain,
      ...(days !== undefined && dueDate({ ...params, collection_method: 'send_invoice' }, before.created)),
      ...(default_tax_rates !== undefined && {
        default_tax_rates: engine.billing.taxRates.needAll(account, default_tax_rates, 'default_tax_rates'),
      }),
      ...(discounts !== undefined && {
        discounts: engine.billing.discounts
          .redeemAll(account, discounts, { customer: idOf(before.customer)!, invoice: id }, before.created)
          .map((one) => one.id),
      }),
      metadata: mergeMetadata(before.metadata ?? {}, metadata),
    });
    engine.store.update('invoice_terms', account, id, {
      ...(fee !== undefined && { application_fee_amount: fee }),
      ...(transfer_data !== undefined && { transfer_data: transfer_data || null }),
      ...(days !== undefined && { days_until_due: days }),
    });
    if (before.status === 'draft') {
      this.engine.billing.invoiceContents.reckon(account, id);
      this.planFinalization(account, id);
    }
    const after = this.need(account, id);
    engine.events.emit(account, 'invoice.updated', after);
    return after;
  }

  /** Only drafts go away; their items wait for another invoice. */
  remove(account: string, id: string): Stripe.DeletedInvoice {
    const { engine } = this;
    const draft = this.needDraft(account, id);
    if (draft.parent?.type === 'subscription_details') {
      throw invalid("You can't delete invoices created by subscriptions.", {
        code: 'invoice_not_editable',
      });
    }
    for (const item of engine.store.by('invoice_item', account, 'invoice', id))
      engine.store.update('invoice_item', account, item.id, { invoice: null });
    engine.billing.testClocks.unschedule('invoice.finalize', id);
    engine.store.remove('invoice', account, id);
    engine.store.remove('invoice_terms', account, id);
    engine.events.emit(account, 'invoice.deleted', draft);
    return { id, object: 'invoice', deleted: true };
  }

  need(account: string, id: string, param = 'invoice'): Invoice {
    const invoice = this.engine.store.get('invoice', account, id);
    if (!invoice) throw missing('invoice', id, param);
    return invoice;
  }

  needDraft(account: string, id: string): Invoice {
    const invoice = this.need(account, id);
    if (invoice.status !== 'draft') throw notEditable(invoice);
    return invoice;
  }

  terms(account: string, id: string) {
    return this.engine.store.need('invoice_terms', account, id);
  }

  /** When a draft will be finalized by itself, or not at all. */
  planFinalization(account: string, id: string): void {
    const { testClocks } = this.engine.billing;
    const invoice = this.need(account, id);
    const at = invoice.automatically_finalizes_at ?? invoice.created + HOUR;
    if (invoice.status === 'draft' && invoice.auto_advance) {
      this.engine.store.update('invoice', account, id, { automatically_finalizes_at: at });
      testClocks.schedule(account, invoice, at, 'invoice.finalize', id);
    } else {
      this.engine.store.update('invoice', account, id, { automatically_finalizes_at: null });
      testClocks.unschedule('invoice.finalize', id);
    }
  }

  private finalizeDue(account: string, id: string): void {
    const invoice = this.engine.store.get('invoice', account, id);
    if (invoice?.status !== 'draft') return;
    try {
      this.engine.store.atomically(() => this.engine.billing.invoiceStates.finalize(account, id));
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      this.refuseFinalization(account, id, failure);
      return;
    }
    this.engine.billing.collection.collectIfDue(account, id);
  }

  /** E.g. the seller may not be sent money any more: it stays a draft until somebody mends that and finalizes it. */
  private refuseFinalization(account: string, id: string, { error }: Refusal): void {
    const { type, message, param } = error;
    const draft = this.engine.store.update('invoice', account, id, {
      automatically_finalizes_at: null,
      last_finalization_error: {
        type: type as Stripe.Invoice.LastFinalizationError.Type,
        message,
        ...(param && { param }),
      },
    });
    this.engine.events.emit(account, 'invoice.finalization_failed', draft);
  }

  private currencyOf(account: string, customer: Stripe.Customer, params: Stripe.InvoiceCreateParams): string {
    const [item] =
      params.pending_invoice_items_behavior === 'include'
        ? this.engine.store.by('invoice_item', account, 'waiting', customer.id)
        : [];
    const home = this.engine.store.get('account', '', account)?.currency;
    return params.currency ?? item?.currency ?? customer.currency ?? home ?? 'usd';
  }

  private ofCustomer(customer: Stripe.Customer): string[] {
    return customer.discount ? [customer.discount.id] : [];
  }

  private seller(account: string): { country: string | null; name: string | null } {
    const record = this.engine.store.get('account', '', account);
    return { country: record?.country ?? null, name: record?.display_name ?? null };
  }
}

function notEditable(invoice: Invoice) {
  return invalid(
    `This invoice is no longer editable: its status is \`${invoice.status}\`. Void it, or issue a credit note, to make up for it.`,
    { code: 'invoice_not_editable' },
  );
}
