import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, lacking, missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import { priceOf } from './amounts.js';

type Item = Stripe.InvoiceItem;

/** `price` and `unit_amount` are what older versions have beside `pricing` and `unit_amount_decimal`. */
export type ItemParams = Omit<Stripe.InvoiceItemCreateParams, 'tax_rates'> & {
  tax_rates?: string[] | '' | null;
  price?: string;
  unit_amount?: number;
};

/** An item that a subscription's change makes. */
export interface Proration {
  subscription: string;
  subscription_item: string;
}

/** Single amounts that wait for the customer's next invoice, or stand on a draft already. */
export class InvoiceItems {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: ItemParams, proration: Proration | null = null): Item {
    const { engine } = this;
    const { invoiceContents, invoices, testClocks } = engine.billing;
    const invoice = params.invoice ? invoices.needDraft(account, params.invoice) : null;
    const customerId = params.customer ?? idOf(invoice?.customer);
    if (!customerId) throw lacking('customer');
    const customer = engine.store.need('customer', account, customerId, 'customer');
    const subscription = params.subscription ?? proration?.subscription;
    const now = testClocks.now(account, customer);
    const id = engine.ids.next('ii');
    const item = engine.store.insert('invoice_item', account, {
      id,
      object: 'invoiceitem',
      ...this.money(account, params, invoice?.currency ?? customer.currency ?? undefined),
      customer: customerId,
      customer_account: null,
      date: now,
      description: params.description ?? this.describe(account, params),
      discountable: params.discountable ?? !proration,
      discounts: engine.billing.discounts
        .redeemAll(account, params.discounts, { customer: customerId, invoice_item: id }, now)
        .map((discount) => discount.id),
      invoice: invoice?.id ?? null,
      livemode: engine.livemode,
      metadata: mergeMetadata({}, params.metadata),
      parent: subscription
        ? {
            type: 'subscription_details',
            subscription_details: {
              subscription,
              ...(proration && { subscription_item: proration.subscription_item }),
            },
          }
        : null,
      period: params.period ?? { start: now, end: now },
      proration: proration !== null,
      tax_rates: engine.billing.taxRates.needAll(account, params.tax_rates, 'tax_rates'),
      test_clock: idOf(customer.test_clock),
    });
    engine.events.emit(account, 'invoiceitem.created', item);
    if (invoice) invoiceContents.itemsChanged(account, invoice.id);
    return item;
  }

  update(account: string, id: string, params: ItemParams): Item {
    const { engine } = this;
    const before = this.needOpen(account, id);
    const repriced = [
      'amount',
      'price',
      'price_data',
      'pricing',
      'quantity',
      'unit_amount',
      'unit_amount_decimal',
    ];
    const quantity = params.quantity ?? before.quantity;
    const known = idOf(before.pricing?.price_details?.price);
    const pricing =
      params.amount === undefined && !params.price && !params.pricing && !params.price_data && known
        ? { price: known }
        : {};
    const after = engine.store.update('invoice_item', account, id, {
      ...(repriced.some((name) => name in params) &&
        this.money(account, { ...params, ...pricing, quantity }, before.currency)),
      ...(params.description !== undefined && { description: params.description }),
      ...(params.discountable !== undefined && { discountable: params.discountable }),
      ...(params.period && { period: params.period }),
      ...(params.tax_rates !== undefined && {
        tax_rates: engine.billing.taxRates.needAll(account, params.tax_rates, 'tax_rates'),
      }),
      metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    });
    const invoice = idOf(after.invoice);
    if (invoice) engine.billing.invoiceContents.itemsChanged(account, invoice);
    return after;
  }

  remove(account: string, id: string): Stripe.DeletedInvoiceItem {
    const { engine } = this;
    const item = this.needOpen(account, id);
    engine.store.remove('invoice_item', account, id);
    engine.events.emit(account, 'invoiceitem.deleted', item);
    const invoice = idOf(item.invoice);
    if (invoice) engine.billing.invoiceContents.itemsChanged(account, invoice);
    return { id, object: 'invoiceitem', deleted: true };
  }

  /** Those that wait for an invoice: of one subscription, or of none. */
  pending(account: string, customer: string, currency: string, subscription: string | null): Item[] {
    return this.engine.store
      .by('invoice_item', account, 'waiting', customer)
      .filter(
        (item) =>
          item.currency === currency &&
          (item.parent?.subscription_details?.subscription ?? null) === subscription,
      );
  }

  private needOpen(account: string, id: string): Item {
    const item = this.engine.store.get('invoice_item', account, id);
    if (!item) throw missing('invoiceitem', id);
    const invoice = idOf(item.invoice);
    if (invoice) this.engine.billing.invoices.needDraft(account, invoice);
    return item;
  }

  private money(account: string, params: ItemParams, currency: string | undefined) {
    const quantity = params.quantity ?? 1;
    const price = this.price(account, params);
    const unit = params.unit_amount_decimal ?? params.unit_amount;
    const amount =
      params.amount ??
      (price
        ? priceOf(price, this.engine.billing.prices.tiersOf(account, price.id), quantity)
        : unit !== undefined
          ? Math.round(Number(String(unit)) * quantity)
          : undefined);
    if (amount === undefined)
      throw invalid('You must pass an amount or a price.', { code: 'parameter_missing', param: 'amount' });
    const code = price?.currency ?? params.currency ?? currency;
    if (!code) throw lacking('currency');
    const each = price?.unit_amount_decimal ?? unit ?? (quantity ? amount / quantity : amount);
    return {
      amount,
      currency: code,
      pricing: {
        ...(price && { price_details: { price: price.id, product: idOf(price.product)! } }),
        type: 'price_details',
        unit_amount_decimal: String(each),
      } as unknown as Stripe.InvoiceItem.Pricing,
      quantity,
      quantity_decimal: String(quantity) as unknown as Item['quantity_decimal'],
    };
  }

  private price(account: string, params: ItemParams): Stripe.Price | null {
    const { prices } = this.engine.billing;
    const id = params.pricing?.price ?? params.price;
    if (id) {
      const price = prices.need(account, id, 'pricing[price]');
      if (price.recurring && params.amount === undefined) {
        throw invalid(
          `The price specified is set to \`type=recurring\` but this field only accepts prices with \`type=one_time\`.`,
          { param: 'pricing[price]' },
        );
      }
      return price;
    }
    return params.price_data ? prices.create(account, { ...params.price_data, active: false }) : null;
  }

  private describe(account: string, params: ItemParams): string | null {
    const id = params.pricing?.price ?? params.price;
    const price = id ? this.engine.store.get('price', account, id) : undefined;
    const product = price ? idOf(price.product) : params.price_data?.product;
    return (product && this.engine.store.get('product', account, product)?.name) || null;
  }
}
