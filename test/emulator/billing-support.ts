import type Stripe from 'stripe';
import type { Bench } from './support.js';

/** A customer with a card, and a monthly price: what most of billing begins with. */
export class Shop {
  constructor(private readonly bench: Bench) {}

  async customer(card: string | null = 'visa', more: Stripe.CustomerCreateParams = {}): Promise<string> {
    const { stripe } = this.bench;
    const { id } = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada', ...more });
    if (!card) return id;
    const method = await stripe.paymentMethods.attach(`pm_card_${card}`, { customer: id });
    await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
    return id;
  }

  async price(
    unit_amount = 1000,
    recurring: Stripe.PriceCreateParams.Recurring | null = { interval: 'month' },
  ): Promise<string> {
    const price = await this.bench.stripe.prices.create({
      currency: 'usd',
      unit_amount,
      product_data: { name: 'Clay club' },
      ...(recurring && { recurring }),
    });
    return price.id;
  }

  async subscription(
    more: Partial<Stripe.SubscriptionCreateParams> & { card?: string | null; amount?: number } = {},
  ): Promise<Stripe.Subscription> {
    const { card, amount, ...params } = more;
    return this.bench.stripe.subscriptions.create({
      customer: params.customer ?? (await this.customer(card)),
      items: [{ price: await this.price(amount) }],
      ...params,
    });
  }

  /** An invoice of one item, still a draft. */
  async draft(
    customer: string,
    amount = 2000,
    more: Stripe.InvoiceCreateParams = {},
  ): Promise<Stripe.Invoice> {
    const { stripe } = this.bench;
    await stripe.invoiceItems.create({ customer, amount, currency: 'usd', description: 'Lesson' });
    return stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include', ...more });
  }

  async latest(subscription: string): Promise<Stripe.Invoice> {
    const { latest_invoice } = await this.bench.stripe.subscriptions.retrieve(subscription);
    return this.bench.stripe.invoices.retrieve(latest_invoice as string, { expand: ['payments'] });
  }

  /** What the types of this kind were, in order. */
  async told(prefix: string): Promise<string[]> {
    const { data } = await this.bench.stripe.events.list({ type: `${prefix}.*`, limit: 100 });
    return data.map((event) => event.type).reverse();
  }
}
