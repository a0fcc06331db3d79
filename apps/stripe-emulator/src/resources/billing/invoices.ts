import type Stripe from 'stripe';
import { invalid, lacking, type Refusal } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { listFrom, listOf } from '../../http/lists.js';
import {
  bool,
  currency,
  descriptor,
  emptyable,
  int,
  metadata,
  object,
  oneOf,
  paging,
  range,
  required,
  str,
} from '../../http/params.js';
import { route } from '../../http/route.js';
import {
  automaticTax,
  collection,
  customFields,
  discounts,
  moment,
  paymentSettings,
  taxRates,
} from './billing-params.js';

type Invoice = Stripe.Invoice;

const MOST = 99_999_999;

const fields = {
  application_fee_amount: int(0, MOST),
  auto_advance: bool,
  automatic_tax: automaticTax,
  automatically_finalizes_at: moment,
  collection_method: collection,
  custom_fields: customFields,
  days_until_due: int(0, 3650),
  default_payment_method: str,
  description: str,
  discounts,
  due_date: moment,
  effective_at: moment,
  footer: str,
  metadata,
  number: str,
  on_behalf_of: str,
  payment_settings: paymentSettings,
  statement_descriptor: descriptor(),
  transfer_data: object({ amount: int(1, MOST), destination: required(str) }),
};

export const invoices = [
  route<Stripe.InvoiceCreateParams, Invoice>(
    'POST',
    '/v1/invoices',
    {
      ...fields,
      currency,
      customer: required(str),
      default_tax_rates: taxRates,
      pending_invoice_items_behavior: oneOf('exclude', 'include'),
      subscription: str,
    },
    ({ engine, account }, params) => engine.billing.invoices.create(account, params),
  ),
  route<Stripe.InvoiceCreatePreviewParams, Invoice>(
    'POST',
    '/v1/invoices/create_preview',
    { customer: str, subscription: str },
    ({ engine, account }, { customer, subscription }) => {
      if (!customer && !subscription) throw lacking('customer');
      const [first] = customer ? engine.store.by('subscription', account, 'customer', customer) : [];
      const id = subscription ?? first?.id;
      if (!id)
        throw invalid('No upcoming invoices for customer', { code: 'invoice_upcoming_none', status: 404 });
      return engine.billing.previews.upcoming(account, engine.billing.subscriptions.need(account, id));
    },
  ),
  route<Stripe.InvoiceListParams, Stripe.ApiList<Invoice>>(
    'GET',
    '/v1/invoices',
    {
      ...paging,
      collection_method: collection,
      created: range,
      customer: str,
      due_date: range,
      status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
      subscription: str,
    },
    (call, params) => {
      const { customer, subscription, status } = params;
      const index = subscription
        ? { name: 'subscription', values: [subscription] }
        : customer
          ? { name: 'customer', values: [customer] }
          : status && { name: 'status', values: [status] };
      return listOf(call, 'invoice', params, {
        ...(index && { index }),
        filter: (invoice) =>
          (!customer || idOf(invoice.customer) === customer) &&
          (!status || invoice.status === status) &&
          (!params.collection_method || invoice.collection_method === params.collection_method),
      });
    },
  ),
  route<Stripe.InvoiceRetrieveParams, Invoice>('GET', '/v1/invoices/:id', {}, ({ engine, account, ids }) =>
    engine.billing.invoices.need(account, ids['id']!, 'invoice'),
  ),
  route<Stripe.InvoiceUpdateParams, Invoice>(
    'POST',
    '/v1/invoices/:id',
    {
      ...fields,
      default_tax_rates: taxRates,
      on_behalf_of: emptyable(str),
      transfer_data: emptyable(fields.transfer_data),
    },
    ({ engine, account, ids }, params) => engine.billing.invoices.update(account, ids['id']!, params),
  ),
  route<Stripe.InvoiceDeleteParams, Stripe.DeletedInvoice>(
    'DELETE',
    '/v1/invoices/:id',
    {},
    ({ engine, account, ids }) => engine.billing.invoices.remove(account, ids['id']!),
  ),
  route<Stripe.InvoiceFinalizeInvoiceParams, Invoice>(
    'POST',
    '/v1/invoices/:id/finalize',
    { auto_advance: bool },
    ({ engine, account, ids }, params) =>
      engine.billing.invoiceStates.finalizeByCall(account, ids['id']!, params),
  ),
  route<Stripe.InvoicePayParams, Invoice | Refusal>(
    'POST',
    '/v1/invoices/:id/pay',
    { off_session: bool, paid_out_of_band: bool, payment_method: str, source: str },
    ({ engine, account, ids }, params) => engine.billing.collection.pay(account, ids['id']!, params),
  ),
  route<Stripe.InvoiceSendInvoiceParams, Invoice>(
    'POST',
    '/v1/invoices/:id/send',
    {},
    ({ engine, account, ids }) => engine.billing.invoiceStates.send(account, ids['id']!),
  ),
  route<Stripe.InvoiceVoidInvoiceParams, Invoice>(
    'POST',
    '/v1/invoices/:id/void',
    {},
    ({ engine, account, ids }) => engine.billing.invoiceStates.void(account, ids['id']!),
  ),
  route<Stripe.InvoiceMarkUncollectibleParams, Invoice>(
    'POST',
    '/v1/invoices/:id/mark_uncollectible',
    {},
    ({ engine, account, ids }) => engine.billing.invoiceStates.markUncollectible(account, ids['id']!),
  ),
  route<Stripe.InvoiceListLineItemsParams, Stripe.ApiList<Stripe.InvoiceLineItem>>(
    'GET',
    '/v1/invoices/:id/lines',
    paging,
    (call, params) => {
      const invoice = call.engine.billing.invoices.need(call.account, call.ids['id']!);
      return listFrom(call, invoice.lines.data, params);
    },
  ),
];
