import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { invalid, missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import { priceOf } from './amounts.js';
import { DAY } from './periods.js';

type Quote = Stripe.Quote;
type Params = Stripe.QuoteCreateParams;

const LIFE = 30 * DAY;

/** Offers to a customer: accepted, they become a subscription or an invoice. */
export class Quotes {
  constructor(private readonly engine: Engine) {
    engine.timers.on('quote.expire', (account, id) => {
      if (engine.store.get('quote', account!, id!)?.status === 'open') this.cancel(account!, id!);
    });
  }

  need(account: string, id: string): Quote {
    const quote = this.engine.store.get('quote', account, id);
    if (!quote) throw missing('quote', id);
    return quote;
  }

  create(account: string, params: Params): Quote {
    const { engine } = this;
    const customer = engine.store.need('customer', account, params.customer ?? '', 'customer');
    const now = engine.billing.testClocks.now(account, customer);
    const id = engine.ids.next('qt');
    const items = this.items(account, params);
    engine.store.insert('quote_items', account, { id, items });
    const quote = engine.store.insert('quote', account, {
      ...newQuote(id, now, engine.livemode, params),
      ...amountsOf(items),
      currency: items[0]?.currency ?? null,
      customer: customer.id,
      expires_at: params.expires_at ?? now + LIFE,
      metadata: mergeMetadata({}, params.metadata),
      test_clock: idOf(customer.test_clock),
    });
    engine.events.emit(account, 'quote.created', quote);
    return quote;
  }

  finalize(account: string, id: string): Quote {
    const { engine } = this;
    const draft = this.needIn(account, id, ['draft'], 'finalize');
    const now = engine.billing.testClocks.now(account, draft);
    const customer = engine.store.need('customer', account, idOf(draft.customer)!);
    const earlier = engine.store.by('quote', account, 'customer', customer.id).filter((one) => one.number);
    const open = engine.store.update('quote', account, id, {
      status: 'open',
      number: `QT-${customer.invoice_prefix ?? ''}-${String(earlier.length + 1).padStart(4, '0')}-1`,
      status_transitions: { ...draft.status_transitions, finalized_at: now },
    });
    engine.billing.testClocks.schedule(account, open, open.expires_at, 'quote.expire', id);
    engine.events.emit(account, 'quote.finalized', open);
    return open;
  }

  cancel(account: string, id: string): Quote {
    const { engine } = this;
    const before = this.needIn(account, id, ['draft', 'open'], 'cancel');
    engine.billing.testClocks.unschedule('quote.expire', id);
    const canceled = engine.store.update('quote', account, id, {
      status: 'canceled',
      status_transitions: {
        ...before.status_transitions,
        canceled_at: engine.billing.testClocks.now(account, before),
      },
    });
    engine.events.emit(account, 'quote.canceled', canceled);
    return canceled;
  }

  accept(account: string, id: string): Quote {
    const { engine } = this;
    const open = this.needIn(account, id, ['open'], 'accept');
    engine.billing.testClocks.unschedule('quote.expire', id);
    const customer = idOf(open.customer)!;
    const items = this.itemsOf(account, id).map(({ price, quantity }) => ({
      price: price!.id,
      quantity: quantity ?? 1,
      recurring: price!.recurring !== null,
    }));
    const plain = ({ price, quantity }: { price: string; quantity: number }) => ({ price, quantity });
    const recurring = items.filter((item) => item.recurring);
    const once = items.filter((item) => !item.recurring);
    const made: Partial<Quote> = {};
    if (recurring.length > 0) {
      const subscription = engine.billing.subscriptions.beginQuietly(account, {
        customer,
        items: recurring.map(plain),
        add_invoice_items: once.map(plain),
        ...(open.description && { description: open.description }),
      });
      made.subscription = subscription.id;
      made.invoice = idOf(subscription.latest_invoice);
    } else made.invoice = this.invoice(account, customer, once.map(plain));
    const accepted = engine.store.update('quote', account, id, {
      ...made,
      status: 'accepted',
      status_transitions: {
        ...open.status_transitions,
        accepted_at: engine.billing.testClocks.now(account, open),
      },
    });
    engine.events.emit(account, 'quote.accepted', accepted);
    return accepted;
  }

  itemsOf(account: string, id: string): Stripe.LineItem[] {
    return this.engine.store.need('quote_items', account, id).items;
  }

  private invoice(account: string, customer: string, items: { price: string; quantity: number }[]): string {
    const { invoiceItems, invoices } = this.engine.billing;
    const draft = invoices.create(account, { customer, auto_advance: true });
    for (const { price, quantity } of items)
      invoiceItems.create(account, { customer, invoice: draft.id, price, quantity });
    return draft.id;
  }

  private items(account: string, params: Params): Stripe.LineItem[] {
    const { engine } = this;
    return (params.line_items ?? []).map((given, index) => {
      const price = engine.billing.prices.need(account, given.price ?? '', `line_items[${index}][price]`);
      const quantity = given.quantity ?? 1;
      const amount = priceOf(price, engine.billing.prices.tiersOf(account, price.id), quantity);
      return {
        id: engine.ids.next('li'),
        object: 'item',
        adjustable_quantity: null,
        amount_discount: 0,
        amount_subtotal: amount,
        amount_tax: 0,
        amount_total: amount,
        currency: price.currency,
        description: engine.store.get('product', account, idOf(price.product)!)?.name ?? null,
        metadata: {},
        price,
        quantity,
      };
    });
  }

  private needIn(account: string, id: string, statuses: string[], deed: string): Quote {
    const quote = this.need(account, id);
    if (statuses.includes(quote.status)) return quote;
    throw invalid(
      `You can only ${deed} a quote with a status of ${statuses.join(' or ')}; this one is \`${quote.status}\`.`,
    );
  }
}

const NO_EXTRAS = { amount_discount: 0, amount_shipping: 0, amount_tax: 0 };

function amountsOf(items: Stripe.LineItem[]): Pick<Quote, 'amount_subtotal' | 'amount_total' | 'computed'> {
  const sum = (some: Stripe.LineItem[]) => some.reduce((total, item) => total + item.amount_total, 0);
  const every = items.find((item) => item.price?.recurring)?.price?.recurring;
  const repeated = sum(items.filter((item) => item.price?.recurring));
  const amounts = (amount: number) => ({
    amount_subtotal: amount,
    amount_total: amount,
    total_details: NO_EXTRAS,
  });
  return {
    amount_subtotal: sum(items),
    amount_total: sum(items),
    computed: {
      recurring: every
        ? { ...amounts(repeated), interval: every.interval, interval_count: every.interval_count }
        : null,
      upfront: amounts(sum(items)),
    },
  };
}

function newQuote(
  id: string,
  now: number,
  livemode: boolean,
  params: Params,
): Omit<
  Quote,
  | 'amount_subtotal'
  | 'amount_total'
  | 'computed'
  | 'currency'
  | 'customer'
  | 'expires_at'
  | 'metadata'
  | 'test_clock'
> {
  return {
    id,
    object: 'quote',
    application: null,
    application_fee_amount: null,
    application_fee_percent: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    collection_method: params.collection_method ?? 'charge_automatically',
    created: now,
    customer_account: null,
    default_tax_rates: [],
    description: params.description || null,
    discounts: [],
    footer: params.footer || null,
    from_quote: null,
    header: params.header || null,
    invoice: null,
    invoice_settings: {
      custom_fields: null,
      days_until_due: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    livemode,
    number: null,
    on_behalf_of: null,
    status: 'draft',
    status_transitions: { accepted_at: null, canceled_at: null, finalized_at: null },
    subscription: null,
    subscription_data: {
      billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
      description: null,
      effective_date: null,
      metadata: {},
      trial_period_days: null,
    },
    subscription_schedule: null,
    total_details: NO_EXTRAS,
    transfer_data: null,
  };
}
