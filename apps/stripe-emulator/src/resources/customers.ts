import type Stripe from 'stripe';
import { listOf } from '../http/lists.js';
import { email, emptyable, metadata, object, paging, range, str, until } from '../http/params.js';
import { route } from '../http/route.js';
import { address as addressOf } from '../verbs/checkout.js';
import { mergeMetadata } from '../verbs/metadata.js';

const address = object({ city: str, country: str, line1: str, line2: str, postal_code: str, state: str });
/** Coupons went from customers to subscriptions and invoices in 2025. */
const coupon = until('2025-03-31.basil', emptyable(str));
const fields = { address, coupon, description: str, email, metadata, name: str, phone: str };

type CreateParams = Stripe.CustomerCreateParams & { coupon?: string };
type UpdateParams = Stripe.CustomerUpdateParams & { coupon?: string };

export const customers = [
  route<CreateParams, Stripe.Customer>(
    'POST',
    '/v1/customers',
    { ...fields, test_clock: str },
    ({ engine, account }, params) => {
      const clock =
        params.test_clock && engine.billing.testClocks.need(account, params.test_clock, 'test_clock');
      const customer: Stripe.Customer = {
        id: engine.ids.next('cus'),
        object: 'customer',
        address: params.address ? addressOf(params.address) : null,
        balance: 0,
        created: clock ? clock.frozen_time : engine.clock.seconds(),
        currency: null,
        default_source: null,
        delinquent: false,
        description: params.description ?? null,
        discount: null,
        email: params.email ?? null,
        invoice_settings: {
          custom_fields: null,
          default_payment_method: null,
          footer: null,
          rendering_options: null,
        },
        livemode: engine.livemode,
        metadata: mergeMetadata({}, params.metadata),
        name: params.name ?? null,
        phone: params.phone ?? null,
        preferred_locales: [],
        shipping: null,
        tax_exempt: 'none',
        test_clock: params.test_clock ?? null,
      };
      engine.store.insert('customer', account, customer);
      if (params.coupon) engine.billing.discounts.setCoupon(account, customer.id, params.coupon);
      const made = engine.store.need('customer', account, customer.id);
      engine.events.emit(account, 'customer.created', made);
      return made;
    },
  ),
  route<Stripe.CustomerListParams, Stripe.ApiList<Stripe.Customer>>(
    'GET',
    '/v1/customers',
    { ...paging, created: range, email: str, test_clock: str },
    (call, params) =>
      listOf(call, 'customer', params, {
        filter: (customer) =>
          (!params.email || customer.email === params.email) &&
          // Those who live by a test clock are listed only with it.
          (customer.test_clock ?? null) === (params.test_clock ?? null),
      }),
  ),
  route<Stripe.CustomerRetrieveParams, Stripe.Customer>(
    'GET',
    '/v1/customers/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('customer', account, ids['id']!),
  ),
  route<UpdateParams, Stripe.Customer>(
    'POST',
    '/v1/customers/:id',
    fields,
    ({ engine, account, ids }, params) => {
      const before = engine.store.need('customer', account, ids['id']!);
      const { address: given, coupon: word, metadata: words, ...rest } = params;
      if (word !== undefined) engine.billing.discounts.setCoupon(account, before.id, word);
      const after = engine.store.update('customer', account, before.id, {
        ...(rest as Partial<Stripe.Customer>),
        ...(given && { address: addressOf(given) }),
        metadata: mergeMetadata(before.metadata, words),
      });
      engine.events.emit(account, 'customer.updated', after);
      return after;
    },
  ),
  route<Stripe.CustomerDeleteParams, Stripe.DeletedCustomer>(
    'DELETE',
    '/v1/customers/:id',
    {},
    ({ engine, account, ids }) => {
      const customer = engine.store.need('customer', account, ids['id']!);
      engine.store.remove('customer', account, customer.id);
      engine.events.emit(account, 'customer.deleted', customer);
      return { id: customer.id, object: 'customer', deleted: true };
    },
  ),
  route<Stripe.CustomerDeleteDiscountParams, Stripe.DeletedDiscount>(
    'DELETE',
    '/v1/customers/:id/discount',
    {},
    ({ engine, account, ids }) => engine.billing.discounts.dropFromCustomer(account, ids['id']!),
  ),
];
