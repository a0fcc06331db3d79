import type Stripe from 'stripe';
import { listOf } from '../http/lists.js';
import { email, metadata, object, paging, range, str } from '../http/params.js';
import { route } from '../http/route.js';
import { address as addressOf } from '../verbs/checkout.js';
import { mergeMetadata } from '../verbs/metadata.js';

const address = object({ city: str, country: str, line1: str, line2: str, postal_code: str, state: str });
const fields = { address, description: str, email, metadata, name: str, phone: str };

export const customers = [
  route<Stripe.CustomerCreateParams, Stripe.Customer>(
    'POST',
    '/v1/customers',
    fields,
    ({ engine, account }, params) => {
      const customer: Stripe.Customer = {
        id: engine.ids.next('cus'),
        object: 'customer',
        address: params.address ? addressOf(params.address) : null,
        balance: 0,
        created: engine.clock.seconds(),
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
        test_clock: null,
      };
      engine.store.insert('customer', account, customer);
      engine.events.emit(account, 'customer.created', customer);
      return customer;
    },
  ),
  route<Stripe.CustomerListParams, Stripe.ApiList<Stripe.Customer>>(
    'GET',
    '/v1/customers',
    { ...paging, created: range, email: str },
    (call, params) =>
      listOf(call, 'customer', params, {
        filter: (customer) => !params.email || customer.email === params.email,
      }),
  ),
  route<Stripe.CustomerRetrieveParams, Stripe.Customer>(
    'GET',
    '/v1/customers/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('customer', account, ids['id']!),
  ),
  route<Stripe.CustomerUpdateParams, Stripe.Customer>(
    'POST',
    '/v1/customers/:id',
    fields,
    ({ engine, account, ids }, params) => {
      const before = engine.store.need('customer', account, ids['id']!);
      const { address: given, metadata: words, ...rest } = params;
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
];
