import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { listOf } from '../../http/lists.js';
import {
  bool,
  currency,
  int,
  metadata,
  object,
  paging,
  range,
  required,
  str,
  until,
} from '../../http/params.js';
import { route } from '../../http/route.js';
import type { ItemParams } from '../../verbs/billing/invoice-items.js';
import { discounts, moment, priceData, taxRates } from './billing-params.js';
import { decimal, MOST, taxBehavior } from './price-params.js';

type Item = Stripe.InvoiceItem;

const fields = {
  amount: int(-MOST, MOST),
  description: str,
  discountable: bool,
  discounts,
  metadata,
  period: object({ end: required(moment), start: required(moment) }),
  price: until('2025-03-31.basil', str),
  price_data: priceData,
  pricing: object({ price: str }),
  quantity: int(0),
  tax_behavior: taxBehavior,
  tax_rates: taxRates,
  unit_amount: until('2025-03-31.basil', int(-MOST, MOST)),
  unit_amount_decimal: decimal,
};

export const invoiceItems = [
  route<ItemParams, Item>(
    'POST',
    '/v1/invoiceitems',
    { ...fields, currency, customer: str, invoice: str, subscription: str },
    ({ engine, account }, params) => engine.billing.invoiceItems.create(account, params),
  ),
  route<Stripe.InvoiceItemListParams, Stripe.ApiList<Item>>(
    'GET',
    '/v1/invoiceitems',
    { ...paging, created: range, customer: str, invoice: str, pending: bool },
    (call, params) => {
      const { customer, invoice, pending } = params;
      const index = invoice
        ? { name: 'invoice', values: [invoice] }
        : customer && { name: 'customer', values: [customer] };
      return listOf(call, 'invoice_item', params, {
        ...(index && { index }),
        filter: (item) =>
          (!customer || idOf(item.customer) === customer) &&
          (pending === undefined || (item.invoice === null) === pending),
      });
    },
  ),
  route<Stripe.InvoiceItemRetrieveParams, Item>(
    'GET',
    '/v1/invoiceitems/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('invoice_item', account, ids['id']!),
  ),
  route<ItemParams, Item>('POST', '/v1/invoiceitems/:id', fields, ({ engine, account, ids }, params) =>
    engine.billing.invoiceItems.update(account, ids['id']!, params),
  ),
  route<Stripe.InvoiceItemDeleteParams, Stripe.DeletedInvoiceItem>(
    'DELETE',
    '/v1/invoiceitems/:id',
    {},
    ({ engine, account, ids }) => engine.billing.invoiceItems.remove(account, ids['id']!),
  ),
];
