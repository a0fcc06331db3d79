import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { sendPage } from '../send.js';
import { paramOf, seeOther, valuesOf } from '../requests.js';
import { AccountPage } from './account.page.js';
import { actOn } from './account.actions.js';

const PATH = '/dashboard/accounts/:id';

export function serveAccount(app: FastifyInstance, engine: Engine): void {
  app.get(PATH, (request, reply) => {
    const record = engine.accounts.need(paramOf(request, 'id'));
    return sendPage(reply, {
      title: record.display_name ?? 'Account',
      body: <AccountPage engine={engine} record={record} />,
    });
  });
  app.post(PATH, (request, reply) => {
    const { id } = engine.accounts.need(paramOf(request, 'id'));
    engine.transact(() => actOn(engine, id, valuesOf(request)));
    return seeOther(reply, `/dashboard/accounts/${id}`);
  });
}
