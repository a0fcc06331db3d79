import type Stripe from 'stripe';
import { idOf } from '../../engine/kinds.js';
import { listFrom, listOf } from '../../http/lists.js';
import { emptyable, int, list, metadata, object, oneOf, paging, required, str } from '../../http/params.js';
import { route } from '../../http/route.js';
import { moment } from './billing-params.js';

type Quote = Stripe.Quote;

export const quotes = [
  route<Stripe.QuoteCreateParams, Quote>(
    'POST',
    '/v1/quotes',
    {
      collection_method: oneOf('charge_automatically'),
      customer: required(str),
      description: emptyable(str),
      expires_at: moment,
      footer: emptyable(str),
      header: emptyable(str),
      line_items: required(list(object({ price: required(str), quantity: int(1) }), 100)),
      metadata,
    },
    ({ engine, account }, params) => engine.billing.quotes.create(account, params),
  ),
  route<Stripe.QuoteListParams, Stripe.ApiList<Quote>>(
    'GET',
    '/v1/quotes',
    { ...paging, customer: str, status: oneOf('accepted', 'canceled', 'draft', 'open') },
    (call, params) =>
      listOf(call, 'quote', params, {
        ...(params.customer && { index: { name: 'customer', values: [params.customer] } }),
        filter: (quote) =>
          (!params.customer || idOf(quote.customer) === params.customer) &&
          (!params.status || quote.status === params.status),
      }),
  ),
  route<Stripe.QuoteRetrieveParams, Quote>('GET', '/v1/quotes/:id', {}, ({ engine, account, ids }) =>
    engine.billing.quotes.need(account, ids['id']!),
  ),
  route<Stripe.QuoteFinalizeQuoteParams, Quote>(
    'POST',
    '/v1/quotes/:id/finalize',
    {},
    ({ engine, account, ids }) => engine.billing.quotes.finalize(account, ids['id']!),
  ),
  route<Stripe.QuoteAcceptParams, Quote>('POST', '/v1/quotes/:id/accept', {}, ({ engine, account, ids }) =>
    engine.billing.quotes.accept(account, ids['id']!),
  ),
  route<Stripe.QuoteCancelParams, Quote>('POST', '/v1/quotes/:id/cancel', {}, ({ engine, account, ids }) =>
    engine.billing.quotes.cancel(account, ids['id']!),
  ),
  route<Stripe.QuoteListLineItemsParams, Stripe.ApiList<Stripe.LineItem>>(
    'GET',
    '/v1/quotes/:id/line_items',
    paging,
    (call, params) =>
      listFrom(call, call.engine.billing.quotes.itemsOf(call.account, call.ids['id']!), params),
  ),
];
