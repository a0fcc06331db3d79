import type { FastifyInstance } from 'fastify';
import type { Engine } from '../engine/engine.js';
import type { ApiFaults } from '../http/api-faults.js';
import { serveAssets } from './assets.js';
import { serveChallenges } from './checkout/challenge.routes.js';
import { serveCheckout } from './checkout/checkout.routes.js';
import { servePaymentLinks } from './checkout/link.routes.js';
import { serveDashboard } from './dashboard/dashboard.routes.js';
import { sendFailure } from './failure.js';
import { serveExpress } from './express/express.routes.js';
import { serveInvoices } from './portal/invoice.routes.js';
import { serveOnboarding } from './onboarding/onboarding.routes.js';
import { servePortal } from './portal/portal.routes.js';
import { refuseOtherMachines } from './requests.js';
import type { RequestLog } from './dashboard/request-log.js';

/** Registers the pages that buyers, sellers and the platform's developers see. */
export async function registerPages(
  app: FastifyInstance,
  engine: Engine,
  faults: ApiFaults,
  log: RequestLog,
): Promise<void> {
  await app.register(async (pages) => {
    pages.setErrorHandler((failure, request, reply) => sendFailure(reply, failure, request));
    serveAssets(pages);
    serveCheckout(pages, engine);
    serveChallenges(pages, engine);
    servePaymentLinks(pages, engine);
    servePortal(pages, engine);
    serveInvoices(pages, engine);
    serveOnboarding(pages, engine);
    serveExpress(pages, engine);
    await pages.register(async (dashboard) => {
      refuseOtherMachines(dashboard);
      serveDashboard(dashboard, { engine, faults, log });
    });
  });
}
