import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { lacking, missing } from '../../engine/errors.js';

type Params = Stripe.CreditNoteCreateParams;
type Line = Stripe.CreditNoteLineItem;
type Invoice = Stripe.Invoice;

/** What a note is about: lines of its invoice, or parts of them, and amounts of its own. */
export function linesOf(engine: Engine, invoice: Invoice, params: Params): Line[] {
  const given: Stripe.CreditNoteCreateParams.Line[] = params.lines ?? [];
  if (given.length === 0 && params.amount === undefined) {
    throw lacking('amount');
  }
  const all = params.lines
    ? given
    : [
        {
          type: 'custom_line_item',
          unit_amount: params.amount!,
          quantity: 1,
          description: 'Credit',
        } as const,
      ];
  return all.map((line, index) =>
    line.type === 'invoice_line_item'
      ? ofInvoice(engine, invoice, line, `lines[${index}]`)
      : custom(engine, line, `lines[${index}]`),
  );
}

function custom(engine: Engine, line: Stripe.CreditNoteCreateParams.Line, at: string): Line {
  const unit = line.unit_amount ?? line.amount;
  if (unit === undefined) {
    throw lacking(`${at}[unit_amount]`);
  }
  const quantity = line.quantity ?? 1;
  return { ...blank(engine), amount: unit * quantity, description: line.description ?? null, quantity, type: 'custom_line_item', unit_amount: unit, unit_amount_decimal: String(unit) as never }; // prettier-ignore
}

/** A part of a line takes the same part of its discounts and taxes. */
function ofInvoice(
  engine: Engine,
  invoice: Invoice,
  given: Stripe.CreditNoteCreateParams.Line,
  at: string,
): Line {
  const line = invoice.lines.data.find((one) => one.id === given.invoice_line_item);
  if (!line) throw missing('invoice line item', given.invoice_line_item ?? '', `${at}[invoice_line_item]`);
  const whole = line.quantity ?? 1;
  const quantity = given.quantity ?? whole;
  const amount = given.amount ?? Math.round((line.amount * quantity) / whole);
  const part = line.amount === 0 ? 0 : amount / line.amount;
  const discount = (line.discount_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
  return {
    ...blank(engine),
    amount,
    description: line.description,
    discount_amount: Math.round(discount * part),
    invoice_line_item: line.id,
    quantity,
    taxes: (line.taxes ?? []).map((tax) => ({
      ...tax,
      amount: Math.round(tax.amount * part),
      taxable_amount: Math.round((tax.taxable_amount ?? 0) * part),
    })) as Line['taxes'],
    type: 'invoice_line_item',
  };
}

function blank(engine: Engine): Line {
  return {
    id: engine.ids.next('cnli'),
    object: 'credit_note_line_item',
    amount: 0,
    description: null,
    discount_amount: 0,
    discount_amounts: [],
    livemode: engine.livemode,
    metadata: {},
    pretax_credit_amounts: [],
    quantity: null,
    tax_rates: [],
    taxes: [],
    type: 'custom_line_item',
    unit_amount: null,
    unit_amount_decimal: null,
  };
}

/** With its taxes, less its discounts. */
export function totalOf(line: Line): number {
  const taxes = (line.taxes ?? []).filter((tax) => tax.tax_behavior === 'exclusive');
  return line.amount - line.discount_amount + taxes.reduce((sum, tax) => sum + tax.amount, 0);
}
