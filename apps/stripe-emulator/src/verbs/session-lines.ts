import type Stripe from 'stripe';
import { CURRENCIES } from '../engine/currencies.js';
import type { Engine } from '../engine/engine.js';
import { invalid, lacking } from '../engine/errors.js';
import { adHocPrice } from './session-object.js';

type Params = Stripe.Checkout.SessionCreateParams;
type Item = Stripe.Checkout.SessionCreateParams.LineItem;

export function currencyOf(engine: Engine, account: string, params: Params): string {
  const currencies = new Set(
    (params.line_items ?? []).map((item, index) =>
      item.price ? priceOf(engine, account, item.price, index).currency : item.price_data?.currency,
    ),
  );
  currencies.delete(undefined);
  if (currencies.size > 1) {
    throw invalid('All line items must use the same currency.', { param: 'line_items' });
  }
  const currency = [...currencies][0] ?? params.currency;
  if (!currency) throw lacking('line_items');
  if (!CURRENCIES.has(currency)) {
    throw invalid(
      `Invalid currency: ${currency}. Stripe currently supports these currencies: ${[...CURRENCIES].join(', ')}`,
      {
        param: 'line_items[0][price_data][currency]',
      },
    );
  }
  return currency;
}

export function lineItems(
  engine: Engine,
  account: string,
  params: Params,
  currency: string,
): Stripe.LineItem[] {
  const lines = params.line_items!.map((item, index) =>
    lineItem(engine, account, params, item, index, currency),
  );
  if (params.mode !== 'subscription') return lines;
  if (!lines.some((line) => line.price!.recurring)) {
    throw invalid('You must provide at least one recurring price in `subscription` mode when using prices.', {
      param: 'line_items',
    });
  }
  const { trial_end, trial_period_days } = params.subscription_data ?? {};
  if (!trial_end && !trial_period_days) return lines;
  // What is tried costs nothing today.
  return lines.map((line) =>
    line.price!.recurring ? { ...line, amount_subtotal: 0, amount_total: 0 } : line,
  );
}

function lineItem(
  engine: Engine,
  account: string,
  params: Params,
  item: Item,
  index: number,
  currency: string,
): Stripe.LineItem {
  if (item.price)
    return lineOf(engine, account, item, priceOf(engine, account, item.price, index), params.mode);
  const data = item.price_data;
  const at = `line_items[${index}]`;
  if (!data) throw lacking(`${at}[price]`);
  if (data.unit_amount === undefined) {
    throw lacking(`${at}[price_data][unit_amount]`);
  }
  if (!data.product && !data.product_data) {
    throw lacking(`${at}[price_data][product_data]`);
  }
  if (params.mode === 'subscription')
    return lineOf(engine, account, item, storedPrice(engine, account, data), params.mode);
  const amount = data.unit_amount * (item.quantity ?? 1);
  return {
    id: engine.ids.next('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: data.product_data?.name ?? null,
    metadata: (item.metadata ?? {}) as Stripe.Metadata,
    price: adHocPrice(engine.ids, data, engine.clock.seconds(), engine.livemode),
    quantity: item.quantity ?? 1,
  };
}

/** A subscription goes on with its prices, so these are kept. */
function storedPrice(engine: Engine, account: string, data: NonNullable<Item['price_data']>): Stripe.Price {
  const { billing } = engine;
  const product = data.product ?? billing.products.create(account, data.product_data!).id;
  const { currency, unit_amount, recurring, tax_behavior } = data;
  return billing.prices.create(account, {
    active: false,
    currency,
    product,
    unit_amount: unit_amount!,
    ...(recurring && { recurring }),
    ...(tax_behavior && { tax_behavior }),
  });
}

function priceOf(engine: Engine, account: string, id: string, index: number): Stripe.Price {
  const param = `line_items[${index}][price]`;
  const price = engine.billing.prices.need(account, id, param);
  if (price.active) return price;
  throw invalid('The price specified is inactive. This field only accepts active prices.', { param });
}

function lineOf(
  engine: Engine,
  account: string,
  item: Item,
  price: Stripe.Price,
  mode: Params['mode'],
): Stripe.LineItem {
  if (price.recurring && mode === 'payment') {
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      { param: 'line_items' },
    );
  }
  if (price.unit_amount === null)
    throw invalid(`The price ${price.id} has no fixed amount for one piece.`, { param: 'line_items' });
  const quantity = item.quantity ?? 1;
  const amount = price.unit_amount * quantity;
  const product = engine.store.need('product', account, price.product as string);
  return {
    id: engine.ids.next('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: product.name,
    metadata: (item.metadata ?? {}) as Stripe.Metadata,
    price,
    quantity,
  };
}

export function shippingOptions(
  engine: Engine,
  account: string,
  params: Params,
  currency: string,
): Stripe.Checkout.Session.ShippingOption[] {
  return (params.shipping_options ?? []).map((option, index) => {
    const fixed = option.shipping_rate_data?.fixed_amount;
    const at = `shipping_options[${index}][shipping_rate_data][fixed_amount]`;
    if (!fixed) throw lacking(at);
    if (fixed.currency !== currency) {
      throw invalid('Shipping rates must use the currency of the line items.', {
        param: `${at}[currency]`,
      });
    }
    const rate = newShippingRate(engine, option.shipping_rate_data!, fixed);
    engine.store.insert('shipping_rate', account, rate);
    return { shipping_amount: fixed.amount, shipping_rate: rate.id };
  });
}

type RateData = Stripe.Checkout.SessionCreateParams.ShippingOption.ShippingRateData;

function newShippingRate(
  engine: Engine,
  data: RateData,
  fixed: { amount: number; currency: string },
): Stripe.ShippingRate {
  const { minimum, maximum } = data.delivery_estimate ?? {};
  const estimate = { minimum: minimum ?? null, maximum: maximum ?? null };
  return {
    id: engine.ids.next('shr'),
    object: 'shipping_rate',
    active: true,
    created: engine.clock.seconds(),
    delivery_estimate: data.delivery_estimate ? estimate : null,
    display_name: data.display_name,
    fixed_amount: { amount: fixed.amount, currency: fixed.currency },
    livemode: engine.livemode,
    metadata: (data.metadata || {}) as Stripe.Metadata,
    tax_behavior: data.tax_behavior ?? 'unspecified',
    tax_code: data.tax_code ?? null,
    type: 'fixed_amount',
  };
}
