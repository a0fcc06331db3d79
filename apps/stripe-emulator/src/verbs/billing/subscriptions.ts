import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { exclusive, invalid, lacking, missing, Refusal } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { mergeMetadata } from '../metadata.js';
import { DAY, HOUR, nextAfter } from './periods.js';
import { rhythmOf, type ItemGiven } from './subscription-items.js';
import { newSubscription } from './subscription-object.js';

type Subscription = Stripe.Subscription;
type Params = Stripe.SubscriptionCreateParams;

/** A first payment that does not come ends the subscription after so long. */
const INCOMPLETE_LIFE = 23 * HOUR;
/** An announcement comes so long before a trial ends, or a period. */
const TRIAL_NOTICE = 3 * DAY;
const RENEWAL_NOTICE = 7 * DAY;

/** How subscriptions begin, and what is planned for each. */
export class Subscriptions {
  constructor(private readonly engine: Engine) {}

  need(account: string, id: string, param = 'id'): Subscription {
    const found = this.engine.store.get('subscription', account, id);
    if (!found) throw missing('subscription', id, param);
    return found;
  }

  create(account: string, params: Params): Subscription {
    const { engine } = this;
    const draft = this.begin(account, params);
    const behavior = params.payment_behavior ?? 'allow_incomplete';
    const automatic = draft.collection_method === 'charge_automatically';
    const invoice = engine.billing.bills.first(account, draft, params);
    engine.events.emit(account, 'customer.subscription.created', this.need(account, draft.id));
    if (!automatic) {
      this.planNext(account, draft.id);
      return this.need(account, draft.id);
    }
    engine.billing.invoiceStates.finalize(account, invoice.id);
    if (behavior !== 'default_incomplete') this.collect(account, invoice.id, params, behavior);
    else this.askForMethod(account, draft.id);
    if (this.need(account, draft.id).status === 'incomplete') {
      const due = draft.created + INCOMPLETE_LIFE;
      engine.billing.testClocks.schedule(account, draft, due, 'subscription.expire', draft.id);
    }
    this.planNext(account, draft.id);
    return this.need(account, draft.id);
  }

  /** Begun by a plan and not by a buyer: it is active at once, and its first invoice takes its usual hour. */
  beginQuietly(account: string, params: Params): Subscription {
    const { engine } = this;
    const draft = this.begin(account, params);
    if (draft.status === 'incomplete')
      engine.store.update('subscription', account, draft.id, { status: 'active' });
    engine.billing.bills.first(account, this.need(account, draft.id), params);
    engine.events.emit(account, 'customer.subscription.created', this.need(account, draft.id));
    this.planNext(account, draft.id);
    return this.need(account, draft.id);
  }

  /** Everything before the first invoice. */
  begin(account: string, params: Params): Subscription {
    const { engine } = this;
    const { testClocks, subscriptionItems } = engine.billing;
    if (!params.customer) throw lacking('customer');
    const customer = engine.store.need('customer', account, params.customer, 'customer');
    this.check(account, params);
    const now = testClocks.now(account, customer);
    const id = engine.ids.next('sub');
    const given = params.items as ItemGiven[];
    const target = { id, customer: customer.id };
    const frame = { now, period: { start: now, end: now } };
    const items = given.map((one, index) =>
      subscriptionItems.make(account, target, one, frame, `items[${index}]`),
    );
    const every = rhythmOf(items);
    const trialEnd = trialEndOf(params, items[0]!.price, now);
    const anchor = trialEnd ?? params.billing_cycle_anchor ?? now;
    const end = trialEnd ?? (anchor > now ? anchor : nextAfter(anchor, every, now));
    const sent = params.collection_method === 'send_invoice';
    const subscription = newSubscription(
      {
        id,
        now,
        currency: items[0]!.price.currency,
        livemode: engine.livemode,
        customer,
        anchor,
        trialEnd,
        status: trialEnd !== null ? 'trialing' : sent ? 'active' : 'incomplete',
        rates: engine.billing.taxRates.needAll(account, params.default_tax_rates, 'default_tax_rates'),
      },
      params,
    );
    engine.store.insert('subscription', account, {
      ...subscription,
      discounts: engine.billing.discounts
        .redeemAll(account, params.discounts, { customer: customer.id, subscription: id }, now)
        .map((one) => one.id),
      items: {
        ...subscription.items,
        data: items.map((item) => ({ ...item, current_period_start: now, current_period_end: end })),
      },
      metadata: mergeMetadata({}, params.metadata),
    });
    for (const one of this.need(account, id).discounts)
      engine.events.emit(
        account,
        'customer.discount.created',
        engine.store.need('discount', account, idOf(one)!),
      );
    return this.need(account, id);
  }

