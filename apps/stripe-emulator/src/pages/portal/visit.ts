import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { idOf } from '../../engine/kinds.js';

type Session = Stripe.BillingPortal.Session;
type Subscription = Stripe.Subscription;

/** Seconds that a way in stays open. */
const LIFE = 3600;

/** A customer on their own pages: what is theirs, and what they may do with it. */
export class Visit {
  private constructor(
    readonly engine: Engine,
    readonly account: string,
    readonly session: Session,
  ) {}

  static of(engine: Engine, id: string): Visit | null {
    const place = engine.store.locate(id);
    if (place?.kind !== 'portal_session') return null;
    const session = engine.store.get('portal_session', place.account, id)!;
    if (session.created + LIFE < engine.clock.seconds()) return null;
    const there = engine.store.get('customer', place.account, session.customer);
    return there ? new Visit(engine, place.account, session) : null;
  }

  get configuration(): Stripe.BillingPortal.Configuration {
    return this.engine.billing.portals.need(this.account, idOf(this.session.configuration)!);
  }

  get features(): Stripe.BillingPortal.Configuration.Features {
    return this.configuration.features;
  }

  get base(): string {
    return `/p/session/${this.session.id}`;
  }

  get platform(): string {
    return this.engine.accounts.need(this.account).display_name ?? 'the shop';
  }

  get subscriptions(): Subscription[] {
    return this.engine.store
      .by('subscription', this.account, 'customer', this.session.customer)
      .filter(({ status }) => !['canceled', 'incomplete', 'incomplete_expired'].includes(status));
  }

  /** One of this customer's own subscriptions; nobody else's is found. */
  subscription(id: string): Subscription | undefined {
    return this.subscriptions.find((one) => one.id === id);
  }

  get method(): Stripe.PaymentMethod | undefined {
    const customer = this.engine.store.need('customer', this.account, this.session.customer);
    const own = this.subscriptions.find((one) => one.default_payment_method);
    const id = idOf(own?.default_payment_method) ?? idOf(customer.invoice_settings.default_payment_method);
    return id ? this.engine.store.get('payment_method', this.account, id) : undefined;
  }

  /** The names of what a subscription consists of. */
  nameOf(subscription: Subscription): string {
    const { subscriptionItems } = this.engine.billing;
    return subscription.items.data
      .map((item) => subscriptionItems.productName(this.account, item))
      .join(', ');
  }

  /** Minor units per period. */
  amountOf(subscription: Subscription): number {
    const { subscriptionItems } = this.engine.billing;
    return subscription.items.data.reduce(
      (sum, item) => sum + subscriptionItems.amount(this.account, item),
      0,
    );
  }

  /** Unix seconds, by the clock that the subscription goes by. */
  now(subscription: Subscription): number {
    return this.engine.billing.testClocks.now(this.account, subscription);
  }
}
