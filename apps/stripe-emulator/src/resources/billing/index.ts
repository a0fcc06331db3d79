import type { Route } from '../../http/route.js';
import { coupons } from './coupons.js';
import { plans } from './plans.js';
import { prices } from './prices.js';
import { products } from './products.js';
import { promotionCodes } from './promotion-codes.js';
import { taxRates } from './tax-rates.js';
import { testClocks } from './test-clocks.js';

export const billing: Route[] = [
  ...coupons,
  ...plans,
  ...prices,
  ...products,
  ...promotionCodes,
  ...taxRates,
  ...testClocks,
];