  /** Sets what is due to a subscription next: its renewal or end, and the announcements of it. */
  planNext(account: string, id: string): void {
    const { testClocks } = this.engine.billing;
    const subscription = this.need(account, id);
    const verbs = ['subscription.renew', 'subscription.trial_notice', 'subscription.upcoming'];
    for (const verb of verbs) testClocks.unschedule(verb, id);
    if (['canceled', 'incomplete_expired', 'paused'].includes(subscription.status)) return;
    const now = testClocks.now(account, subscription);
    const { start, end } = periodOf(subscription);
    const until = Math.min(end, subscription.cancel_at ?? Infinity);
    testClocks.schedule(account, subscription, until, 'subscription.renew', id);
    if (subscription.status === 'trialing') {
      const at = Math.max(subscription.trial_end! - TRIAL_NOTICE, now);
      testClocks.schedule(account, subscription, at, 'subscription.trial_notice', id);
    }
    const ends = subscription.cancel_at_period_end || until < end;
    if (!ends && end - RENEWAL_NOTICE > Math.max(now, start))
      testClocks.schedule(account, subscription, end - RENEWAL_NOTICE, 'subscription.upcoming', id);
  }

  /** Changes it and tells of it, with what was before. */
  change(account: string, id: string, patch: Partial<Subscription>): Subscription {
    const { engine } = this;
    const before = this.need(account, id);
    const after = engine.store.update('subscription', account, id, patch);
    const changed = (Object.keys(patch) as (keyof Subscription)[]).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    const previous = Object.fromEntries(changed.map((name) => [name, before[name] ?? null]));
    engine.events.emit(account, 'customer.subscription.updated', after, previous);
    return after;
  }

  private check(account: string, params: Params): void {
    const { engine } = this;
    const { application_fee_percent: percent, transfer_data } = params;
    if (!params.items?.length) throw lacking('items');
    if (params.collection_method === 'send_invoice' && params.days_until_due === undefined) {
      throw lacking('days_until_due');
    }
    if (transfer_data)
      engine.transfers.checkDestination(
        transfer_data.destination,
        'transfer_data[destination]',
        params.on_behalf_of,
      );
    if (percent && !transfer_data && account === engine.platform) {
      throw invalid(
        'Can only apply an application_fee_percent when the request is made on behalf of another account (using an OAuth key, the Stripe-Account header, or the destination account in transfer_data).',
        { param: 'application_fee_percent' },
      );
    }
    if (percent && (percent < 0 || percent > 100 || Math.round(percent * 100) !== percent * 100))
      throw invalid('application_fee_percent must be between 0 and 100, with at most two decimals.', {
        param: 'application_fee_percent',
      });
    if (params.default_payment_method)
      engine.paymentMethods.need(account, params.default_payment_method, 'default_payment_method');
  }

  private collect(account: string, invoice: string, params: Params, behavior: string): void {
    const attempt = this.engine.billing.collection.collectFirst(
      account,
      invoice,
      params.off_session ?? false,
    );
    if (behavior !== 'error_if_incomplete' || !attempt || attempt.intent.status === 'succeeded') return;
    // Nothing is kept of it: whoever asked for this wants a subscription that is paid, or none.
    throw new Refusal(402, {
      ...(attempt.error ?? {
        type: 'card_error',
        code: 'subscription_payment_intent_requires_action',
        message:
          'Payment for this subscription requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`.',
      }),
      payment_intent: attempt.intent,
    });
  }

  /** Nothing is due now, but the customer's card will be needed: a setup intent asks for it. */
  private askForMethod(account: string, id: string): void {
    const { engine } = this;
    const subscription = this.need(account, id);
    const invoice = engine.billing.invoices.need(account, idOf(subscription.latest_invoice)!);
    if (invoice.amount_due > 0 || engine.billing.collection.methodFor(account, invoice)) return;
    const setup = engine.setupIntents.create(account, {
      customer: idOf(subscription.customer)!,
      usage: 'off_session',
    });
    engine.store.update('subscription', account, id, { pending_setup_intent: setup.intent.id });
  }
}

/** The current period; all items share it. */
export function periodOf(subscription: Subscription): { start: number; end: number } {
  const [first] = subscription.items.data;
  return { start: first!.current_period_start, end: first!.current_period_end };
}

function trialEndOf(params: Params, price: Stripe.Price, now: number): number | null {
  const { trial_end: end, trial_period_days: days } = params;
  if (end !== undefined && days !== undefined) {
    throw exclusive('trial_end', 'trial_period_days');
  }
  if (end === 'now') return null;
  if (end !== undefined) {
    if (end <= now)
      throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', {
        param: 'trial_end',
      });
    return end;
  }
  const length = days ?? (params.trial_from_plan ? price.recurring?.trial_period_days : undefined);
  return length ? now + length * DAY : null;
}
