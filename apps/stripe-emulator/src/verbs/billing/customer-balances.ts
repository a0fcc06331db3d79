import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { mergeMetadata } from '../metadata.js';

type Transaction = Stripe.CustomerBalanceTransaction;
type Type = Transaction['type'];

/** What a customer has in credit (negative) or owes (positive) outside of invoices. No money moves by it. */
export class CustomerBalances {
  constructor(private readonly engine: Engine) {}

  adjust(
    account: string,
    customerId: string,
    params: Stripe.CustomerCreateBalanceTransactionParams,
  ): Transaction {
    const { amount, currency } = params;
    return this.post(account, customerId, { type: 'adjustment', amount, currency, invoice: null }, params);
  }

  /** Given as a whole: at a customer's beginning, or in place of what it was. */
  setTo(account: string, { id, balance, currency }: Stripe.Customer, wanted: number, type: Type): void {
    const amount = wanted - balance;
    const own = currency ?? this.engine.accounts.need(account).currency ?? 'usd';
    if (amount !== 0) this.post(account, id, { type, amount, currency: own, invoice: null });
  }

  apply(account: string, customerId: string, invoice: Stripe.Invoice, amount: number): Transaction {
    const type = 'applied_to_invoice';
    return this.post(account, customerId, { type, amount, currency: invoice.currency, invoice: invoice.id });
  }

  /** A credit note's part that stays with the seller. */
  credit(account: string, customerId: string, invoice: Stripe.Invoice, amount: number): Transaction {
    return this.post(account, customerId, {
      type: 'credit_note',
      amount: -amount,
      currency: invoice.currency,
      invoice: invoice.id,
    });
  }

  private post(
    account: string,
    customerId: string,
    frame: { type: Type; amount: number; currency: string; invoice: string | null },
    words: { description?: string; metadata?: Stripe.Emptyable<Stripe.MetadataParam> } = {},
  ): Transaction {
    const { engine } = this;
    const customer = engine.store.need('customer', account, customerId, 'customer');
    const ending = customer.balance + frame.amount;
    engine.store.update('customer', account, customerId, { balance: ending });
    return engine.store.insert('customer_balance_transaction', account, {
      id: engine.ids.next('cbtxn'),
      object: 'customer_balance_transaction',
      amount: frame.amount,
      checkout_session: null,
      created: engine.billing.testClocks.now(account, customer),
      credit_note: null,
      currency: frame.currency,
      customer: customerId,
      customer_account: null,
      description: words.description ?? null,
      ending_balance: ending,
      invoice: frame.invoice,
      livemode: engine.livemode,
      metadata: mergeMetadata({}, words.metadata),
      type: frame.type,
    });
  }
}
