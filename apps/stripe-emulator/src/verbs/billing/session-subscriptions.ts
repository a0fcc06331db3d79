import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';
import type { AttemptOptions } from '../payments.js';
import type { ItemGiven } from './subscription-items.js';

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;
type Method = Stripe.PaymentMethod;

/**
 * Checkout Sessions in `subscription` mode. The first attempt to pay begins an incomplete subscription, further ones pay
 * the same invoice; when it is paid the session is complete and names both. A trial asks for the card alone.
 */
export class SessionSubscriptions {
  constructor(private readonly engine: Engine) {
    engine.payments.follow((account, intent) => this.noticed(account, intent));
    engine.setupIntents.follow((account, intent) => this.noticedSetup(account, intent));
  }

  attempt(session: Session, customer: string, method: Method, options: AttemptOptions) {
    const { engine } = this;
    const account = engine.checkout.accountOf(session.id);
    if (session.amount_total === 0) {
      const setup = engine.setupIntents.forSession(session, customer);
      return engine.setupIntents.attempt(account, setup, method, options);
    }
    const known = engine.checkout.plan(session.id).subscription;
    if (!known) this.begin(session, customer, null);
    return engine.payments.attempt(account, this.intentOf(session.id)!, method, options);
  }

  /** The intent of the invoice that the session pays, once there is one. */
  intentOf(sessionId: string): Intent | undefined {
    const { engine } = this;
    const account = engine.checkout.accountOf(sessionId);
    const id = engine.checkout.plan(sessionId).subscription;
    const subscription = id && engine.store.get('subscription', account, id);
    const invoice = subscription && idOf(subscription.latest_invoice);
    return invoice ? engine.billing.collection.intentOf(account, invoice) : undefined;
  }

  /** The session expired: what its buyer began is over. */
  abandon(sessionId: string): void {
    const { engine } = this;
    const id = engine.checkout.plan(sessionId).subscription;
    if (id) engine.billing.subscriptionStates.expire(engine.checkout.accountOf(sessionId), id);
  }

  private begin(session: Session, customer: string, method: string | null): Stripe.Subscription {
    const { engine } = this;
    const { items, subscription_data: data = {} } = engine.checkout.plan(session.id);
    const plain = (item: Stripe.LineItem) => ({ price: item.price!.id, quantity: item.quantity ?? 1 });
    const subscription = engine.billing.subscriptions.create(engine.checkout.accountOf(session.id), {
      ...data,
      customer,
      items: items
        .filter((item) => item.price!.recurring)
        .map((item): ItemGiven => ({
          ...plain(item),
          adHoc: !item.price!.active,
        })) as Stripe.SubscriptionCreateParams.Item[],
      add_invoice_items: items.filter((item) => !item.price!.recurring).map(plain),
      ...(session.discounts?.length && {
        discounts: session.discounts.map(({ coupon }) => ({ coupon: idOf(coupon)! })),
      }),
      ...(method && { default_payment_method: method }),
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
    });
    engine.store.update('checkout_plan', '', session.id, { subscription: subscription.id });
    return subscription;
  }

  private noticed(account: string, intent: Intent): void {
    const { engine } = this;
    if (intent.status !== 'succeeded') return;
    const [payment] = engine.store.by('invoice_payment', account, 'payment_intent', intent.id);
    const invoice = payment && engine.store.get('invoice', account, idOf(payment.invoice)!);
    const subscription = idOf(invoice?.parent?.subscription_details?.subscription);
    const [plan] = subscription ? engine.store.by('checkout_plan', '', 'subscription', subscription) : [];
    if (!plan || engine.checkout.need(plan.id).status !== 'open') return;
    this.complete(plan.id, subscription!, invoice!.id, 'paid', idOf(intent.customer)!);
  }

  private noticedSetup(account: string, intent: Stripe.SetupIntent): void {
    const { engine } = this;
    if (intent.status !== 'succeeded') return;
    const [session] = engine.store.by('checkout_session', account, 'setup_intent', intent.id);
    if (session?.mode !== 'subscription' || session.status !== 'open') return;
    const customer = idOf(intent.customer)!;
    const { id, latest_invoice } = this.begin(session, customer, idOf(intent.payment_method));
    this.complete(session.id, id, idOf(latest_invoice)!, 'no_payment_required', customer);
  }

  private complete(
    id: string,
    subscription: string,
    invoice: string,
    paid: Session['payment_status'],
    customer: string,
  ): void {
    const { engine } = this;
    engine.checkout.change(id, { subscription, invoice });
    engine.checkout.complete(id, paid, customer);
  }
}
