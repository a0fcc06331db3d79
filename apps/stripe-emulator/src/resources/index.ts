import type { Route } from '../http/route.js';
import { accountParts } from './account-parts.js';
import { accountsV1 } from './accounts-v1.js';
import { accountsV2 } from './accounts-v2.js';
import { applicationFees } from './application-fees.js';
import { balances } from './balances.js';
import { billing } from './billing/index.js';
import { cashBalances } from './cash-balances.js';
import { charges } from './charges.js';
import { checkoutSessions } from './checkout-sessions.js';
import { confirmationTokens } from './confirmation-tokens.js';
import { customers } from './customers.js';
import { disputes } from './disputes.js';
import { externalAccounts } from './external-accounts.js';
import { eventDestinations } from './event-destinations.js';
import { events } from './events.js';
import { files } from './files.js';
import { listenSessions } from './listen-sessions.js';
import { paymentIntents } from './payment-intents.js';
import { paymentLinks } from './payment-links.js';
import { paymentPages } from './payment-pages.js';
import { paymentMethods } from './payment-methods.js';
import { payouts } from './payouts.js';
import { personsV2 } from './persons-v2.js';
import { refunds } from './refunds.js';
import { search } from './search.js';
import { setupIntents } from './setup-intents.js';
import { shippingRates } from './shipping-rates.js';
import { tokens } from './tokens.js';
import { topups } from './topups.js';
import { transfers } from './transfers.js';
import { webhookEndpoints } from './webhook-endpoints.js';

/** Every call that the emulator understands. */
export const routes: Route[] = [
  ...accountParts,
  ...accountsV1,
  ...accountsV2,
  ...applicationFees,
  ...balances,
  ...billing,
  ...cashBalances,
  ...charges,
  ...checkoutSessions,
  ...confirmationTokens,
  ...customers,
  ...disputes,
  ...externalAccounts,
  ...eventDestinations,
  ...events,
  ...files,
  ...listenSessions,
  ...paymentIntents,
  ...paymentLinks,
  ...paymentMethods,
  ...paymentPages,
  ...payouts,
  ...personsV2,
  ...refunds,
  ...search,
  ...setupIntents,
  ...shippingRates,
  ...tokens,
  ...topups,
  ...transfers,
  ...webhookEndpoints,
];
