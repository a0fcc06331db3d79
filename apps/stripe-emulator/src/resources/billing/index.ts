import type { Route } from '../../http/route.js';
import { coupons } from './coupons.js';
import { customerBalances } from './customer-balances.js';
import { invoiceItems } from './invoice-items.js';
import { invoicePayments } from './invoice-payments.js';
import { invoices } from './invoices.js';
import { subscriptionItems } from './subscription-items.js';
import { subscriptions } from './subscriptions.js';
import { creditNotes } from './credit-notes.js';
import { portals } from './portals.js';
import { quotes } from './quotes.js';
import { schedules } from './schedules.js';
import { plans } from './plans.js';
import { prices } from './prices.js';
import { products } from './products.js';
import { promotionCodes } from './promotion-codes.js';
import { taxRates } from './tax-rates.js';
import { testClocks } from './test-clocks.js';

export const billing: Route[] = [
  ...coupons,
  ...customerBalances,
  ...invoiceItems,
  ...invoicePayments,
  ...invoices,
  ...subscriptionItems,
  ...subscriptions,
  ...creditNotes,
  ...portals,
  ...quotes,
  ...schedules,
  ...plans,
  ...prices,
  ...products,
  ...promotionCodes,
  ...taxRates,
  ...testClocks,
];
