import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { words } from '../../engine/currencies.js';
import { addPeriods } from './periods.js';
import type { LineSeed } from './invoice-lines.js';
import type { SubscriptionBill } from './invoices.js';
import { rhythmOf } from './subscription-items.js';
import { periodOf } from './subscriptions.js';

type Subscription = Stripe.Subscription;
type Invoice = Stripe.Invoice;
type Lines = SubscriptionBill['lines'];

/** The invoices that subscriptions make. */
export class Bills {
  constructor(private readonly engine: Engine) {}

  /** For what begins now: a whole period, the part up to a later anchor, or a trial that costs nothing. */
  first(account: string, subscription: Subscription, params: Stripe.SubscriptionCreateParams): Invoice {
    const { engine } = this;
    for (const one of params.add_invoice_items ?? []) {
      const { period: _, ...item } = one;
      engine.billing.invoiceItems.create(account, {
        ...item,
        customer: idOf(subscription.customer)!,
        subscription: subscription.id,
      });
    }
    const { start, end } = periodOf(subscription);
    const every = rhythmOf(subscription.items.data);
    const whole = end - addPeriods(end, every, -1);
    const part =
      params.proration_behavior === 'none' && end - start < whole ? 0 : Math.min(1, (end - start) / whole);
    const trial = subscription.status === 'trialing';
    const lines = this.periodLines(account, subscription, trial ? 0 : part);
    return this.bill(account, subscription, 'subscription_create', lines, { start, end: start });
  }

  /** For the period that has just begun. It stays a draft for an hour, so that things can be added to it. */
  renewal(account: string, subscription: Subscription, before: { start: number; end: number }): Invoice {
    const lines = this.periodLines(account, subscription, 1);
    return this.bill(account, subscription, 'subscription_cycle', lines, before);
  }

  /** For what has changed in the middle of a period, at once: what waits for the next invoice, and `lines`. */
  interim(account: string, subscription: Subscription, lines: Lines = []): Invoice {
    const now = this.engine.billing.testClocks.now(account, subscription);
    return this.bill(account, subscription, 'subscription_update', lines, { start: now, end: now });
  }

  /** The items of a subscription for its current period; `part` of it. */
  periodLines(account: string, subscription: Subscription, part: number): Lines {
    const { subscriptionItems } = this.engine.billing;
    return subscription.items.data.map((item) => {
      const amount = Math.round(subscriptionItems.amount(account, item) * part);
      const name = subscriptionItems.productName(account, item);
      const trial = subscription.status === 'trialing';
      const seed: LineSeed = {
        amount,
        currency: subscription.currency,
        description: trial ? `Trial period for ${name}` : describe(name, item),
        discountable: true,
        metadata: item.metadata,
        parent: {
          type: 'subscription_item_details',
          invoice_item_details: null,
          subscription_item_details: {
            invoice_item: null,
            proration: false,
            proration_details: { credited_items: null },
            subscription: subscription.id,
            subscription_item: item.id,
          },
        },
        period: { start: item.current_period_start, end: item.current_period_end },
        pricing: {
          price_details: { price: item.price.id, product: idOf(item.price.product)! },
          type: 'price_details',
          unit_amount_decimal: trial ? ('0' as never) : item.price.unit_amount_decimal,
        },
        quantity: item.quantity ?? 1,
        subscription: subscription.id,
      };
      return {
        seed,
        discounts: item.discounts.map((one) => idOf(one)!),
        rates: (item.tax_rates ?? []).map((rate) => rate.id),
      };
    });
  }

  private bill(
    account: string,
    subscription: Subscription,
    reason: SubscriptionBill['reason'],
    lines: Lines,
    period: { start: number; end: number },
  ): Invoice {
    const { engine } = this;
    const { transfer_data: transfer, default_payment_method: method } = subscription;
    const sent = subscription.collection_method === 'send_invoice';
    const held = subscription.status === 'unpaid' || subscription.pause_collection !== null;
    const invoice = engine.billing.invoices.create(
      account,
      {
        customer: idOf(subscription.customer)!,
        currency: subscription.currency,
        auto_advance: !held,
        collection_method: subscription.collection_method,
        ...(sent && { days_until_due: subscription.days_until_due! }),
        ...(method && { default_payment_method: idOf(method)! }),
        default_tax_rates: (subscription.default_tax_rates ?? []).map((rate) => rate.id),
        ...(subscription.description && { description: subscription.description }),
        ...(subscription.on_behalf_of && { on_behalf_of: idOf(subscription.on_behalf_of)! }),
        ...(transfer && { transfer_data: { destination: idOf(transfer.destination)! } }),
      },
      {
        reason,
        parent: {
          type: 'subscription_details',
          quote_details: null,
          subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
        },
        period,
        lines,
        discounts: this.discountsOn(account, subscription),
        feePercent: subscription.application_fee_percent,
        transferPercent: transfer?.amount_percent ?? null,
      },
    );
    engine.store.update('subscription', account, subscription.id, { latest_invoice: invoice.id });
    return invoice;
  }

  /** The subscription's own discounts, else the customer's; those that have run out are left behind. */
  private discountsOn(account: string, subscription: Subscription): string[] {
    const { engine } = this;
    const { discounts, testClocks } = engine.billing;
    const now = testClocks.now(account, subscription);
    const customer = engine.store.get('customer', account, idOf(subscription.customer)!);
    const own = subscription.discounts.map((one) => idOf(one)!);
    const ids = own.length > 0 ? own : customer?.discount ? [customer.discount.id] : [];
    const good = ids.filter((id) => {
      const discount = discounts.get(account, id);
      const once = discount && discounts.coupon(account, discount)?.duration === 'once';
      const used = once && engine.store.by('invoice', account, 'subscription', subscription.id).length > 0;
      return discount && !used && (discount.end === null || discount.end > now);
    });
    for (const id of own.filter((one) => !good.includes(one))) {
      const ended = discounts.get(account, id);
      engine.store.update('subscription', account, subscription.id, {
        discounts: subscription.discounts.filter((one) => idOf(one) !== id),
      });
      if (ended) engine.events.emit(account, 'customer.discount.deleted', ended);
    }
    return good;
  }
}

/** As Stripe words it: `2 × Clay club (at $15.00 / month)`. */
function describe(name: string, item: Stripe.SubscriptionItem): string {
  const { interval, interval_count: count } = item.price.recurring!;
  const every = count === 1 ? interval : `${count} ${interval}s`;
  const { unit_amount: amount, currency } = item.price;
  const each = amount === null ? '' : ` (at ${words(amount, currency)} / ${every})`;
  return `${item.quantity ?? 1} × ${name}${each}`;
}
