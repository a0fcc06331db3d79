import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { Refusal, type StripeErrorBody } from '../../engine/errors.js';
import { readCard } from '../checkout/card.rules.js';
import { Drafts, refusedForm, shownAgain } from '../checkout/shown-again.js';
import { sendMissing } from '../failure.js';
import { attempt, paramOf, queryOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import type { FormState } from '../ui/forms.js';
import { InvoicePage } from './invoice.pages.js';

const BLANK: FormState = { values: {}, problems: {} };

/** The page behind `hosted_invoice_url`. */
export function serveInvoices(app: FastifyInstance, engine: Engine): void {
  const drafts = new Drafts();
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
      body: <InvoicePage {...{ invoice, platform, form, refusal }} action={pathOf(request)} />,
    });
  };
  app.get(path, (request, reply) => {
    const invoice = find(request);
    if (!invoice) return sendMissing(reply, 'There is no such invoice.');
    // The bank sends its customer back here, and says in the address that it did not know them.
    const refused = queryOf(request, 'redirect_status') === 'failed' && invoice.status === 'open';
    const intent = refused
      ? engine.billing.collection.intentOf(paramOf(request, 'account'), invoice.id)
      : null;
    const message = intent?.last_payment_error?.message;
    return message
      ? show(request, reply, invoice, refusedForm(drafts.of(invoice.id) ?? {}, { message }), message)
      : show(request, reply, invoice);
  });
  app.post(path, (request, reply) => {
    const invoice = find(request);
    if (!invoice) return sendMissing(reply, 'There is no such invoice.');
    const values = valuesOf(request);
    const { card, problems } = readCard(values, engine.clock.now());
    if (Object.keys(problems).length > 0) return show(request, reply, invoice, shownAgain(values, problems));
    const account = paramOf(request, 'account');
    const tried = attempt(engine, () => engine.billing.collection.payByCustomer(account, invoice.id, card));
    const refused: Refused | null = !tried.done
      ? tried
      : tried.result instanceof Refusal
        ? tried.result.error
        : null;
    if (!refused) return seeOther(reply, pathOf(request));
    drafts.keep(invoice.id, shownAgain(values, {}));
    const url = challengeOf(refused);
    if (url) return seeOther(reply, url);
    return show(request, reply, invoice, refusedForm(values, refused), refused.message);
  });
}

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0]!;

type Refused = Pick<StripeErrorBody, 'code' | 'payment_intent'> & { message: string };

/** Where a bank asks for its customer. */
function challengeOf({ payment_intent }: Refused): string | undefined {
  return (payment_intent as Stripe.PaymentIntent | undefined)?.next_action?.redirect_to_url?.url ?? undefined;
}
