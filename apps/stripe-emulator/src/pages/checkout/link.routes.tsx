import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { sendMissing } from '../failure.js';
import { attempt, paramOf, seeOther } from '../requests.js';
import { sendPage } from '../send.js';
import { ClosedLinkPage } from './outcome.pages.js';

/** A payment link: every visit begins a Checkout Session of its own. */
export function servePaymentLinks(app: FastifyInstance, engine: Engine): void {
  app.get('/c/link/:code', (request, reply) => {
    const link = engine.paymentLinks.byCode(paramOf(request, 'code'));
    if (!link) return sendMissing(reply, 'There is no such payment link. Check the address.');
    const opened = attempt(engine, () => engine.paymentLinks.open(link));
    if (opened.done) return seeOther(reply, `/c/pay/${opened.result.id}`);
    return sendPage(reply, {
      title: 'Not active',
      status: 410,
      body: <ClosedLinkPage message={opened.message} />,
    });
  });
}
