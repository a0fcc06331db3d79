import type Stripe from 'stripe';
import { listOf } from '../../http/lists.js';
import {
  bool,
  currency,
  descriptor,
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
  upTo,
  url,
} from '../../http/params.js';
import { route } from '../../http/route.js';
import { customAmount, decimal, recurring, taxBehavior } from './price-params.js';

type Product = Stripe.Product;

const features = list(object({ name: required(upTo(80)) }), 15);
const size = required({ type: 'number' });
const dimensions = object({ height: size, length: size, weight: size, width: size });

export const products = [
  route<Stripe.ProductCreateParams, Product>(
    'POST',
    '/v1/products',
    {
      active: bool,
      default_price_data: object({
        currency: required(currency),
        custom_unit_amount: customAmount,
        metadata,
        recurring,
        tax_behavior: taxBehavior,
        unit_amount: int(0, 999_999_999_999),
        unit_amount_decimal: decimal,
      }),
      description: str,
      id: str,
      images: list(url, 8),
      marketing_features: features,
      metadata,
      name: required(str),
      package_dimensions: dimensions,
      shippable: bool,
      statement_descriptor: descriptor(),
      tax_code: str,
      type: oneOf('good', 'service'),
      unit_label: str,
      url,
    },
    ({ engine, account }, params) => engine.billing.products.create(account, params),
  ),
  route<Stripe.ProductListParams, Stripe.ApiList<Product>>(
    'GET',
    '/v1/products',
    {
      ...paging,
      active: bool,
      created: range,
      ids: list(str),
      shippable: bool,
      type: oneOf('good', 'service'),
      url: str,
    },
    (call, params) =>
      listOf(call, 'product', params, {
        filter: (product) =>
          (params.active === undefined || product.active === params.active) &&
          (params.shippable === undefined || product.shippable === params.shippable) &&
          (!params.ids || params.ids.includes(product.id)) &&
          (!params.type || product.type === params.type) &&
          (!params.url || product.url === params.url),
      }),
  ),
  route<Stripe.ProductRetrieveParams, Product>('GET', '/v1/products/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('product', account, ids['id']!),
  ),
  route<Stripe.ProductUpdateParams, Product>(
    'POST',
    '/v1/products/:id',
    {
      active: bool,
      default_price: str,
      description: emptyable(str),
      images: emptyable(list(url, 8)),
      marketing_features: emptyable(features),
      metadata,
      name: str,
      package_dimensions: emptyable(dimensions),
      shippable: bool,
      statement_descriptor: descriptor(),
      tax_code: emptyable(str),
      unit_label: emptyable(str),
      url: emptyable(url),
    },
    ({ engine, account, ids }, params) => engine.billing.products.update(account, ids['id']!, params),
  ),
  route<Stripe.ProductDeleteParams, Stripe.DeletedProduct>(
    'DELETE',
    '/v1/products/:id',
    {},
    ({ engine, account, ids }) => engine.billing.products.remove(account, ids['id']!),
  ),
];
