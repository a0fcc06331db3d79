import type Stripe from 'stripe';
import { isDebit } from '../engine/debit-accounts.js';
import type { Engine } from '../engine/engine.js';
import { invalid, type StripeErrorBody } from '../engine/errors.js';
import type { Buyer, CardInput } from '../engine/buyer.js';
import { idOf } from '../engine/kinds.js';
import { billingOf } from './billing-details.js';
import { capturesLater } from './payment-intent-changes.js';
import { newIntent, shippingOf } from './payment-objects.js';

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;
type Method = Stripe.PaymentMethod;

/** How an attempt to pay a session ended, for the page or the call that made it. */
export type PaymentOutcome =
  | { outcome: 'succeeded'; session: Session }
  /** A delayed debit is on its way: the session is complete and unpaid. */
  | { outcome: 'processing'; session: Session }
  | { outcome: 'requires_action'; session: Session; intent: Intent | Stripe.SetupIntent }
  | { outcome: 'declined'; session: Session; error: StripeErrorBody };

/** Paying a Checkout Session. Its intent's outcomes complete it. */
export class SessionPayments {
  constructor(private readonly engine: Engine) {
    engine.payments.follow((account, intent) => this.noticed(account, intent));
    engine.setupIntents.follow((account, intent) => this.noticedSetup(account, intent));
  }

  /** @throws Refusal when the session can't be paid or the number is no test card; neither counts as an attempt. */
  byCard(sessionId: string, card: CardInput, buyer: Buyer = {}): PaymentOutcome {
    const { engine } = this;
    const session = engine.checkout.take(sessionId, buyer);
    const account = engine.checkout.accountOf(sessionId);
    return this.carryOut(session, engine.paymentMethods.newCard(account, card, billingOf(buyer)), buyer);
  }

  /** The account number decides how it ends. */
  byDebit(sessionId: string, accountNumber = '000123456789', buyer: Buyer = {}): PaymentOutcome {
    const { engine } = this;
    const session = engine.checkout.take(sessionId, buyer);
    const type = session.payment_method_types.find(isDebit);
    if (!type) throw invalid(`No bank debit is offered for ${session.currency}.`);
    const billing = billingOf(buyer);
    const account = engine.checkout.accountOf(sessionId);
    return this.carryOut(
      session,
      engine.paymentMethods.newDebit(account, type, accountNumber, billing),
      buyer,
    );
  }

  /** With a method that was made before, or saved by a returning customer. */
  byMethod(sessionId: string, reference: string, buyer: Buyer = {}): PaymentOutcome {
    const { engine } = this;
    const session = engine.checkout.take(sessionId, buyer);
    const method = engine.paymentMethods.need(engine.checkout.accountOf(sessionId), reference);
    const owner = idOf(method.customer);
    if (owner && owner !== idOf(session.customer))
      throw invalid('This payment method belongs to another customer.', { param: 'payment_method' });
    return this.carryOut(session, method, buyer);
  }

  /** The cards that a returning customer is shown, newest first. */
  savedFor(session: Session): Method[] {
    const customer = idOf(session.customer);
    if (!customer || session.mode === 'setup') return [];
    const shown = session.saved_payment_method_options?.allow_redisplay_filters ?? ['always'];
    return this.engine.store
      .by('payment_method', this.engine.checkout.accountOf(session.id), 'customer', customer)
      .filter((method) => method.card && shown.includes(method.allow_redisplay ?? 'unspecified'))
      .reverse();
  }

  /** The buyer's answer to the 3-D Secure challenge. */
  authenticate(sessionId: string, passed: boolean): PaymentOutcome {
    const { engine } = this;
    const session = engine.checkout.need(sessionId);
    if (!this.isChallenged(session)) throw invalid('No payment of this session waits for authentication.');
    const account = engine.checkout.accountOf(sessionId);
    const setup = idOf(session.setup_intent);
    if (setup) return this.outcome(sessionId, engine.setupIntents.authenticate(account, setup, passed));
    const intent = this.intentOf(session) as Intent;
    return this.outcome(sessionId, engine.cardPayments.authenticate(account, intent, passed));
  }

  isChallenged(session: Session): boolean {
    return session.status === 'open' && this.intentOf(session)?.status === 'requires_action';
  }

  /** Why the last attempt failed. */
  lastRefusal(session: Session): Intent['last_payment_error'] {
    const intent = this.intentOf(session);
    if (!intent) return null;
    return intent.object === 'setup_intent' ? intent.last_setup_error : intent.last_payment_error;
  }

  private intentOf(session: Session): Intent | Stripe.SetupIntent | undefined {
    const { checkout, store } = this.engine;
    const account = checkout.accountOf(session.id);
    const setup = idOf(session.setup_intent);
    if (setup) return store.get('setup_intent', account, setup);
    if (session.mode === 'subscription') return this.engine.billing.sessionSubscriptions.intentOf(session.id);
    const payment = idOf(session.payment_intent);
    return payment ? store.get('payment_intent', account, payment) : undefined;
  }

