import type { FastifyInstance } from 'fastify';
import { serveAccounts } from './accounts.js';
import { serveClock } from './clock.js';
import type { Dashboard } from './context.js';
import { serveDeliveries } from './deliveries.js';
import { serveDisputes } from './disputes.js';
import { serveEvents } from './events.js';
import { serveFaults } from './faults.js';
import { serveOverview } from './overview.js';
import { servePayments } from './payments.js';
import { servePayouts } from './payouts.js';
import { serveRequestLog } from './requests.js';

/** The platform's dashboard: everything that is known, and buttons for what Stripe or sellers would do. */
export function serveDashboard(app: FastifyInstance, dashboard: Dashboard): void {
  serveOverview(app, dashboard);
  serveAccounts(app, dashboard);
  servePayments(app, dashboard);
  servePayouts(app, dashboard);
  serveDisputes(app, dashboard);
  serveEvents(app, dashboard);
  serveDeliveries(app, dashboard);
  serveRequestLog(app, dashboard);
  serveClock(app, dashboard);
  serveFaults(app, dashboard);
}
