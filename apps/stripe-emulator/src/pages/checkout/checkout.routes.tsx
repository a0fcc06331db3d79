import type { FastifyInstance, FastifyReply } from 'fastify';
import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import type { PaymentOutcome } from '../../verbs/session-payments.js';
import { sendMissing } from '../failure.js';
import { attempt, languagesOf, paramOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import { formatMoney } from '../ui/format.js';
import type { FormState, Values } from '../ui/forms.js';
import { readOrder, type Order } from './checkout.form.js';
import { CheckoutPage } from './checkout.page.js';
import { firstForm } from './first-form.js';
import { ChallengePage, CompletePage, ExpiredPage, UnpayablePage } from './outcome.pages.js';
import { Drafts, refusedForm, shownAgain } from './shown-again.js';

type Session = Stripe.Checkout.Session;

/** The hosted payment page of a Checkout Session, and its 3-D Secure challenge. */
export function serveCheckout(app: FastifyInstance, engine: Engine): void {
  const door = new CheckoutDoor(engine);
  app.get('/c/pay/:session', (request, reply) =>
    door.open(paramOf(request, 'session'), reply, (session) => door.show(reply, session)),
  );
  app.post('/c/pay/:session', (request, reply) =>
    door.open(
      paramOf(request, 'session'),
      reply,
      (session) => door.pay(reply, session, valuesOf(request)),
      'onward',
    ),
  );
  app.get('/c/pay/:session/3ds', (request, reply) =>
    door.open(paramOf(request, 'session'), reply, (session) => door.sendChallenge(reply, session)),
  );
  app.post('/c/pay/:session/3ds', (request, reply) =>
    door.open(
      paramOf(request, 'session'),
      reply,
      (session) => door.authenticate(reply, session, valuesOf(request)['outcome'] === 'complete'),
      'onward',
    ),
  );
}

class CheckoutDoor {
  private readonly drafts = new Drafts();

  constructor(private readonly engine: Engine) {}

  /**
   * Goes on with an open session; any other gets the page that says how it ended.
   * @param complete what a session that is already paid answers: `onward` sends a second click of "Pay" where the first one went
   */
  open(
    id: string,
    reply: FastifyReply,
    next: (session: Session) => FastifyReply,
    complete: 'page' | 'onward' = 'page',
  ): FastifyReply {
    const { engine } = this;
    if (engine.store.locate(id)?.kind !== 'checkout_session')
      return sendMissing(
        reply,
        'There is no such payment page. Check the address, or start again in the shop.',
      );
    const session = engine.checkout.need(id);
    const platform = engine.checkout.nameOf(session);
    if (session.status === 'open') return next(session);
    if (session.status === 'expired') {
      return sendPage(reply, {
        title: 'Expired',
        status: 410,
        body: <ExpiredPage session={session} platform={platform} />,
      });
    }
    const successUrl = successUrlOf(session);
    if (complete === 'onward' && successUrl) return seeOther(reply, successUrl);
    return sendPage(reply, {
      title: session.mode === 'setup' ? 'Saved' : 'Paid',
      body: (
        <CompletePage
          session={session}
          platform={platform}
          successUrl={successUrl}
          message={this.messageOf(session)}
        />
      ),
    });
  }

  /** The form as its buyer left it, with what the last attempt was refused for. */
  show(reply: FastifyReply, session: Session): FastifyReply {
    const first = firstForm(this.engine, session, languagesOf(reply.request));
    const values = { ...first.values, ...this.drafts.of(session.id) };
    const error = this.engine.sessionPayments.lastRefusal(session);
    return error?.message
      ? this.sendForm(
          reply,
          session,
          refusedForm(values, { ...error, message: error.message }),
          error.message,
        )
      : this.sendForm(reply, session, { values, problems: {} });
  }

  private sendForm(
    reply: FastifyReply,
    session: Session,
    form: FormState,
    refusal?: string,
    status = 200,
  ): FastifyReply {
    const items = this.engine.checkout.lineItemsOf(session.id);
    const rates = this.engine.checkout.shippingRatesOf(session);
    const platform = this.engine.checkout.nameOf(session);
    return sendPage(reply, {
      title: session.mode === 'setup' ? `Save payment details for ${platform}` : `Pay ${platform}`,
      status,
      body: (
        <CheckoutPage
          session={session}
          rates={rates}
          items={items}
          platform={platform}
          form={form}
          saved={this.engine.sessionPayments.savedFor(session)}
          refusal={refusal}
        />
      ),
    });
  }

  pay(reply: FastifyReply, session: Session, values: Values): FastifyReply {
    const saved = this.engine.sessionPayments.savedFor(session);
    const { order, problems } = readOrder(session, values, saved, this.engine.clock.now());
    const again = (form: FormState, status: number, refusal?: string) => {
      this.drafts.keep(session.id, form);
      return this.sendForm(reply, session, form, refusal, status);
    };
    if (Object.keys(problems).length > 0) return again(shownAgain(values, problems), 422);
    // Nobody pays a total that they have not seen: another shipping option is shown with its sum first.
    if (Number(values['shown_total']) !== order.total) {
      const changed = `The total is now ${formatMoney(order.total, session.currency!)}. Press Pay again if that is right.`;
      return again(shownAgain(values, { shipping_option: changed }), 409);
    }
    const tried = attempt(this.engine, () => this.carryOut(session, order));
    if (!tried.done) return this.sendUnpayable(reply, session, tried.message);
    const { result } = tried;
    if (result.outcome === 'declined') {
      const { error } = result;
      return again(refusedForm(values, error), 402, error.message);
    }
    this.drafts.keep(session.id, shownAgain(values, {}));
    return this.follow(reply, result);
  }

  sendChallenge(reply: FastifyReply, session: Session): FastifyReply {
    if (!this.engine.sessionPayments.isChallenged(session)) return seeOther(reply, `/c/pay/${session.id}`);
    return sendPage(reply, {
      title: '3-D Secure',
      body: (
        <ChallengePage
          platform={this.engine.checkout.nameOf(session)}
          action={`/c/pay/${session.id}/3ds`}
          back={`/c/pay/${session.id}`}
          amount={
            session.mode === 'setup'
              ? undefined
              : { amount: session.amount_total!, currency: session.currency! }
          }
        />
      ),
    });
  }

  authenticate(reply: FastifyReply, session: Session, passed: boolean): FastifyReply {
    if (!this.engine.sessionPayments.isChallenged(session)) return seeOther(reply, `/c/pay/${session.id}`);
    const tried = attempt(this.engine, () => this.engine.sessionPayments.authenticate(session.id, passed));
    if (!tried.done) return this.sendUnpayable(reply, session, tried.message);
    return this.follow(reply, tried.result);
  }

  private sendUnpayable(reply: FastifyReply, session: Session, reason: string): FastifyReply {
    const platform = this.engine.checkout.nameOf(session);
    const body = <UnpayablePage session={session} platform={platform} reason={reason} />;
    return sendPage(reply, { title: 'Not payable', status: 409, body });
  }

  private carryOut(session: Session, order: Order): PaymentOutcome {
    const { sessionPayments } = this.engine;
    if (order.method === 'saved') return sessionPayments.byMethod(session.id, order.id, order.buyer);
    return order.method === 'card'
      ? sessionPayments.byCard(session.id, order.card, order.buyer)
      : sessionPayments.byDebit(session.id, order.accountNumber, order.buyer);
  }

  private follow(reply: FastifyReply, result: PaymentOutcome): FastifyReply {
    const page = `/c/pay/${result.session.id}`;
    if (result.outcome === 'requires_action') return seeOther(reply, `${page}/3ds`);
    // After a failed challenge the form says why by itself: the intent remembers its last error.
    if (result.outcome === 'declined') return seeOther(reply, page);
    this.drafts.forget(result.session.id);
    return seeOther(reply, successUrlOf(result.session) ?? page);
  }

  /** What the payment link behind a session says after the payment. */
  private messageOf(session: Session): string | null {
    const link = idOf(session.payment_link);
    return link
      ? (this.engine.paymentLinks.need(link).after_completion.hosted_confirmation?.custom_message ?? null)
      : null;
  }
}

function successUrlOf(session: Session): string | null {
  const url = session.success_url ?? session.return_url;
  return url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id) ?? null;
}
