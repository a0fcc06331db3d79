import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { exclusive, invalid, missing } from '../../engine/errors.js';
import { idOf } from '../../engine/kinds.js';
import { rhythmOf, type ItemGiven } from './subscription-items.js';
import { patchOf } from './subscription-patch.js';
import { periodOf } from './subscriptions.js';

type Subscription = Stripe.Subscription;
type Item = Stripe.SubscriptionItem;
type Params = Stripe.SubscriptionUpdateParams;

/**
 * Changes in the middle of a period. An item that changes is credited for the time that is left, and what it is now is
 * charged for the same time, both to the second and each rounded to the minor unit; they wait for the next invoice
 * unless `always_invoice` asks for one now. A new interval begins a new period at once.
 */
export class SubscriptionChanges {
  constructor(private readonly engine: Engine) {}

  update(account: string, id: string, params: Params): Subscription {
    const { engine } = this;
    const { subscriptions, subscriptionStates } = engine.billing;
    const only = Object.keys(params).every((name) => ['metadata', 'cancellation_details'].includes(name));
    const before = only ? subscriptions.need(account, id) : subscriptionStates.needAlive(account, id);
    this.check(account, params);
    const items = params.items ? this.items(account, before, params.items as ItemGiven[]) : null;
    const ends = params.trial_end === 'now' && before.status === 'trialing';
    const restarts =
      !ends &&
      (params.billing_cycle_anchor !== undefined && anchorNow(params.billing_cycle_anchor)
        ? true
        : items !== null && newRhythm(before.items.data, items));
    if (items && before.status !== 'trialing') this.prorate(account, before, items, params, restarts);
    const patch = {
      ...patchOf(engine, account, before, params),
      ...(items && this.itemsPatch(before, items)),
    };
    if (Object.keys(patch).length > 0) subscriptions.change(account, id, patch);
    this.planPause(account, id, params);
    if (ends) engine.billing.renewals.endTrial(account, id);
    if (restarts) this.restart(account, id);
    if (ends || restarts) this.payLatest(account, id);
    else if (items && params.proration_behavior === 'always_invoice') this.invoiceNow(account, id);
    subscriptions.planNext(account, id);
    return subscriptions.need(account, id);
  }

  /** Everything that is paid and not used yet, as credit for the next invoice. */
  creditRest(account: string, subscription: Subscription): void {
    const now = this.engine.billing.testClocks.now(account, subscription);
    for (const item of subscription.items.data) this.prorateItem(account, subscription, item, now, -1);
  }

  private items(account: string, before: Subscription, given: ItemGiven[]): Item[] {
    const { subscriptionItems, testClocks } = this.engine.billing;
    const now = testClocks.now(account, before);
    const items = [...before.items.data];
    given.forEach((one, index) => {
      const at = `items[${index}]`;
      if (!one.id) {
        const target = { id: before.id, customer: idOf(before.customer)! };
        const frame = { now, period: periodOf(before) };
        items.push(subscriptionItems.make(account, target, one, frame, at));
        return;
      }
      const place = items.findIndex((item) => item.id === one.id);
      if (place < 0) {
        throw missing('subscription item', one.id, `${at}[id]`);
      }
      if (one.deleted) items.splice(place, 1);
      else items[place] = subscriptionItems.changed(account, items[place]!, one, at);
    });
    if (items.length === 0)
      throw invalid('A subscription must have at least one active item.', { param: 'items' });
    rhythmOf(items);
    return items;
  }

  private prorate(
    account: string,
    before: Subscription,
    after: Item[],
    params: Params,
    restarts: boolean,
  ): void {
    if (params.proration_behavior === 'none') return;
    const { subscriptionItems, testClocks } = this.engine.billing;
    const date = params.proration_date ?? testClocks.now(account, before);
    const cost = (item: Item | undefined) => (item ? subscriptionItems.amount(account, item) : 0);
    const ids = new Set([...before.items.data, ...after].map((item) => item.id));
    for (const id of ids) {
      const was = before.items.data.find((item) => item.id === id);
      const is = after.find((item) => item.id === id);
      const same = was?.price.id === is?.price.id && was?.quantity === is?.quantity;
      if (same && !restarts && cost(was) === cost(is)) continue;
      if (was) this.prorateItem(account, before, was, date, -1);
      if (is && !restarts) this.prorateItem(account, before, is, date, 1);
    }
  }

