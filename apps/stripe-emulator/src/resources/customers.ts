import type Stripe from 'stripe';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { listFrom, listOf } from '../http/lists.js';
import {
  any,
  bool,
  email,
  emptyable,
  int,
  list,
  metadata,
  object,
  oneOf,
  paging,
  range,
  required,
  str,
  until,
  upTo,
} from '../http/params.js';
import { route } from '../http/route.js';
import { mergeMetadata } from '../verbs/metadata.js';
import type { CustomerCreateParams, CustomerUpdateParams } from '../verbs/customers.js';
import { filterOf } from './payment-methods.js';
import { address } from './shapes.js';

type Customer = Stripe.Customer;

const fields = {
  address: emptyable(address),
  balance: int(-99_999_999),
  business_name: emptyable(upTo(150)),
  /** Coupons went from customers to subscriptions and invoices in 2025. */
  coupon: until('2025-03-31.basil', emptyable(str)),
  description: emptyable(str),
  email: emptyable(email),
  individual_name: emptyable(upTo(150)),
  invoice_prefix: str,
  invoice_settings: object({
    custom_fields: emptyable(list(object({ name: required(upTo(40)), value: required(upTo(140)) }), 4)),
    default_payment_method: emptyable(str),
    footer: emptyable(str),
    rendering_options: emptyable(object({ amount_tax_display: str, template: str })),
  }),
  metadata,
  name: emptyable(upTo(150)),
  next_invoice_sequence: int(1),
  phone: emptyable(str),
  preferred_locales: list(str),
  shipping: emptyable(object({ address: required(address), name: required(str), phone: str })),
  source: str,
  tax_exempt: emptyable(oneOf('exempt', 'none', 'reverse')),
  validate: bool,
};

export const customers = [
  route<CustomerCreateParams, Customer>(
    'POST',
    '/v1/customers',
    { ...fields, payment_method: str, test_clock: str },
    ({ engine, account }, params) => engine.customers.create(account, params),
  ),
  route<Stripe.CustomerListParams, Stripe.ApiList<Customer>>(
    'GET',
    '/v1/customers',
    { ...paging, created: range, email: str, test_clock: str },
    (call, params) =>
      listOf(call, 'customer', params, {
        ...(params.email && { index: { name: 'email', values: [params.email] } }),
        // Those who live by a test clock are listed only with it.
        filter: (customer) => (customer.test_clock ?? null) === (params.test_clock ?? null),
      }),
  ),
  route<Stripe.CustomerRetrieveParams, Customer>('GET', '/v1/customers/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('customer', account, ids['id']!),
  ),
  route<CustomerUpdateParams, Customer>(
    'POST',
    '/v1/customers/:id',
    { ...fields, default_source: str },
    ({ engine, account, ids }, params) => engine.customers.update(account, ids['id']!, params),
  ),
  route<Stripe.CustomerDeleteParams, Stripe.DeletedCustomer>(
    'DELETE',
    '/v1/customers/:id',
    {},
    ({ engine, account, ids }) => engine.customers.remove(account, ids['id']!),
  ),
  route<Stripe.CustomerDeleteDiscountParams, Stripe.DeletedDiscount>(
    'DELETE',
    '/v1/customers/:id/discount',
    {},
    ({ engine, account, ids }) => engine.billing.discounts.dropFromCustomer(account, ids['id']!),
  ),
  route<Stripe.CustomerListPaymentMethodsParams, Stripe.ApiList<Stripe.PaymentMethod>>(
    'GET',
    '/v1/customers/:id/payment_methods',
    { ...paging, allow_redisplay: str, type: str },
    (call, params) => {
      const customer = call.engine.store.need('customer', call.account, call.ids['id']!, 'customer');
      return listOf(call, 'payment_method', params, {
        index: { name: 'customer', values: [customer.id] },
        filter: filterOf(params),
      });
    },
  ),
  route<Stripe.CustomerRetrievePaymentMethodParams, Stripe.PaymentMethod>(
    'GET',
    '/v1/customers/:id/payment_methods/:method',
    {},
    ({ engine, account, ids }) => {
      const method = engine.paymentMethods.need(account, ids['method']!);
      if (idOf(method.customer) === ids['id']) return method;
      throw invalid(`No such PaymentMethod: '${ids['method']}' for customer ${ids['id']}`, {
        status: 404,
        code: 'resource_missing',
        param: 'payment_method',
      });
    },
  ),
  route<Stripe.CustomerCreateSourceParams, Stripe.Card>(
    'POST',
    '/v1/customers/:id/sources',
    { metadata, source: required(str), validate: bool },
    ({ engine, account, ids }, params) =>
      engine.sources.add(account, ids['id']!, params.source, mergeMetadata({}, params.metadata)),
  ),
  route<Stripe.CustomerListSourcesParams, Stripe.ApiList<Stripe.Card>>(
    'GET',
    '/v1/customers/:id/sources',
    { ...paging, object: str },
    (call, params) => {
      call.engine.store.need('customer', call.account, call.ids['id']!, 'customer');
      const cards = call.engine.store.by('card', call.account, 'customer', call.ids['id']!);
      return listFrom(call, params.object === 'bank_account' ? [] : cards.reverse(), params);
    },
  ),
  route<Stripe.CustomerRetrieveSourceParams, Stripe.Card>(
    'GET',
    '/v1/customers/:id/sources/:source',
    {},
    ({ engine, account, ids }) => engine.sources.need(account, ids['id']!, ids['source']!),
  ),
  route<Stripe.CustomerUpdateSourceParams, Stripe.Card>(
    'POST',
    '/v1/customers/:id/sources/:source',
    {
      address_city: str,
      address_country: str,
      address_line1: str,
      address_line2: str,
      address_state: str,
      address_zip: str,
      exp_month: str,
      exp_year: str,
      metadata,
      name: str,
      owner: any,
    },
    ({ engine, account, ids }, params) => {
      const { metadata: words, exp_month, exp_year, owner: _, ...rest } = params;
      const before = engine.sources.need(account, ids['id']!, ids['source']!);
      return engine.sources.update(account, ids['id']!, before.id, {
        ...(rest as Partial<Stripe.Card>),
        ...(exp_month !== undefined && { exp_month: Number(exp_month) }),
        ...(exp_year !== undefined && { exp_year: Number(exp_year) }),
        metadata: mergeMetadata(before.metadata ?? {}, words),
      });
    },
  ),
  route<Stripe.CustomerDeleteSourceParams, Stripe.DeletedCard>(
    'DELETE',
    '/v1/customers/:id/sources/:source',
    {},
    ({ engine, account, ids }) => engine.sources.remove(account, ids['id']!, ids['source']!),
  ),
];
