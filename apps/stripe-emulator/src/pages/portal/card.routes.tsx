import type { FastifyReply } from 'fastify';
import { idOf } from '../../engine/kinds.js';
import { readCard } from '../checkout/card.rules.js';
import { refusedForm, shownAgain } from '../checkout/shown-again.js';
import { attempt, seeOther } from '../requests.js';
import { sendPage } from '../send.js';
import type { FormState, Values } from '../ui/forms.js';
import { CardPage } from './portal.pages.js';
import type { Visit } from './visit.js';

export function showCard(
  visit: Visit,
  reply: FastifyReply,
  form: FormState = { values: {}, problems: {} },
  refusal?: string,
): FastifyReply {
  if (!visit.features.payment_method_update.enabled) return seeOther(reply, visit.base);
  const status = refusal ? 402 : Object.keys(form.problems).length > 0 ? 422 : 200;
  const body = <CardPage platform={visit.platform} base={visit.base} form={form} refusal={refusal} />;
  return sendPage(reply, { title: 'Card', status, body });
}

/** The card is set up for payments that its owner is not there for; a bank may want to hear from them first. */
export function addCard(visit: Visit, reply: FastifyReply, values: Values): FastifyReply {
  const { engine, account, session } = visit;
  if (!visit.features.payment_method_update.enabled) return seeOther(reply, visit.base);
  const { card, problems } = readCard(values, engine.clock.now());
  if (Object.keys(problems).length > 0) return showCard(visit, reply, shownAgain(values, problems));
  const tried = attempt(engine, () =>
    engine.setupIntents.create(account, {
      customer: session.customer,
      payment_method: engine.paymentMethods.newCard(account, card).id,
      usage: 'off_session',
      confirm: true,
      return_url: `${engine.baseUrl}${visit.base}/card/added`,
    }),
  );
  if (!tried.done) return showCard(visit, reply, refusedForm(values, tried), tried.message);
  const { intent, error } = tried.result;
  if (error) return showCard(visit, reply, refusedForm(values, error), error.message);
  const url = intent.next_action?.redirect_to_url?.url;
  return url ? seeOther(reply, url) : cardAdded(visit, reply, intent.id);
}

export function cardAdded(visit: Visit, reply: FastifyReply, setup: string | undefined): FastifyReply {
  const { engine, account, session } = visit;
  const intent = setup ? engine.store.get('setup_intent', account, setup) : undefined;
  if (!intent || idOf(intent.customer) !== session.customer) return seeOther(reply, visit.base);
  if (intent.status !== 'succeeded')
    return showCard(
      visit,
      reply,
      undefined,
      intent.last_setup_error?.message ?? 'The card was not confirmed.',
    );
  const method = idOf(intent.payment_method)!;
  engine.transact(() => {
    engine.customers.update(account, session.customer, {
      invoice_settings: { default_payment_method: method },
    });
    for (const { id, default_payment_method: own } of visit.subscriptions)
      if (own) engine.billing.subscriptionChanges.update(account, id, { default_payment_method: method });
  });
  return seeOther(reply, `${visit.base}?done=card`);
}
