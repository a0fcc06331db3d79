import type Stripe from 'stripe';
import { address } from '../checkout.js';
import { invalid, lacking } from '../../engine/errors.js';
import { DAY } from './periods.js';

type Invoice = Stripe.Invoice;

export interface InvoiceFrame {
  id: string;
  created: number;
  currency: string;
  livemode: boolean;
  customer: Stripe.Customer;
  seller: { country: string | null; name: string | null };
  reason: NonNullable<Invoice['billing_reason']>;
  /** What it bills for, e.g. a subscription. */
  parent: Invoice['parent'];
  period: { start: number; end: number };
  autoAdvance: boolean;
  finalizesAt: number | null;
}

type Params = Pick<
  Stripe.InvoiceCreateParams,
  | 'collection_method'
  | 'custom_fields'
  | 'default_payment_method'
  | 'description'
  | 'due_date'
  | 'effective_at'
  | 'footer'
  | 'number'
  | 'on_behalf_of'
  | 'payment_settings'
  | 'statement_descriptor'
>;

/** A draft without lines. */
export function newInvoice(frame: InvoiceFrame, params: Params): Invoice {
  const { customer } = frame;
  return {
    id: frame.id,
    object: 'invoice',
    account_country: frame.seller.country?.toUpperCase() ?? null,
    account_name: frame.seller.name,
    account_tax_ids: null,
    ...NOTHING_DUE,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: frame.autoAdvance,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: frame.finalizesAt,
    billing_reason: frame.reason,
    collection_method: params.collection_method ?? 'charge_automatically',
    created: frame.created,
    currency: frame.currency,
    custom_fields: params.custom_fields || null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ? address(customer.address) : null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping as Invoice['customer_shipping'],
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
    default_payment_method: params.default_payment_method ?? null,
    default_source: null,
    default_tax_rates: [],
    description: params.description ?? null,
    discounts: [],
    due_date: params.due_date ?? null,
    effective_at: params.effective_at ?? null,
    ending_balance: null,
    footer: params.footer ?? customer.invoice_settings.footer ?? null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${frame.id}/lines` },
    livemode: frame.livemode,
    metadata: {},
    next_payment_attempt: null,
    number: params.number ?? null,
    on_behalf_of: params.on_behalf_of ?? null,
    parent: frame.parent,
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: params.payment_settings?.payment_method_types || null,
    },
    period_end: frame.period.end,
    period_start: frame.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: params.statement_descriptor ?? null,
    status: 'draft',
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    test_clock: (customer.test_clock as string | null | undefined) ?? null,
    total_pretax_credit_amounts: [],
    webhooks_delivered_at: null,
  };
}

/** When an invoice that is sent has to be paid; one that is charged by itself has no such date. */
export function dueDate(params: Stripe.InvoiceUpdateParams, now: number): Partial<Invoice> {
  const { days_until_due: days, due_date, collection_method } = params;
  if (collection_method !== 'send_invoice') {
    if (days === undefined && due_date === undefined) return {};
    throw invalid('You may only set a due date when `collection_method` is `send_invoice`.', {
      param: days === undefined ? 'due_date' : 'days_until_due',
    });
  }
  if (days === undefined && due_date === undefined) {
    throw lacking('days_until_due');
  }
  return { due_date: due_date ?? now + days! * DAY };
}

const NOTHING_DUE = {
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  subtotal: 0,
  subtotal_excluding_tax: 0,
  total: 0,
  total_discount_amounts: [],
  total_excluding_tax: 0,
  total_taxes: [],
};
