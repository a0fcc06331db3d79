import type { Engine } from '../../engine/engine.js';
import { Bills } from './bills.js';
import { Collection } from './collection.js';
import { Coupons } from './coupons.js';
import { CreditNotes } from './credit-notes.js';
import { CustomerBalances } from './customer-balances.js';
import { Discounts } from './discounts.js';
import { Dunning } from './dunning.js';
import { InvoiceContents } from './invoice-contents.js';
import { InvoiceItems } from './invoice-items.js';
import { InvoiceStates } from './invoice-states.js';
import { Invoices } from './invoices.js';
import { Plans } from './plans.js';
import { Portals } from './portals.js';
import { Previews } from './previews.js';
import { Prices } from './prices.js';
import { Products } from './products.js';
import { PromotionCodes } from './promotion-codes.js';
import { Quotes } from './quotes.js';
import { Renewals } from './renewals.js';
import { Schedules } from './schedules.js';
import { SessionSubscriptions } from './session-subscriptions.js';
import { SubscriptionChanges } from './subscription-changes.js';
import { SubscriptionItems } from './subscription-items.js';
import { SubscriptionStates } from './subscription-states.js';
import { Subscriptions } from './subscriptions.js';
import { TaxRates } from './tax-rates.js';
import { TestClocks } from './test-clocks.js';

/** What is sold, at which prices, and what customers owe for it. */
export function billingVerbs(engine: Engine) {
  return {
    coupons: new Coupons(engine),
    discounts: new Discounts(engine),
    plans: new Plans(engine),
    prices: new Prices(engine),
    products: new Products(engine),
    promotionCodes: new PromotionCodes(engine),
    taxRates: new TaxRates(engine),
    bills: new Bills(engine),
    collection: new Collection(engine),
    customerBalances: new CustomerBalances(engine),
    invoiceItems: new InvoiceItems(engine),
    invoices: new Invoices(engine),
    invoiceStates: new InvoiceStates(engine),
    previews: new Previews(engine),
    renewals: new Renewals(engine),
    subscriptionChanges: new SubscriptionChanges(engine),
    subscriptionItems: new SubscriptionItems(engine),
    subscriptions: new Subscriptions(engine),
    subscriptionStates: new SubscriptionStates(engine),
    creditNotes: new CreditNotes(engine),
    portals: new Portals(engine),
    quotes: new Quotes(engine),
    schedules: new Schedules(engine),
    sessionSubscriptions: new SessionSubscriptions(engine),
    dunning: new Dunning(engine),
    invoiceContents: new InvoiceContents(engine),
    testClocks: new TestClocks(engine),
  };
}
