import type Stripe from 'stripe';
import { HOUR, SECOND } from '../engine/clock.js';
import type { Engine } from '../engine/engine.js';
import { invalid, missing } from '../engine/errors.js';
import type { Buyer } from '../engine/buyer.js';
import { idOf } from '../engine/kinds.js';
import type { CheckoutPlan } from '../engine/records.js';
import { checkAmounts, checkTogether } from './session-checks.js';
import { mergeMetadata } from './metadata.js';
import { discountOf, shareDiscount } from './discounts.js';
import { currencyOf, lineItems, shippingOptions } from './session-lines.js';
import { newSession, NO_DETAILS, shippingCost, type SessionParams as Params } from './session-object.js';

type Session = Stripe.Checkout.Session;

const MIN_LIFE = 0.5 * HOUR;
const MAX_LIFE = 24 * HOUR;

/** Checkout Sessions: made, looked at, expired, completed. Paying is in `payments`. */
export class Checkout {
  private readonly followers: ((session: Session) => void)[] = [];

  constructor(private readonly engine: Engine) {
    engine.timers.on('session.expire', (id) => this.expireDue(id!));
  }

  /** Whoever wants to hear of completed sessions. */
  follow(follower: (session: Session) => void): void {
    this.followers.push(follower);
  }

  /**
   * @param account who is paid: the platform, or by a direct charge an account of its own
   * @param link the payment link that was opened, if one was
   */
  create(account: string, params: Params, link: string | null = null): Session {
    const { engine } = this;
    engine.accounts.checkCharges(account);
    checkTogether(params, link !== null);
    const order = this.order(account, params);
    this.checkDestination(params);
    const customer = params.customer && engine.store.get('customer', account, params.customer);
    if (params.customer && !customer) throw missing('customer', params.customer, 'customer');
    const id = engine.ids.next(engine.livemode ? 'cs_live' : 'cs_test');
    const session = newSession(params, {
      id,
      created: engine.clock.seconds(),
      expires_at: this.expiry(params.expires_at),
      livemode: engine.livemode,
      url: `${engine.baseUrl}/c/pay/${id}`,
      link,
      secret: engine.ids.next('x').slice(2),
      email: params.customer_email ?? (customer ? customer.email : null) ?? null,
      ...order,
    });
    engine.store.insert('checkout_session', account, session);
    engine.store.insert('checkout_plan', '', {
      id,
      items: order.items,
      payment: params.payment_intent_data ?? {},
      ...(params.setup_intent_data && { setup: params.setup_intent_data }),
      ...(params.subscription_data && { subscription_data: params.subscription_data }),
    });
    engine.timers.set(session.expires_at * SECOND, 'session.expire', [id], `expire:${id}`);
    return session;
  }

  /** What is bought, for how much; nothing in `setup` mode. */
  private order(account: string, params: Params) {
    const { engine } = this;
    if (params.mode === 'setup')
      return { items: [], currency: params.currency ?? null, totals: null, shippingOptions: [] };
    const currency = currencyOf(engine, account, params);
    const items = lineItems(engine, account, params, currency);
    const subtotal = items.reduce((sum, item) => sum + item.amount_subtotal, 0);
    const discount = discountOf(engine, account, params, subtotal, currency);
    shareDiscount(items, discount);
    const options = shippingOptions(engine, account, params, currency);
    const shipping = options[0]?.shipping_amount ?? 0;
    checkAmounts(params, account === engine.platform, subtotal - discount + shipping, currency);
    return { items, currency, totals: { subtotal, discount, shipping }, shippingOptions: options };
  }

  update(id: string, params: Stripe.Checkout.SessionUpdateParams): Session {
    const session = this.need(id);
    const metadata = mergeMetadata(session.metadata ?? {}, params.metadata);
    return this.change(id, { metadata });
  }

