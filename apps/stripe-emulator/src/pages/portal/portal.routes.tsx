import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { paramOf, queryOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Narrow } from '../ui/hosted.js';
import { addCard, cardAdded, showCard } from './card.routes.js';
import type { ForOne } from './one.js';
import { cancel, keep, pause, resume, showCancel, showPause } from './pauses.js';
import { changePlan, previewPlan, showPlans } from './plan.routes.js';
import { PortalPage } from './portal.pages.js';
import { Visit } from './visit.js';

type Handler = (visit: Visit, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** The customer's own page: subscriptions, card, invoices. */
export function servePortal(app: FastifyInstance, engine: Engine): void {
  const inside = (handler: Handler) => (request: FastifyRequest, reply: FastifyReply) => {
    const visit = Visit.of(engine, paramOf(request, 'session'));
    return visit ? handler(visit, request, reply) : sendOver(reply);
  };
  const path = '/p/session/:session';
  const get = (below: string, handler: Handler) => app.get(`${path}${below}`, inside(handler));
  const post = (below: string, handler: Handler) => app.post(`${path}${below}`, inside(handler));
  get('', (visit, request, reply) => show(visit, reply, queryOf(request, 'done')));
  get('/card', (visit, _request, reply) => showCard(visit, reply));
  get('/card/added', (visit, request, reply) => cardAdded(visit, reply, queryOf(request, 'setup_intent')));
  post('/card', (visit, request, reply) => addCard(visit, reply, valuesOf(request)));
  get('/subscriptions/:id/plan', forOne(showPlans));
  post('/subscriptions/:id/preview', forOne(previewPlan));
  post('/subscriptions/:id/plan', forOne(changePlan));
  get('/subscriptions/:id/cancel', forOne(showCancel));
  post('/subscriptions/:id/cancel', forOne(cancel));
  post('/subscriptions/:id/keep', forOne(keep));
  get('/subscriptions/:id/pause', forOne(showPause));
  post('/subscriptions/:id/pause', forOne(pause));
  post('/subscriptions/:id/resume', forOne(resume));
}

/** Only for a subscription of this customer: whoever names another one is back where they began. */
const forOne =
  (handler: ForOne): Handler =>
  (visit, request, reply) => {
    const subscription = visit.subscription(paramOf(request, 'id'));
    return subscription
      ? handler({ visit, subscription, reply, values: valuesOf(request) })
      : seeOther(reply, visit.base);
  };

function sendOver(reply: FastifyReply): FastifyReply {
  const heading = 'This link has expired';
  const lead = 'Links to this page are good for an hour. Open it again from the shop.';
  return sendPage(reply, { title: heading, status: 410, body: <Narrow heading={heading} lead={lead} /> });
}

function show(visit: Visit, reply: FastifyReply, done: string | undefined): FastifyReply {
  const { engine, account, session } = visit;
  const invoices = engine.store
    .by('invoice', account, 'customer', session.customer)
    .filter((invoice) => invoice.status !== 'draft' && invoice.status !== 'void')
    .reverse();
  return sendPage(reply, {
    title: 'Your account',
    body: <PortalPage visit={visit} invoices={invoices} done={done} />,
  });
}
