import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { itemOf, lineOfItem, newLine, reckoned } from './invoice-lines.js';
import type { SubscriptionBill } from './invoices.js';

/** What stands on a draft: a subscription's lines and invoice items, added up anew with each change. */
export class InvoiceContents {
  constructor(private readonly engine: Engine) {}

  /** An item of a draft came, changed or went. */
  itemsChanged(account: string, id: string): void {
    this.takeItems(account, id);
    this.engine.events.emit(account, 'invoice.updated', this.engine.billing.invoices.need(account, id));
  }

  fill(account: string, id: string, params: Stripe.InvoiceCreateParams, bill: SubscriptionBill | null): void {
    const { engine } = this;
    const extras = { ...this.engine.billing.invoices.terms(account, id).extras };
    const lines = (bill?.lines ?? []).map(({ seed, discounts, rates }) => {
      const line = newLine(engine.ids.next('il'), id, engine.livemode, seed);
      extras[line.id] = { discounts, rates };
      return line;
    });
    const invoice = this.engine.billing.invoices.need(account, id);
    engine.store.update('invoice_terms', account, id, { extras });
    engine.store.update('invoice', account, id, { lines: { ...invoice.lines, data: lines } });
    if (bill || params.pending_invoice_items_behavior === 'include') {
      const customer = idOf(invoice.customer)!;
      const { invoiceItems } = engine.billing;
      const subscription = bill?.parent?.subscription_details?.subscription ?? params.subscription ?? null;
      const waiting = [
        ...(subscription
          ? invoiceItems.pending(account, customer, invoice.currency, idOf(subscription))
          : []),
        ...invoiceItems.pending(account, customer, invoice.currency, null),
      ];
      for (const item of waiting) engine.store.update('invoice_item', account, item.id, { invoice: id });
    }
    this.takeItems(account, id);
  }

  private takeItems(account: string, id: string): void {
    const { engine } = this;
    const invoice = this.engine.billing.invoices.need(account, id);
    const terms = this.engine.billing.invoices.terms(account, id);
    const extras = { ...terms.extras };
    const items = engine.store.by('invoice_item', account, 'invoice', id).map((item) => {
      const line = lineOfItem(engine, item, invoice);
      extras[line.id] = {
        discounts: (item.discounts ?? []).map((one) => idOf(one)!),
        rates: (item.tax_rates ?? []).map((rate) => rate.id),
      };
      return line;
    });
    const others = invoice.lines.data.filter((line) => itemOf(line) === null);
    engine.store.update('invoice_terms', account, id, { extras });
    engine.store.update('invoice', account, id, { lines: { ...invoice.lines, data: [...items, ...others] } });
    this.reckon(account, id);
  }

  reckon(account: string, id: string): void {
    const invoice = this.engine.billing.invoices.need(account, id);
    const { extras } = this.engine.billing.invoices.terms(account, id);
    const patch = reckoned(this.engine, account, invoice, invoice.lines.data, extras);
    this.engine.store.update('invoice', account, id, patch);
  }
}
