import type Stripe from 'stripe';
import { listFrom, listOf } from '../http/lists.js';
import {
  bool,
  descriptor,
  emptyable,
  int,
  list,
  metadata,
  object,
  oneOf,
  paging,
  required,
  str,
  url,
} from '../http/params.js';
import { route } from '../http/route.js';
import { priceData } from './checkout-sessions.js';
import { transferData } from './shapes.js';

type Link = Stripe.PaymentLink;

const fields = {
  after_completion: object({
    hosted_confirmation: object({ custom_message: str }),
    redirect: object({ url: required(url) }),
    type: required(oneOf('hosted_confirmation', 'redirect')),
  }),
  allow_promotion_codes: bool,
  billing_address_collection: oneOf('auto', 'required'),
  custom_text: object({ submit: emptyable(object({ message: required(str) })) }),
  customer_creation: oneOf('always', 'if_required'),
  inactive_message: str,
  metadata,
  payment_method_collection: oneOf('always', 'if_required'),
  phone_number_collection: object({ enabled: required(bool) }),
  restrictions: object({ completed_sessions: required(object({ limit: required(int(1)) })) }),
  shipping_address_collection: object({ allowed_countries: required(list(str)) }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
};

export const paymentLinks = [
  route<Stripe.PaymentLinkCreateParams, Link>(
    'POST',
    '/v1/payment_links',
    {
      ...fields,
      application_fee_amount: int(1),
      application_fee_percent: { type: 'number' },
      currency: str,
      line_items: required(
        list(object({ price: str, price_data: priceData, quantity: required(int(1, 999_999)) }), 20),
      ),
      on_behalf_of: str,
      payment_intent_data: object({
        capture_method: oneOf('automatic', 'automatic_async', 'manual'),
        description: str,
        metadata,
        setup_future_usage: oneOf('off_session', 'on_session'),
        statement_descriptor: descriptor(),
        statement_descriptor_suffix: descriptor(),
        transfer_group: str,
      }),
      subscription_data: object({ description: str, metadata, trial_period_days: int(1, 730) }),
      transfer_data: transferData,
    },
    ({ engine }, params) => engine.paymentLinks.create(params),
    { platformOnly: true },
  ),
  route<Stripe.PaymentLinkListParams, Stripe.ApiList<Link>>(
    'GET',
    '/v1/payment_links',
    { ...paging, active: bool },
    (call, params) =>
      listOf(call, 'payment_link', params, {
        filter: (link) => params.active === undefined || link.active === params.active,
      }),
  ),
  route<Stripe.PaymentLinkRetrieveParams, Link>(
    'GET',
    '/v1/payment_links/:id',
    {},
    ({ engine, account, ids }) => engine.store.need('payment_link', account, ids['id']!),
  ),
  route<Stripe.PaymentLinkUpdateParams, Link>(
    'POST',
    '/v1/payment_links/:id',
    {
      ...fields,
      active: bool,
      inactive_message: emptyable(str),
      restrictions: emptyable(fields.restrictions),
    },
    ({ engine, ids }, params) => engine.paymentLinks.update(ids['id']!, params),
    { platformOnly: true },
  ),
  route<Stripe.PaymentLinkListLineItemsParams, Stripe.ApiList<Stripe.LineItem>>(
    'GET',
    '/v1/payment_links/:id/line_items',
    paging,
    (call, params) => {
      const link = call.engine.store.need('payment_link', call.account, call.ids['id']!);
      return listFrom(call, call.engine.paymentLinks.itemsOf(link.id), params);
    },
  ),
];