  expire(id: string): Session {
    const session = this.need(id);
    if (session.status !== 'open') {
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
      );
    }
    return this.end(session);
  }

  lineItemsOf(id: string): Stripe.LineItem[] {
    return this.plan(id).items;
  }

  shippingRatesOf(session: Session): Stripe.ShippingRate[] {
    const { store } = this.engine;
    const account = this.accountOf(session.id);
    return session.shipping_options.map((option) =>
      store.need('shipping_rate', account, idOf(option.shipping_rate)!),
    );
  }

  /** Whose buyer pays by a session. */
  accountOf(id: string): string {
    const place = this.engine.store.locate(id);
    if (place?.kind !== 'checkout_session') throw missing('checkout.session', id, 'session');
    return place.account;
  }

  need(id: string): Session {
    return this.engine.store.need('checkout_session', this.accountOf(id), id, 'session');
  }

  change(id: string, patch: Partial<Session>): Session {
    return this.engine.store.update('checkout_session', this.accountOf(id), id, patch);
  }

  /** The name that its buyer sees: of the business that is paid. */
  nameOf(session: Session): string {
    const { payment, setup, subscription_data } = this.plan(session.id);
    const merchant = payment.on_behalf_of ?? setup?.on_behalf_of ?? subscription_data?.on_behalf_of;
    return this.engine.accounts.need(merchant ?? this.accountOf(session.id)).display_name ?? 'the shop';
  }

  plan(id: string): CheckoutPlan {
    return this.engine.store.need('checkout_plan', '', id);
  }

  /** Takes over what the buyer chose and typed before an attempt to pay. */
  take(id: string, buyer: Buyer): Session {
    const session = this.need(id);
    if (session.status !== 'open')
      throw invalid(`This Checkout Session is ${session.status} and can't be paid.`);
    const option = session.shipping_options[buyer.shipping_option ?? 0];
    const shipping = option?.shipping_amount ?? 0;
    const details = { ...NO_DETAILS, ...session.customer_details };
    return this.change(id, {
      ...(session.total_details && {
        amount_total: session.amount_subtotal! - session.total_details.amount_discount + shipping,
        shipping_cost: option ? shippingCost(option) : null,
        total_details: { ...session.total_details, amount_shipping: shipping },
      }),
      collected_information: collected(buyer),
      customer_details: {
        ...details,
        address: address({ country: buyer.country, postal_code: buyer.postal_code }),
        email: buyer.email ?? details.email ?? session.customer_email,
        name: buyer.name ?? details.name,
        phone: buyer.phone ?? details.phone,
      },
    });
  }

  /** @param customer who paid, as far as that is known */
  complete(id: string, payment_status: Session['payment_status'], customer: string | null): Session {
    const { engine } = this;
    engine.timers.cancel(`expire:${id}`);
    const session = this.change(id, {
      status: 'complete',
      payment_status,
      url: null,
      ...(customer && { customer }),
    });
    engine.events.emit(this.accountOf(id), 'checkout.session.completed', session);
    for (const follower of this.followers) follower(session);
    return session;
  }

  /** A delayed debit came through, or did not. */
  settleDelayed(id: string, succeeded: boolean): void {
    const { engine } = this;
    const session = this.change(id, { payment_status: succeeded ? 'paid' : 'unpaid' });
    const outcome = succeeded ? 'async_payment_succeeded' : 'async_payment_failed';
    engine.events.emit(this.accountOf(id), `checkout.session.${outcome}`, session);
  }

  private expireDue(id: string): void {
    const session = this.need(id);
    if (session.status === 'open') this.end(session);
  }

  private end(session: Session): Session {
    const { engine } = this;
    const account = this.accountOf(session.id);
    engine.timers.cancel(`expire:${session.id}`);
    const expired = this.change(session.id, { status: 'expired', url: null });
    engine.billing.sessionSubscriptions.abandon(session.id);
    if (typeof session.payment_intent === 'string')
      engine.payments.cancelIntent(session.payment_intent, 'automatic', account);
    const setup = idOf(session.setup_intent);
    if (setup) engine.setupIntents.cancel(account, setup, 'abandoned');
    engine.events.emit(account, 'checkout.session.expired', expired);
    return expired;
  }

  private expiry(expiresAt: number | undefined): number {
    const now = this.engine.clock.now();
    if (expiresAt === undefined) return Math.floor((now + MAX_LIFE) / SECOND);
    const life = expiresAt * SECOND - now;
    // A request takes time, so Stripe's 30 minutes are not measured to the second.
    if (life < MIN_LIFE - 60 * SECOND || life > MAX_LIFE + 60 * SECOND) {
      throw invalid(
        'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
        { param: 'expires_at' },
      );
    }
    return expiresAt;
  }

  private checkDestination(params: Params): void {
    for (const name of ['payment_intent_data', 'subscription_data'] as const) {
      const { transfer_data, on_behalf_of = null } = params[name] ?? {};
      if (on_behalf_of) this.engine.accounts.checkOnBehalfOf(on_behalf_of);
      const param = `${name}[transfer_data][destination]`;
      if (transfer_data)
        this.engine.transfers.checkDestination(transfer_data.destination, param, on_behalf_of);
    }
  }
}

function collected(buyer: Buyer): Stripe.Checkout.Session.CollectedInformation {
  const { shipping } = buyer;
  return {
    business_name: null,
    individual_name: null,
    shipping_details: shipping ? { name: shipping.name, address: address(shipping.address) } : null,
  };
}

export function address(given: { [K in keyof Stripe.Address]?: string | null | undefined }): Stripe.Address {
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = given;
  return { city, country, line1, line2, postal_code, state };
}
