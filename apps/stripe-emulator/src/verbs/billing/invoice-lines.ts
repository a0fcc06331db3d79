import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import type { InvoiceExtras } from '../../engine/billing-kinds.js';
import { idOf } from '../../engine/kinds.js';
import { reckon, type Applied, type OpenLine } from './invoice-totals.js';

type Line = Stripe.InvoiceLineItem;
type Invoice = Stripe.Invoice;

/** A line as its maker knows it; the rest is the same for all. */
export type LineSeed = Pick<
  Line,
  'amount' | 'currency' | 'description' | 'discountable' | 'parent' | 'period' | 'pricing' | 'quantity'
> & { subscription: string | null; metadata: Stripe.Metadata };

export function newLine(id: string, invoice: string, livemode: boolean, seed: LineSeed): Line {
  return {
    id,
    object: 'line_item',
    discount_amounts: [],
    discounts: [],
    invoice,
    livemode,
    pretax_credit_amounts: [],
    quantity_decimal: String(seed.quantity) as unknown as Line['quantity_decimal'],
    subtotal: seed.amount,
    taxes: [],
    ...seed,
  };
}

/** An invoice item as a line of its invoice. */
export function lineOfItem(engine: Engine, item: Stripe.InvoiceItem, invoice: Invoice): Line {
  const known = invoice.lines.data.find((line) => itemOf(line) === item.id);
  const details = item.parent?.subscription_details;
  const subscription = details?.subscription ?? null;
  const shared = { proration: item.proration, proration_details: null, subscription };
  const onItem = details?.subscription_item;
  return newLine(known?.id ?? engine.ids.next('il'), invoice.id, engine.livemode, {
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    metadata: item.metadata ?? {},
    parent: onItem
      ? {
          type: 'subscription_item_details',
          invoice_item_details: null,
          subscription_item_details: {
            ...shared,
            proration_details: { credited_items: null },
            invoice_item: item.id,
            subscription_item: onItem,
          },
        }
      : {
          type: 'invoice_item_details',
          invoice_item_details: { ...shared, invoice_item: item.id },
          subscription_item_details: null,
        },
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    subscription,
  });
}

/** The invoice item that a line came from. */
export function itemOf(line: Line): string | null {
  return (
    line.parent?.invoice_item_details?.invoice_item ??
    line.parent?.subscription_item_details?.invoice_item ??
    null
  );
}

/** An invoice's amounts, worked out anew from its lines. */
export function reckoned(
  engine: Engine,
  account: string,
  invoice: Invoice,
  lines: Line[],
  extras: Record<string, InvoiceExtras>,
): Partial<Invoice> {
  const customer = engine.store.get('customer', account, idOf(invoice.customer)!);
  const exempt = customer?.tax_exempt === 'exempt' || customer?.tax_exempt === 'reverse';
  const applied = (ids: string[]): Applied[] =>
    ids.flatMap((id) => {
      const discount = engine.billing.discounts.get(account, id);
      const coupon = discount && engine.billing.discounts.coupon(account, discount);
      return coupon ? [{ id, coupon }] : [];
    });
  const open = lines.map((line): OpenLine => {
    const { discounts = [], rates = [] } = extras[line.id] ?? {};
    const own = engine.billing.taxRates.needAll(account, rates, 'tax_rates');
    return {
      line: { ...line, discounts },
      product: line.pricing?.price_details?.product ?? null,
      own: applied(discounts),
      rates: exempt ? [] : own.length > 0 ? own : invoice.default_tax_rates,
    };
  });
  const ids = invoice.discounts.map((discount) => idOf(discount as string)!);
  const { lines: data, totals } = reckon(open, applied(ids), invoice.currency);
  const due = Math.max(0, totals.total);
  return { lines: { ...invoice.lines, data }, ...totals, amount_due: due, amount_remaining: due };
}
