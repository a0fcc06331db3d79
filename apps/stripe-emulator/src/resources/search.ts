import type Stripe from 'stripe';
import type { Kinds } from '../engine/kinds.js';
import { int, required, str } from '../http/params.js';
import { route } from '../http/route.js';
import { readQuery } from '../http/search-query.js';

type Params = Stripe.CustomerSearchParams;

/** By what each kind of object can be searched. Unlike at Stripe, what was made a moment ago is found at once. */
const FIELDS = {
  charge: ['amount', 'created', 'currency', 'customer', 'disputed', 'metadata', 'refunded', 'status'],
  customer: ['created', 'email', 'metadata', 'name', 'phone'],
  invoice: ['created', 'currency', 'customer', 'metadata', 'number', 'status', 'total'],
  payment_intent: ['amount', 'created', 'currency', 'customer', 'metadata', 'status'],
  price: ['active', 'currency', 'lookup_key', 'metadata', 'product', 'type'],
  product: ['active', 'description', 'metadata', 'name', 'shippable', 'url'],
  subscription: ['canceled_at', 'created', 'metadata', 'status'],
} satisfies { [K in keyof Kinds]?: string[] };

export const search = Object.entries(FIELDS).map(([name, fields]) => {
  const kind = name as keyof typeof FIELDS;
  return route<Params, Stripe.ApiSearchResult<Kinds[typeof kind]>>(
    'GET',
    `/v1/${kind}s/search`,
    { query: required(str), limit: int(1, 100), page: str },
    (call, { query, limit = 10, page }) => {
      const { data, has_more } = call.engine.store.page(kind, call.account, {
        limit,
        ...(page && { starting_after: page }),
        filter: readQuery(query, fields),
      });
      const next_page = has_more ? data.at(-1)!.id : null;
      return { object: 'search_result', data, has_more, next_page, url: call.path };
    },
  );
});
