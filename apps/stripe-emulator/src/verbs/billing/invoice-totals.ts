import type Stripe from 'stripe';
import { couponAmount, shares } from '../discounts.js';

type Line = Stripe.InvoiceLineItem;

/** A discount with what its coupon takes off. */
export interface Applied {
  id: string;
  coupon: Stripe.Coupon;
}

/** A line before discounts and taxes, and what applies to it alone. */
export interface OpenLine {
  line: Line;
  product: string | null;
  own: Applied[];
  rates: Stripe.TaxRate[];
}

type Totals = Pick<
  Stripe.Invoice,
  | 'subtotal'
  | 'subtotal_excluding_tax'
  | 'total'
  | 'total_excluding_tax'
  | 'total_discount_amounts'
  | 'total_taxes'
>;

/**
 * Discounts first, an item's own before the invoice's, each spread over the lines by their amounts; then taxes on what
 * is left, line by line, each rounded to the minor unit.
 */
export function reckon(
  lines: OpenLine[],
  discounts: Applied[],
  currency: string,
): { lines: Line[]; totals: Totals } {
  const amounts = new Map<string, { amount: number; discount: string }[]>();
  const left = new Map(lines.map(({ line }) => [line.id, line.amount]));
  const apply = ({ id, coupon }: Applied, to: OpenLine[]) => {
    const open = to.filter(({ line }) => line.discountable && line.amount > 0 && left.get(line.id)! > 0);
    const sums = open.map(({ line }) => left.get(line.id)!);
    const discount = couponAmount(coupon, sums.reduce(add, 0), currency);
    shares(sums, discount).forEach((amount, index) => {
      const { line } = open[index]!;
      left.set(line.id, left.get(line.id)! - amount);
      amounts.set(line.id, [...(amounts.get(line.id) ?? []), { amount, discount: id }]);
    });
  };
  for (const one of lines) for (const discount of one.own) apply(discount, [one]);
  for (const discount of discounts) {
    const only = discount.coupon.applies_to?.products;
    apply(discount, only ? lines.filter(({ product }) => only.includes(product ?? '')) : lines);
  }
  const done = lines.map(({ line, rates }): Line => {
    const taken = amounts.get(line.id) ?? [];
    return {
      ...line,
      discount_amounts: taken,
      pretax_credit_amounts: taken.map(({ amount, discount }) => ({ amount, discount, type: 'discount' })),
      taxes: rates.map((rate) => taxOf(left.get(line.id)!, rate)),
    };
  });
  return { lines: done, totals: totalsOf(done) };
}

function taxOf(amount: number, rate: Stripe.TaxRate): Stripe.InvoiceLineItem.Tax {
  const { percentage, inclusive } = rate;
  const tax = inclusive
    ? amount - Math.round(amount / (1 + percentage / 100))
    : Math.round((amount * percentage) / 100);
  return {
    amount: tax,
    tax_behavior: inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: 'not_available',
    taxable_amount: inclusive ? amount - tax : amount,
    type: 'tax_rate_details',
  };
}

function totalsOf(lines: Line[]): Totals {
  const subtotal = lines.map((line) => line.amount).reduce(add, 0);
  const discounts = new Map<string, number>();
  const taxes = new Map<string, Stripe.Invoice.TotalTax>();
  for (const line of lines) {
    for (const { amount, discount } of line.discount_amounts ?? [])
      discounts.set(discount as string, (discounts.get(discount as string) ?? 0) + amount);
    for (const tax of line.taxes ?? []) {
      const id = tax.tax_rate_details!.tax_rate;
      const sum = taxes.get(id);
      taxes.set(id, {
        ...tax,
        amount: (sum?.amount ?? 0) + tax.amount,
        taxable_amount: (sum?.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
      });
    }
  }
  const total_taxes = [...taxes.values()];
  const taxed = (behavior: string) =>
    total_taxes
      .filter((tax) => tax.tax_behavior === behavior)
      .map((tax) => tax.amount)
      .reduce(add, 0);
  const total_discount_amounts = [...discounts].map(([discount, amount]) => ({ amount, discount }));
  const net = subtotal - total_discount_amounts.map(({ amount }) => amount).reduce(add, 0);
  return {
    subtotal,
    subtotal_excluding_tax: subtotal - taxed('inclusive'),
    total: net + taxed('exclusive'),
    total_excluding_tax: net - taxed('inclusive'),
    total_discount_amounts,
    total_taxes,
  };
}

const add = (one: number, other: number): number => one + other;
