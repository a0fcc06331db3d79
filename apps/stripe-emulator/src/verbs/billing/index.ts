import type { Engine } from '../../engine/engine.js';
import { Coupons } from './coupons.js';
import { Discounts } from './discounts.js';
import { Plans } from './plans.js';
import { Prices } from './prices.js';
import { Products } from './products.js';
import { PromotionCodes } from './promotion-codes.js';
import { Bills } from './bills.js';
import { Collection } from './collection.js';
import { CustomerBalances } from './customer-balances.js';
import { InvoiceItems } from './invoice-items.js';
import { Invoices } from './invoices.js';
import { InvoiceStates } from './invoice-states.js';
import { Previews } from './previews.js';
import { Renewals } from './renewals.js';
import { SubscriptionChanges } from './subscription-changes.js';
import { SubscriptionItems } from './subscription-items.js';
import { Subscriptions } from './subscriptions.js';
import { SubscriptionStates } from './subscription-states.js';
import { TaxRates } from './tax-rates.js';
import { TestClocks } from './test-clocks.js';

/** What is sold, at which prices, and what customers owe for it. */
export class Billing {
  readonly coupons: Coupons;
  readonly discounts: Discounts;
  readonly plans: Plans;
  readonly prices: Prices;
  readonly products: Products;
  readonly promotionCodes: PromotionCodes;
  readonly taxRates: TaxRates;
  readonly bills: Bills;
  readonly collection: Collection;
  readonly customerBalances: CustomerBalances;
  readonly invoiceItems: InvoiceItems;
  readonly invoices: Invoices;
  readonly invoiceStates: InvoiceStates;
  readonly previews: Previews;
  readonly renewals: Renewals;
  readonly subscriptionChanges: SubscriptionChanges;
  readonly subscriptionItems: SubscriptionItems;
  readonly subscriptions: Subscriptions;
  readonly subscriptionStates: SubscriptionStates;
  readonly testClocks: TestClocks;

  constructor(engine: Engine) {
    this.coupons = new Coupons(engine);
    this.discounts = new Discounts(engine);
    this.plans = new Plans(engine);
    this.prices = new Prices(engine);
    this.products = new Products(engine);
    this.promotionCodes = new PromotionCodes(engine);
    this.taxRates = new TaxRates(engine);
    this.bills = new Bills(engine);
    this.collection = new Collection(engine);
    this.customerBalances = new CustomerBalances(engine);
    this.invoiceItems = new InvoiceItems(engine);
    this.invoices = new Invoices(engine);
    this.invoiceStates = new InvoiceStates(engine);
    this.previews = new Previews(engine);
    this.renewals = new Renewals(engine);
    this.subscriptionChanges = new SubscriptionChanges(engine);
    this.subscriptionItems = new SubscriptionItems(engine);
    this.subscriptions = new Subscriptions(engine);
    this.subscriptionStates = new SubscriptionStates(engine);
    this.testClocks = new TestClocks(engine);
  }
}