  private prorateItem(account: string, subscription: Subscription, item: Item, date: number, sign: 1 | -1) {
    const { engine } = this;
    const { start, end } = periodOf(subscription);
    const part = Math.min(1, Math.max(0, (end - date) / (end - start)));
    const amount = sign * Math.round(engine.billing.subscriptionItems.amount(account, item) * part);
    if (amount === 0) return;
    const name = engine.billing.subscriptionItems.productName(account, item);
    const day = new Date(date * 1000).toUTCString().slice(5, 16);
    const many = (item.quantity ?? 1) > 1 ? `${item.quantity} × ` : '';
    engine.billing.invoiceItems.create(
      account,
      {
        customer: idOf(subscription.customer)!,
        amount,
        currency: subscription.currency,
        description: `${sign < 0 ? 'Unused' : 'Remaining'} time on ${many}${name} after ${day}`,
        period: { start: date, end },
        pricing: { price: item.price.id },
        quantity: item.quantity ?? 1,
        tax_rates: (item.tax_rates ?? []).map((rate) => rate.id),
      },
      { subscription: subscription.id, subscription_item: item.id },
    );
  }

  private itemsPatch(before: Subscription, items: Item[]): Partial<Subscription> {
    return { items: { ...before.items, data: items } };
  }

  private planPause(account: string, id: string, params: Params): void {
    if (params.pause_collection === undefined) return;
    const { subscriptions, testClocks } = this.engine.billing;
    const subscription = subscriptions.need(account, id);
    const at = subscription.pause_collection?.resumes_at;
    if (at) testClocks.schedule(account, subscription, at, 'subscription.collect_again', id);
    else testClocks.unschedule('subscription.collect_again', id);
  }

  private restart(account: string, id: string): void {
    const { renewals, subscriptions, testClocks } = this.engine.billing;
    const now = testClocks.now(account, subscriptions.need(account, id));
    this.engine.store.update('subscription', account, id, { billing_cycle_anchor: now });
    renewals.beginPeriod(account, id, now);
  }

  private invoiceNow(account: string, id: string): void {
    const { bills, invoiceItems, subscriptions } = this.engine.billing;
    const subscription = subscriptions.need(account, id);
    const customer = idOf(subscription.customer)!;
    if (invoiceItems.pending(account, customer, subscription.currency, id).length === 0) return;
    bills.interim(account, subscription);
    this.payLatest(account, id);
  }

  /** What a change itself brings about is not left a draft for an hour. */
  private payLatest(account: string, id: string): void {
    const { subscriptions, invoices, invoiceStates, collection } = this.engine.billing;
    const latest = idOf(subscriptions.need(account, id).latest_invoice);
    if (!latest || invoices.need(account, latest).status !== 'draft') return;
    if (!invoices.need(account, latest).auto_advance) return;
    invoiceStates.finalize(account, latest);
    collection.collectIfDue(account, latest);
  }

  private check(account: string, params: Params): void {
    const { engine } = this;
    if (params.transfer_data)
      engine.transfers.checkDestination(
        params.transfer_data.destination,
        'transfer_data[destination]',
        params.on_behalf_of,
      );
    if (params.default_payment_method)
      engine.paymentMethods.need(account, params.default_payment_method, 'default_payment_method');
    if (params.cancel_at_period_end !== undefined && params.cancel_at !== undefined) {
      throw exclusive('cancel_at_period_end', 'cancel_at');
    }
  }
}

/** `now`, in the words of either version of the API. */
function anchorNow(anchor: unknown): boolean {
  return anchor === 'now' || (anchor as { type?: string }).type === 'now';
}

function newRhythm(before: Item[], after: Item[]): boolean {
  const one = before[0]!.price.recurring!;
  const other = after[0]!.price.recurring!;
  return one.interval !== other.interval || one.interval_count !== other.interval_count;
}
