import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import { readCard } from '../checkout/card.rules.js';
import { refusedForm, shownAgain } from '../checkout/shown-again.js';
import { attempt, paramOf, queryOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import type { FormState } from '../ui/forms.js';
import { Narrow } from '../ui/hosted.js';
import { CardPage, PortalPage } from './portal.pages.js';

type Session = Stripe.BillingPortal.Session;

/** Seconds that a way in stays open. */
const LIFE = 3600;

/** The customer's own page: subscriptions, card, invoices. */
export function servePortal(app: FastifyInstance, engine: Engine): void {
  const inside =
    (handler: (visit: Visit, request: FastifyRequest, reply: FastifyReply) => FastifyReply) =>
    (request: FastifyRequest, reply: FastifyReply) => {
      const visit = Visit.of(engine, paramOf(request, 'session'));
      return visit ? handler(visit, request, reply) : sendOver(reply);
    };
  const path = '/p/session/:session';
  app.get(
    path,
    inside((visit, request, reply) => visit.show(reply, queryOf(request, 'done'))),
  );
  app.get(
    `${path}/card`,
    inside((visit, _request, reply) => visit.showCard(reply)),
  );
  app.get(
    `${path}/card/added`,
    inside((visit, request, reply) => visit.added(reply, queryOf(request, 'setup_intent'))),
  );
  app.post(
    `${path}/card`,
    inside((visit, request, reply) => visit.addCard(reply, valuesOf(request))),
  );
  for (const deed of ['cancel', 'keep'] as const) {
    app.post(
      `${path}/${deed}`,
      inside((visit, request, reply) => visit.change(reply, deed, valuesOf(request)['subscription'] ?? '')),
    );
  }
}

function sendOver(reply: FastifyReply): FastifyReply {
  const heading = 'This link has expired';
  const lead = 'Links to this page are good for an hour. Open it again from the shop.';
  return sendPage(reply, { title: heading, status: 410, body: <Narrow heading={heading} lead={lead} /> });
}

class Visit {
  private constructor(
    private readonly engine: Engine,
    private readonly account: string,
    private readonly session: Session,
  ) {}

  static of(engine: Engine, id: string): Visit | null {
    const place = engine.store.locate(id);
    if (place?.kind !== 'portal_session') return null;
    const session = engine.store.get('portal_session', place.account, id)!;
    if (session.created + LIFE < engine.clock.seconds()) return null;
    const there = engine.store.get('customer', place.account, session.customer);
    return there ? new Visit(engine, place.account, session) : null;
  }

  show(reply: FastifyReply, done: string | undefined): FastifyReply {
    const { engine, account, session } = this;
    const { features, business_profile: profile } = this.configuration;
    const invoices = engine.store
      .by('invoice', account, 'customer', session.customer)
      .filter((invoice) => invoice.status !== 'draft' && invoice.status !== 'void')
      .reverse();
    return sendPage(reply, {
      title: 'Your account',
      body: (
        <PortalPage
          platform={this.platform}
          base={this.base}
          session={session}
          features={features}
          headline={profile.headline}
          subscriptions={this.subscriptions.map((subscription) => this.shown(subscription))}
          method={this.method}
          invoices={invoices}
          done={done}
        />
      ),
    });
  }

  showCard(
    reply: FastifyReply,
    form: FormState = { values: {}, problems: {} },
    refusal?: string,
  ): FastifyReply {
    if (!this.configuration.features.payment_method_update.enabled) return seeOther(reply, this.base);
    const status = refusal ? 402 : Object.keys(form.problems).length > 0 ? 422 : 200;
    const body = <CardPage platform={this.platform} base={this.base} form={form} refusal={refusal} />;
    return sendPage(reply, { title: 'Card', status, body });
  }

  /** The card is set up for payments that its owner is not there for; a bank may want to hear from them first. */
  addCard(reply: FastifyReply, values: Record<string, string>): FastifyReply {
    const { engine, account, session } = this;
    if (!this.configuration.features.payment_method_update.enabled) return seeOther(reply, this.base);
    const { card, problems } = readCard(values, engine.clock.now());
    if (Object.keys(problems).length > 0) return this.showCard(reply, shownAgain(values, problems));
    const tried = attempt(engine, () =>
      engine.setupIntents.create(account, {
        customer: session.customer,
        payment_method: engine.paymentMethods.newCard(account, card).id,
        usage: 'off_session',
        confirm: true,
        return_url: `${engine.baseUrl}${this.base}/card/added`,
      }),
    );
    if (!tried.done) return this.showCard(reply, refusedForm(values, tried), tried.message);
    const { intent, error } = tried.result;
    if (error) return this.showCard(reply, refusedForm(values, error), error.message);
    const url = intent.next_action?.redirect_to_url?.url;
    return url ? seeOther(reply, url) : this.added(reply, intent.id);
  }

  added(reply: FastifyReply, setup: string | undefined): FastifyReply {
    const { engine, account, session } = this;
    const intent = setup ? engine.store.get('setup_intent', account, setup) : undefined;
    if (!intent || idOf(intent.customer) !== session.customer) return seeOther(reply, this.base);
    if (intent.status !== 'succeeded')
      return this.showCard(
        reply,
        undefined,
        intent.last_setup_error?.message ?? 'The card was not confirmed.',
      );
    const method = idOf(intent.payment_method)!;
    engine.transact(() => {
      engine.customers.update(account, session.customer, {
        invoice_settings: { default_payment_method: method },
      });
      for (const { id, default_payment_method: own } of this.subscriptions)
        if (own) engine.billing.subscriptionChanges.update(account, id, { default_payment_method: method });
    });
    return seeOther(reply, `${this.base}?done=card`);
  }

  change(reply: FastifyReply, deed: 'cancel' | 'keep', id: string): FastifyReply {
    const { engine, account } = this;
    const { enabled, mode } = this.configuration.features.subscription_cancel;
    const own = this.subscriptions.some((subscription) => subscription.id === id);
    if (!enabled || !own) return seeOther(reply, this.base);
    const tried = attempt(engine, () =>
      deed === 'cancel' && mode === 'immediately'
        ? engine.billing.subscriptionStates.cancel(account, id, {})
        : engine.billing.subscriptionChanges.update(account, id, {
            cancel_at_period_end: deed === 'cancel',
          }),
    );
    const done = deed === 'cancel' ? 'canceled' : 'kept';
    return seeOther(reply, tried.done ? `${this.base}?done=${done}` : this.base);
  }

  private shown(subscription: Stripe.Subscription) {
    const { subscriptionItems } = this.engine.billing;
    const items = subscription.items.data;
    return {
      subscription,
      name: items.map((item) => subscriptionItems.productName(this.account, item)).join(', '),
      amount: items.reduce((sum, item) => sum + subscriptionItems.amount(this.account, item), 0),
    };
  }

  private get subscriptions(): Stripe.Subscription[] {
    return this.engine.store
      .by('subscription', this.account, 'customer', this.session.customer)
      .filter(({ status }) => !['canceled', 'incomplete', 'incomplete_expired'].includes(status));
  }

  private get method(): Stripe.PaymentMethod | undefined {
    const customer = this.engine.store.need('customer', this.account, this.session.customer);
    const own = this.subscriptions.find((one) => one.default_payment_method);
    const id = idOf(own?.default_payment_method) ?? idOf(customer.invoice_settings.default_payment_method);
    return id ? this.engine.store.get('payment_method', this.account, id) : undefined;
  }

  private get configuration(): Stripe.BillingPortal.Configuration {
    return this.engine.billing.portals.need(this.account, idOf(this.session.configuration)!);
  }

  private get base(): string {
    return `/p/session/${this.session.id}`;
  }

  private get platform(): string {
    return this.engine.accounts.need(this.account).display_name ?? 'the shop';
  }
}
