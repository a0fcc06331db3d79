import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import { idOf } from '../engine/kinds.js';
import { NO_ADDRESS } from './billing-details.js';
import { mergeMetadata } from './metadata.js';

type Customer = Stripe.Customer;
/** A coupon of the customer's own is of earlier versions. */
export type CustomerCreateParams = Stripe.CustomerCreateParams & { coupon?: string };
export type CustomerUpdateParams = Stripe.CustomerUpdateParams & { coupon?: string };
type Params = CustomerUpdateParams;

/** Buyers that a platform or a seller knows. */
export class Customers {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: CustomerCreateParams): Customer {
    const { engine } = this;
    const id = engine.ids.next('cus');
    const { test_clock } = params;
    const clock = test_clock && engine.billing.testClocks.need(account, test_clock, 'test_clock');
    const created = clock ? clock.frozen_time : engine.clock.seconds();
    const blank = { ...newCustomer(id, created, engine.livemode), test_clock: test_clock ?? null };
    engine.store.insert('customer', account, blank);
    const own = this.attachFirst(account, id, params);
    if (params.coupon) engine.billing.discounts.setCoupon(account, id, params.coupon);
    if (params.balance) engine.billing.customerBalances.setTo(account, blank, params.balance, 'initial');
    const customer = engine.store.update('customer', account, id, this.changes(account, blank, own));
    engine.events.emit(account, 'customer.created', customer);
    return params.source ? this.withSource(account, id, params.source) : customer;
  }

  update(account: string, id: string, params: Params): Customer {
    const { engine } = this;
    const before = engine.store.need('customer', account, id);
    if (params.coupon !== undefined) engine.billing.discounts.setCoupon(account, id, params.coupon);
    const { balance } = params;
    if (balance !== undefined) engine.billing.customerBalances.setTo(account, before, balance, 'adjustment');
    const changes = { ...this.changes(account, before, params), ...(balance !== undefined && { balance }) };
    const previous = Object.fromEntries(
      Object.keys(changes)
        .filter((name) => !same(before[name as keyof Customer], changes[name as keyof Customer]))
        .map((name) => [name, before[name as keyof Customer] ?? null]),
    );
    const after = engine.store.update('customer', account, id, changes);
    engine.events.emit(account, 'customer.updated', after, previous);
    return params.source ? this.withSource(account, id, params.source) : after;
  }

  remove(account: string, id: string): Stripe.DeletedCustomer {
    const { engine } = this;
    const customer = engine.store.need('customer', account, id);
    engine.billing.subscriptionStates.customerGone(account, id);
    for (const method of engine.store.by('payment_method', account, 'customer', id))
      engine.paymentMethods.detach(account, method.id);
    engine.store.remove('customer', account, id);
    engine.events.emit(account, 'customer.deleted', customer);
    return { id, object: 'customer', deleted: true };
  }

  /** A change that follows from something else, e.g. a card that became the default. */
  change(account: string, id: string, patch: Partial<Customer>): Customer {
    const { engine } = this;
    const customer = engine.store.update('customer', account, id, patch);
    engine.events.emit(account, 'customer.updated', customer);
    return customer;
  }

  /** A detached method is nobody's default any more. */
  forgetMethod(account: string, id: string, method: string): void {
    const customer = this.engine.store.get('customer', account, id);
    if (!customer || idOf(customer.invoice_settings.default_payment_method) !== method) return;
    this.change(account, id, {
      invoice_settings: { ...customer.invoice_settings, default_payment_method: null },
    });
  }

  /** A test method (`pm_card_visa`) has an id of its own once attached; as the default, its name means that one. */
  private attachFirst(account: string, id: string, params: CustomerCreateParams): CustomerCreateParams {
    const { payment_method: reference, invoice_settings: settings } = params;
    if (!reference) return params;
    const attached = this.engine.paymentMethods.attach(account, reference, id);
    if (settings?.default_payment_method !== reference) return params;
    return { ...params, invoice_settings: { ...settings, default_payment_method: attached.id } };
  }

  private withSource(account: string, id: string, source: string): Customer {
    const { engine } = this;
    const card = engine.sources.add(account, id, source, {});
    const customer = engine.store.need('customer', account, id);
    return customer.default_source === card.id
      ? customer
      : this.change(account, id, { default_source: card.id });
  }

  private changes(account: string, before: Customer, params: Params): Partial<Customer> {
    const { invoice_settings: settings, default_source } = params;
    const words = ['description', 'email', 'name', 'phone', 'business_name', 'individual_name'] as const;
    const plain = ['invoice_prefix', 'next_invoice_sequence', 'preferred_locales'] as const;
    if (settings?.default_payment_method) this.checkOwn(account, before.id, settings.default_payment_method);
    if (default_source) this.engine.sources.need(account, before.id, default_source);
    return {
      ...Object.fromEntries(
        words.filter((name) => params[name] !== undefined).map((name) => [name, params[name] || null]),
      ),
      ...Object.fromEntries(
        plain.filter((name) => params[name] !== undefined).map((name) => [name, params[name]]),
      ),
      ...(params.address !== undefined && {
        address: params.address ? { ...NO_ADDRESS, ...params.address } : null,
      }),
      ...(params.shipping !== undefined && { shipping: shippingOf(params.shipping) }),
      ...(params.tax_exempt !== undefined && { tax_exempt: params.tax_exempt || 'none' }),
      ...(default_source !== undefined && { default_source }),
      ...(settings && { invoice_settings: mergeSettings(before.invoice_settings, settings) }),
      metadata: mergeMetadata(before.metadata, params.metadata),
    };
  }

  private checkOwn(account: string, customer: string, method: string): void {
    const found = this.engine.paymentMethods.need(
      account,
      method,
      'invoice_settings[default_payment_method]',
    );
    if (idOf(found.customer) === customer) return;
    throw invalid(
      `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
    );
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function shippingOf(given: Params['shipping']): Customer['shipping'] {
  if (!given) return null;
  const { address, name, phone = null } = given;
  return { address: { ...NO_ADDRESS, ...address }, name, phone } as Customer['shipping'];
}

function mergeSettings(
  before: Stripe.Customer.InvoiceSettings,
  given: NonNullable<Params['invoice_settings']>,
): Stripe.Customer.InvoiceSettings {
  const { custom_fields, default_payment_method, footer, rendering_options } = given;
  return {
    custom_fields: custom_fields === undefined ? before.custom_fields : custom_fields || null,
    default_payment_method:
      default_payment_method === undefined ? before.default_payment_method : default_payment_method || null,
    footer: footer === undefined ? before.footer : footer || null,
    rendering_options:
      rendering_options === undefined
        ? before.rendering_options
        : ((rendering_options || null) as Stripe.Customer.InvoiceSettings['rendering_options']),
  };
}

function newCustomer(id: string, created: number, livemode: boolean): Customer {
  return {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: id.slice(4, 12).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}
