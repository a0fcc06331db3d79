import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { readBank, TEST_ROUTING } from '../bank.rules.js';
import { sliceOf } from '../cursors.js';
import { attempt, paramOf, queryOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import type { FormState } from '../ui/forms.js';
import { Narrow } from '../ui/hosted.js';
import type { ExpressProps } from './express.frame.js';
import { BalancePage, BankPage, PaymentsPage, PayoutsPage } from './express.pages.js';
import { payOut, showPayOut } from './payout.page.js';

type Handler = (props: ExpressProps, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** The seller's own dashboard, behind a login link. */
export function serveExpress(app: FastifyInstance, engine: Engine): void {
  const behindLink = (handler: Handler) => (request: FastifyRequest, reply: FastifyReply) => {
    const [account, token] = [paramOf(request, 'account'), paramOf(request, 'token')];
    if (!engine.accountLinks.opensDashboard(account, token)) return sendOver(reply);
    const base = `/express/${account}/${token}`;
    return handler({ engine, record: engine.accounts.need(account), base }, request, reply);
  };
  const path = '/express/:account/:token';
  app.get(path, behindLink(showBalance));
  app.get(`${path}/payments`, behindLink(showPayments));
  app.get(`${path}/payouts`, behindLink(showPayouts));
  app.post(`${path}/payouts/:payout/cancel`, behindLink(callBack));
  app.get(
    `${path}/pay-out/:currency`,
    behindLink((props, request, reply) => showPayOut(props, reply, paramOf(request, 'currency'))),
  );
  app.post(
    `${path}/pay-out/:currency`,
    behindLink((props, request, reply) =>
      payOut(props, reply, paramOf(request, 'currency'), valuesOf(request)),
    ),
  );
  app.get(
    `${path}/bank`,
    behindLink((props, request, reply) => showBank(props, reply, queryOf(request, 'saved') === 'yes')),
  );
  app.post(`${path}/bank`, behindLink(changeBank));
}

function sendOver(reply: FastifyReply): FastifyReply {
  const heading = 'This link has expired';
  const lead = 'Links to this dashboard are good for a few minutes. Open it again from where you sell.';
  return sendPage(reply, { title: heading, status: 410, body: <Narrow heading={heading} lead={lead} /> });
}

const showBalance: Handler = (props, _request, reply) => {
  const payouts = sliceOf(props.engine, 'payout', props.record.id, { limit: 5 }).rows;
  return sendPage(reply, { title: 'Balance', body: <BalancePage {...props} payouts={payouts} /> });
};

const showPayments: Handler = (props, request, reply) => {
  const after = queryOf(request, 'after');
  const slice = sliceOf(props.engine, 'charge', props.record.id, { after });
  return sendPage(reply, {
    title: 'Payments',
    body: <PaymentsPage {...props} slice={slice} after={after} />,
  });
};

const showPayouts: Handler = (props, request, reply) => {
  const after = queryOf(request, 'after');
  const { engine, record } = props;
  const slice = sliceOf(engine, 'payout', record.id, { after });
  const done = engine.store.get('payout', record.id, queryOf(request, 'done') ?? '');
  return sendPage(reply, {
    title: 'Payouts',
    body: <PayoutsPage {...props} slice={slice} after={after} done={done} />,
  });
};

/** Too late, it is listed as what it has become meanwhile. */
const callBack: Handler = ({ engine, record, base }, request, reply) => {
  const id = paramOf(request, 'payout');
  const tried = attempt(engine, () => engine.payouts.cancel(record.id, id));
  return seeOther(reply, tried.done ? `${base}/payouts?done=${id}` : `${base}/payouts`);
};

function showBank(props: ExpressProps, reply: FastifyReply, saved: boolean, form?: FormState): FastifyReply {
  const shown = form ?? { values: { routing_number: TEST_ROUTING }, problems: {} };
  return sendPage(reply, {
    title: 'Bank account',
    status: form ? 422 : 200,
    body: <BankPage {...props} saved={saved} form={shown} />,
  });
}

const changeBank: Handler = (props, request, reply) => {
  const values = valuesOf(request);
  const { bank, problems } = readBank(values, props.record);
  if (!bank) return showBank(props, reply, false, { values, problems });
  props.engine.transact(() => props.engine.externalAccounts.set(props.record.id, bank));
  return seeOther(reply, `${props.base}/bank?saved=yes`);
};
