import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { Refusal } from '../../engine/errors.js';
import { readCard } from '../checkout/card.rules.js';
import { shownAgain } from '../checkout/checkout.form.js';
import { sendMissing } from '../failure.js';
import { attempt, paramOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import type { FormState } from '../ui/forms.js';
import { InvoicePage } from './invoice.pages.js';

const BLANK: FormState = { values: {}, problems: {} };

/** The page behind `hosted_invoice_url`. */
export function serveInvoices(app: FastifyInstance, engine: Engine): void {
  const path = '/i/:account/:invoice';
  const find = (request: FastifyRequest) => {
    const account = paramOf(request, 'account');
    const [, id = '', secret] = /^(in_[^_]+)_(.+)$/.exec(paramOf(request, 'invoice')) ?? [];
    const terms = engine.store.get('invoice_terms', account, id);
    return terms && terms.secret === secret ? engine.billing.invoices.need(account, id) : undefined;
  };
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    invoice: Stripe.Invoice,
    form = BLANK,
    refusal?: string,
  ) => {
    const platform = engine.accounts.need(paramOf(request, 'account')).display_name ?? 'the shop';
    return sendPage(reply, {
      title: `Invoice ${invoice.number ?? ''}`,
      status: refusal ? 402 : form === BLANK ? 200 : 422,
      body: <InvoicePage {...{ invoice, platform, form, refusal }} action={request.url} />,
    });
  };
  app.get(path, (request, reply) => {
    const invoice = find(request);
    return invoice ? show(request, reply, invoice) : sendMissing(reply, 'There is no such invoice.');
  });
  app.post(path, (request, reply) => {
    const invoice = find(request);
    if (!invoice) return sendMissing(reply, 'There is no such invoice.');
    const values = valuesOf(request);
    const { card, problems } = readCard(values, engine.clock.now());
    if (Object.keys(problems).length > 0) return show(request, reply, invoice, shownAgain(values, problems));
    const account = paramOf(request, 'account');
    const tried = attempt(engine, () => engine.billing.collection.payByCustomer(account, invoice.id, card));
    const outcome = tried.done ? tried.result : tried.message;
    const url = outcome instanceof Refusal ? challengeOf(outcome) : undefined;
    if (url) return seeOther(reply, url);
    const refusal =
      outcome instanceof Refusal ? outcome.error.message : typeof outcome === 'string' && outcome;
    if (refusal) return show(request, reply, invoice, shownAgain(values, {}), refusal);
    return seeOther(reply, request.url);
  });
}

/** Where a bank asks for its customer. */
function challengeOf(refusal: Refusal): string | undefined {
  const intent = refusal.error.payment_intent as Stripe.PaymentIntent | undefined;
  return intent?.next_action?.redirect_to_url?.url ?? undefined;
}
