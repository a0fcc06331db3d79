import type { Engine } from '../../engine/engine.js';
import { Coupons } from './coupons.js';
import { Discounts } from './discounts.js';
import { Plans } from './plans.js';
import { Prices } from './prices.js';
import { Products } from './products.js';
import { PromotionCodes } from './promotion-codes.js';
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
  readonly testClocks: TestClocks;

  constructor(engine: Engine) {
    this.coupons = new Coupons(engine);
    this.discounts = new Discounts(engine);
    this.plans = new Plans(engine);
    this.prices = new Prices(engine);
    this.products = new Products(engine);
    this.promotionCodes = new PromotionCodes(engine);
    this.taxRates = new TaxRates(engine);
    this.testClocks = new TestClocks(engine);
  }
}