  private carryOut(session: Session, method: Method, buyer: Buyer): PaymentOutcome {
    const { engine } = this;
    const account = engine.checkout.accountOf(session.id);
    const challengeUrl = `${engine.baseUrl}/c/pay/${session.id}/3ds`;
    const options = { challengeUrl, returnUrl: session.success_url ?? session.return_url ?? challengeUrl };
    if (session.mode === 'setup') {
      const setup = engine.setupIntents.forSession(session, this.customerFor(session, buyer));
      return this.outcome(session.id, engine.setupIntents.attempt(account, setup, method, options));
    }
    if (session.mode === 'subscription') {
      const customer = this.customerFor(session, buyer)!;
      const { sessionSubscriptions } = engine.billing;
      return this.outcome(session.id, sessionSubscriptions.attempt(session, customer, method, options));
    }
    const intent = this.intentFor(session, buyer);
    const mandate = method.card ? null : engine.mandates.create(account, method).id;
    const attempt = engine.payments.attempt(account, intent, method, { ...options, mandate });
    if (intent.setup_future_usage && !attempt.error)
      engine.paymentMethods.allowRedisplay(account, method.id, buyer.save ? 'always' : 'limited');
    return this.outcome(session.id, attempt);
  }

  private outcome(
    sessionId: string,
    { intent, error }: { intent: Intent | Stripe.SetupIntent; error: StripeErrorBody | null },
  ): PaymentOutcome {
    const session = this.engine.checkout.need(sessionId);
    if (error) return { outcome: 'declined', session, error };
    if (intent.status === 'requires_action') return { outcome: 'requires_action', session, intent };
    return { outcome: intent.status === 'processing' ? 'processing' : 'succeeded', session };
  }

  /** The session's intent; it is made by the first attempt. */
  private intentFor(session: Session, buyer: Buyer): Intent {
    const { engine } = this;
    const account = engine.checkout.accountOf(session.id);
    const { payment } = engine.checkout.plan(session.id);
    const shipping = session.collected_information?.shipping_details ?? payment.shipping ?? null;
    const amounts = { amount: session.amount_total!, shipping: shippingOf(shipping) };
    const existing = idOf(session.payment_intent);
    if (existing) return engine.store.update('payment_intent', account, existing, amounts);
    const keep = buyer.save ? 'on_session' : undefined;
    const intent = engine.store.insert('payment_intent', account, {
      ...newIntent({
        id: engine.ids.next('pi'),
        application: engine.fees.applicationFor(account),
        secret: engine.ids.next('x').slice(2),
        created: engine.clock.seconds(),
        livemode: engine.livemode,
        amount: session.amount_total!,
        currency: session.currency!,
        customer: this.customerFor(session, buyer),
        types: session.payment_method_types,
        data: { ...(keep && { setup_future_usage: keep }), ...payment },
      }),
      ...amounts,
    });
    engine.checkout.change(session.id, { payment_intent: intent.id });
    engine.events.emit(account, 'payment_intent.created', intent);
    return intent;
  }

  /** The session's customer, or one made of what the buyer typed where the session asks for one. */
  private customerFor(session: Session, buyer: Buyer): string | null {
    const { engine } = this;
    const known = idOf(session.customer);
    if (known) return known;
    const { payment } = engine.checkout.plan(session.id);
    const keeps = session.mode !== 'payment' || payment.setup_future_usage || buyer.save;
    if (session.customer_creation !== 'always' && !keeps) return null;
    const { email, name, phone } = { ...session.customer_details, ...buyer };
    const customer = engine.customers.create(engine.checkout.accountOf(session.id), {
      ...(email && { email }),
      ...(name && { name }),
      ...(phone && { phone }),
    });
    // The next attempt is the same buyer's.
    if (session.mode === 'subscription') engine.checkout.change(session.id, { customer: customer.id });
    return customer.id;
  }

  private noticedSetup(account: string, intent: Stripe.SetupIntent): void {
    const { engine } = this;
    if (intent.status !== 'succeeded') return;
    const [session] = engine.store.by('checkout_session', account, 'setup_intent', intent.id);
    if (session?.status === 'open' && session.mode === 'setup')
      engine.checkout.complete(session.id, 'no_payment_required', idOf(intent.customer));
  }

  private noticed(account: string, intent: Intent): void {
    const { engine } = this;
    const [session] = engine.store.by('checkout_session', account, 'payment_intent', intent.id);
    if (!session) return;
    const { status } = intent;
    const customer = idOf(intent.customer);
    if (session.status === 'open') {
      if (status === 'succeeded') engine.checkout.complete(session.id, 'paid', customer);
      if (status === 'processing' || status === 'requires_capture')
        engine.checkout.complete(session.id, 'unpaid', customer);
      return;
    }
    if (session.status !== 'complete' || session.payment_status !== 'unpaid') return;
    if (status === 'succeeded' && capturesLater(intent))
      engine.checkout.change(session.id, { payment_status: 'paid' });
    else if (status === 'succeeded') engine.checkout.settleDelayed(session.id, true);
    else if (status === 'requires_payment_method') engine.checkout.settleDelayed(session.id, false);
  }
}
