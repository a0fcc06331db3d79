import type Stripe from 'stripe';
import { Receiver } from './receiver.js';
import { Bench, KEY } from './support.js';

type Thing = Record<string, unknown> & { id: string; object: string };

/** An emulator with an endpoint that takes every event of the platform, and one for those of connected accounts. */
export class Listened {
  private constructor(
    readonly bench: Bench,
    private readonly receiver: Receiver,
    private readonly secrets: string[],
  ) {}

  static async start(): Promise<Listened> {
    const [bench, receiver] = await Promise.all([Bench.start(), Receiver.start()]);
    const secrets = [];
    for (const connect of [false, true]) {
      const endpoint = { url: receiver.url, enabled_events: ['*' as const], connect };
      secrets.push((await bench.stripe.webhookEndpoints.create(endpoint)).secret!);
    }
    return new Listened(bench, receiver, secrets);
  }

  async stop(): Promise<void> {
    await this.bench.stop();
    this.receiver.stop();
  }

  /** What is wrong with the event of this type that should have happened; null when nothing is. */
  async problem(type: string): Promise<string | null> {
    await this.bench.control('/deliveries/settle', {});
    const all = this.delivered();
    const event = all.findLast((one) => one.type === type);
    if (!event)
      return `no ${type} was delivered, only ${[...new Set(all.map((one) => one.type))].join(', ')}`;
    const isLast = all.findLast((one) => idOf(one) === idOf(event)) === event;
    return (
      (await this.notRecorded(event)) ??
      (await this.notThere(event, isLast)) ??
      (await this.notMoved(event)) ??
      (await this.unbalanced())
    );
  }

  /** The events that came, each signed so that the SDK accepts it. */
  private delivered(): Stripe.Event[] {
    return this.receiver.received.map(({ body, signature }) => {
      const connect = (JSON.parse(body) as Stripe.Event).account !== undefined;
      return this.bench.stripe.webhooks.constructEvent(body, signature, this.secrets[connect ? 1 : 0]!);
    });
  }

  private async notRecorded(event: Stripe.Event): Promise<string | null> {
    // Who has been let go no longer shows their events.
    if (event.type === 'account.application.deauthorized') return null;
    const options = event.account ? { stripeAccount: event.account } : {};
    const { data } = await this.bench.stripe.events.list({ type: event.type, limit: 100 }, options);
    return data.some((one) => one.id === event.id) ? null : `${event.id} is not among GET /v1/events`;
  }

  /** The object of an event can be fetched, and is in the state that the event told of. */
  private async notThere(event: Stripe.Event, isLast: boolean): Promise<string | null> {
    const thing = event.data.object as unknown as Thing;
    const { status, body } = await this.get(pathOf(event.type, thing), event.account);
    const gone = status === 404 || status === 403 || body['deleted'] === true;
    if (/(?<!subscription)\.(deleted|deauthorized)$/.test(event.type)) {
      const discountGone = event.type === 'customer.discount.deleted' && !body['discount'];
      return gone || discountGone ? null : `${thing.id} is still there`;
    }
    if (status !== 200 || gone) return `${pathOf(event.type, thing)} answers ${status}`;
    if (thing.object === 'discount') return body['discount'] ? null : 'the customer has no discount';
    if (body['object'] !== thing.object || body['id'] !== thing.id)
      return `fetched ${String(body['object'])} ${String(body['id'])} for ${thing.object} ${thing.id}`;
    if (isLast && body['status'] !== thing['status'])
      return `the event says ${String(thing['status'])}, and its object ${String(body['status'])}`;
    return null;
  }

  /** Where the event is about money that moved, a balance transaction says so. */
  private async notMoved(event: Stripe.Event): Promise<string | null> {
    const { stripe } = this.bench;
    // As it is now: `charge.succeeded` comes before there is a balance transaction.
    const told = event.data.object as unknown as Thing;
    const { status, body } = await this.get(pathOf(event.type, told), event.account);
    const thing = status === 200 ? (body as Thing) : told;
    const found = await this.movementOf(thing);
    if (!found) return null;
    if (!found.id) return `${thing.object} ${thing.id} moved no money`;
    const { amount } = await stripe.balanceTransactions.retrieve(found.id);
    return amount === found.amount ? null : `${found.id} moved ${amount} instead of ${found.amount}`;
  }

