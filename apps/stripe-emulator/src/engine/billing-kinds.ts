import type Stripe from 'stripe';

/** Kept apart from the price, which shows them only when asked. */
export interface PriceTiers {
  id: string;
  tiers: Stripe.Price.Tier[];
}

/** What applies to one line of an invoice alone: ids of discounts and tax rates. */
export interface InvoiceExtras {
  discounts: string[];
  rates: string[];
}

/** Which subscription an item is part of. */
export interface SubscriptionItemPlace {
  id: string;
  subscription: string;
}

/** What an invoice does that its object does not show. */
export interface InvoiceTerms {
  id: string;
  application_fee_amount: number | null;
  /** A subscription's share for the platform, of what is due in the end. */
  fee_percent: number | null;
  transfer_percent: number | null;
  transfer_data: { amount?: number; destination: string } | null;
  days_until_due: number | null;
  /** Keeps the hosted page's address from being guessed. */
  secret: string;
  extras: Record<string, InvoiceExtras>;
}

/** What is sold and what customers owe for it. */
export interface BillingKinds {
  coupon: Stripe.Coupon;
  credit_note: Stripe.CreditNote;
  customer_balance_transaction: Stripe.CustomerBalanceTransaction;
  discount: Stripe.Discount;
  invoice: Stripe.Invoice;
  invoice_item: Stripe.InvoiceItem;
  invoice_payment: Stripe.InvoicePayment;
  invoice_terms: InvoiceTerms;
  portal_configuration: Stripe.BillingPortal.Configuration;
  portal_session: Stripe.BillingPortal.Session;
  price: Stripe.Price;
  price_tiers: PriceTiers;
  product: Stripe.Product;
  promotion_code: Stripe.PromotionCode;
  quote: Stripe.Quote;
  quote_items: { id: string; items: Stripe.LineItem[] };
  subscription: Stripe.Subscription;
  subscription_schedule: Stripe.SubscriptionSchedule;
  subscription_item_place: SubscriptionItemPlace;
  tax_rate: Stripe.TaxRate;
  test_clock: Stripe.TestHelpers.TestClock;
}