  private async movementOf(thing: Thing): Promise<{ id: string | null; amount: number } | null> {
    const { stripe } = this.bench;
    const id = thing['balance_transaction'] as string | null;
    const amount = thing['amount'] as number;
    switch (thing.object) {
      case 'charge': {
        if (!thing['paid'] || !thing['captured']) return null;
        // With asynchronous capture the money moves right after the event.
        const { balance_transaction } = await stripe.charges.retrieve(thing.id);
        return { id: balance_transaction as string | null, amount: thing['amount_captured'] as number };
      }
      case 'refund':
      case 'payout':
      case 'transfer':
        return { id, amount: -amount };
      case 'topup':
        return thing['status'] === 'succeeded' ? { id, amount } : null;
      case 'dispute': {
        // An inquiry only asks.
        if ((thing['status'] as string).startsWith('warning_')) return null;
        const withdrawn = (thing['balance_transactions'] as Stripe.BalanceTransaction[])[0];
        return { id: withdrawn?.id ?? null, amount: -amount };
      }
      case 'payment_intent': {
        if (thing['status'] !== 'succeeded') return null;
        const charge = await stripe.charges.retrieve(thing['latest_charge'] as string);
        return this.movementOf(charge as unknown as Thing);
      }
      case 'checkout.session': {
        if (thing['payment_status'] !== 'paid' || !thing['payment_intent']) return null;
        const intent = await stripe.paymentIntents.retrieve(thing['payment_intent'] as string);
        return this.movementOf(intent as unknown as Thing);
      }
      case 'invoice': {
        if (thing['status'] !== 'paid' || !thing['amount_paid']) return null;
        const { data } = await stripe.invoicePayments.list({ invoice: thing.id });
        const paid = data.find(({ status, payment }) => status === 'paid' && payment.payment_intent);
        if (!paid) return { id: null, amount };
        const intent = await stripe.paymentIntents.retrieve(paid.payment.payment_intent as string);
        return this.movementOf(intent as unknown as Thing);
      }
      default:
        return null;
    }
  }

  /** The platform's balance is the sum of its balance transactions. */
  private async unbalanced(): Promise<string | null> {
    const { bench } = this;
    const sums = new Map<string, number>();
    const add = (currency: string, amount: number) => sums.set(currency, (sums.get(currency) ?? 0) + amount);
    for (const { currency, net } of await bench.transactions(bench.platform)) add(currency, net);
    const { available, pending } = await bench.stripe.balance.retrieve();
    for (const { currency, amount } of [...available, ...pending]) add(currency, -amount);
    const off = [...sums].filter(([, sum]) => sum !== 0);
    return off.length === 0 ? null : `the balance is off by ${off.map((pair) => pair.join(' ')).join(', ')}`;
  }

  private async get(path: string, account?: string) {
    const headers = { authorization: `Bearer ${KEY}`, ...(account && { 'stripe-account': account }) };
    const answer = await fetch(this.bench.emulator.url + path, { headers });
    const text = await answer.text();
    // A portal session can only be opened, and shows a page.
    const body = text.startsWith('{')
      ? JSON.parse(text)
      : { object: 'billing_portal.session', id: path.split('/').at(-1) };
    return { status: answer.status, body: body as Record<string, unknown> };
  }
}

function idOf(event: Stripe.Event): string {
  return (event.data.object as { id?: string }).id ?? '';
}

/** Where the object of an event can be fetched. */
function pathOf(type: string, thing: Thing): string {
  const customer = `/v1/customers/${String(thing['customer'])}`;
  switch (thing.object) {
    case 'balance':
      return '/v1/balance';
    case 'application':
      return '/v1/account';
    case 'card':
    case 'source':
      return `${customer}/sources/${thing.id}`;
    case 'discount':
      return customer;
    case 'customer_cash_balance_transaction':
      return `${customer}/cash_balance_transactions/${thing.id}`;
    case 'cash_balance':
      return `${customer}/cash_balance`;
    case 'billing_portal.session':
      return new URL(thing['url'] as string).pathname;
    default:
      return `/v1/${thing.object.replace('.', '/')}s/${thing.id}`;
  }
}
