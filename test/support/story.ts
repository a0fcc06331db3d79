import { Listings } from '#catalog';
import { BooksCheck } from '#books';
import { Users } from '#identity';
import { type Actor, Money, systemActor } from '#kernel';
import { Orders, type OrderView } from '#orders';
import { SellerOnboarding, SellerSignUp } from '#sellers';
import { AttemptWorker, StripeApi } from '#stripe';
import type { Browser } from './browser-like.js';
import type { World } from './world.js';

export type Person = Extract<Actor, { kind: 'user' }>;

export interface Shop {
  readonly id: string;
  readonly name: string;
  /** `acct_…` */
  readonly account: string;
  readonly currency: string;
  readonly owner: Person;
}

export interface Goods {
  /** Minor units of the shop's currency. */
  readonly price: bigint;
  readonly shipping?: bigint;
  readonly stock?: number;
}

export const CARDS = {
  pays: '4242424242424242',
  paysIntoAvailable: '4000000000000077',
  declined: '4000000000000002',
  tooLittleMoney: '4000000000009995',
  asksForAuthentication: '4000002500003155',
  declinedAfterAuthentication: '4000008400001629',
} as const;

export const shipTo = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'London',
  postcode: 'SW1Y 4LB',
  country: 'GB',
};

let people = 0;

export async function person(world: World, options: { admin?: boolean } = {}): Promise<Person> {
  const email = `person-${++people}@example.com`;
  const { id } = await world
    .get(Users)
    .create({ email, name: `Person ${people}`, password: 'a long password 1' });
  if (options.admin) await world.get(Users).grantAdmin(systemActor('test'), id, 'for the test');
  return { kind: 'user', userId: id, isAdmin: options.admin ?? false };
}

/** A shop that may sell; `bank` is the test number of the account its payouts go to. */
export async function openShop(
  world: World,
  name: string,
  options: { currency?: string; country?: string; bank?: string; onboarded?: boolean } = {},
): Promise<Shop> {
  const { currency = 'eur', country = 'DE', bank = '000123456789', onboarded = true } = options;
  const owner = await person(world);
  const made = await world.get(SellerSignUp).create(owner, { name, country, currency, acceptTerms: true });
  const account = made.stripeAccount!;
  if (onboarded) {
    await world.control(`accounts/${account}/complete_onboarding`, {});
    await world.control(`accounts/${account}/bank`, { account_number: bank, currency });
    await world.get(SellerOnboarding).refresh(made.id);
  }
  return { id: made.id, name, account, currency, owner };
}

/** A published listing with one variant; answers the variant's id. */
export async function offer(world: World, shop: Shop, goods: Goods): Promise<string> {
  const listings = world.get(Listings);
  const money = (amount: bigint) => Money.of(amount, shop.currency);
  const listing = await listings.create(shop.owner, shop.id, {
    title: 'Bowl',
    description: 'Made by hand.',
    category: 'ceramics',
    shipping: money(goods.shipping ?? 0n),
    variants: [{ name: 'Blue', price: money(goods.price), stock: goods.stock ?? 10 }],
  });
  await listings.move(shop.owner, shop.id, listing.id, 'publish');
  return listing.variants[0]!.id;
}

interface PurchaseBody {
  readonly id: string;
  readonly state: string;
  readonly orders: readonly { id: string; status: string; canceled: string | null }[];
}

export interface Next {
  readonly outcome: 'pay' | 'changed' | 'settled';
  readonly orderId: string;
  readonly url: string;
  readonly changes: readonly { kind: string; words: string }[];
}

/** A guest at the JSON API, with a cart and a browser of their own. */
export class Buyer {
  constructor(readonly browser: Browser) {}

  async put(...wanted: (readonly [variantId: string, quantity: number])[]): Promise<void> {
    for (const [variantId, quantity] of wanted)
      await this.ask('POST', '/api/v1/cart/items', 201, { variantId, quantity });
  }

  checkOut(key?: string): Promise<PurchaseBody> {
    const headers: Record<string, string> = key ? { 'idempotency-key': key } : {};
    return this.ask('POST', '/api/v1/checkout', 201, { email: 'ada@example.com', shipTo }, headers);
  }

  next(purchaseId: string): Promise<Next> {
    return this.ask('POST', `/api/v1/purchases/${purchaseId}/pay`, 200);
  }

  purchase(id: string): Promise<PurchaseBody> {
    return this.ask('GET', `/api/v1/purchases/${id}`, 200);
  }

  /** What Stripe said the last time that the order could not be paid. */
  async lastDecline(purchaseId: string): Promise<string | undefined> {
    const path = `/api/v1/purchases/${purchaseId}/payments`;
    const { items } = await this.ask<{ items: { decline: { code: string } | null }[] }>('GET', path, 200);
    return items[0]?.decline?.code;
  }

  private async ask<T>(
    method: string,
    path: string,
    status: number,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await this.browser.api<T>(method, path, body, headers);
    if (answer.status !== status)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

export interface Visit {
  readonly buyer: Buyer;
  readonly purchaseId: string;
  readonly orderId: string;
  /** `cs_…` of the page where the first order is paid. */
  readonly session: string;
}

/** A guest fills a cart, checks out and stands at Stripe's page. */
export async function buyFrom(world: World, ...wanted: (readonly [string, number])[]): Promise<Visit> {
  const buyer = new Buyer(world.visitor());
  await buyer.put(...wanted);
  const purchase = await buyer.checkOut();
  const next = await buyer.next(purchase.id);
  if (next.outcome !== 'pay') throw new Error(`expected a page to pay on, got ${JSON.stringify(next)}`);
  return { buyer, purchaseId: purchase.id, orderId: next.orderId, session: sessionIn(next.url) };
}

export function sessionIn(url: string): string {
  return /cs_\w+/.exec(url)![0];
}

/** The buyer types a card on Stripe's page; answers what the page shows then. */
export async function pay(world: World, session: string, card: string = CARDS.pays): Promise<string> {
  return (await world.control<{ outcome: string }>(`sessions/${session}/pay`, { card })).outcome;
}

/** A sale from the cart to the moment when everybody knows that it is paid. */
export async function paidOrder(
  world: World,
  variantId: string,
  card: string = CARDS.pays,
): Promise<OrderView> {
  const { orderId, session } = await buyFrom(world, [variantId, 1]);
  await pay(world, session, card);
  await world.settle();
  const order = await orderOf(world, orderId);
  expect(order.status).toBe('paid');
  return order;
}

export async function orderOf(world: World, id: string): Promise<OrderView> {
  return (await world.get(Orders).byId(id))!;
}

/** A variant's pieces: on the shelf, and how many of them unpaid orders hold. */
export async function stockOf(world: World, variantId: string): Promise<{ on_hand: number; held: number }> {
  const [row] = await world.rows<{ on_hand: number; held: number }>(
    `select on_hand, held from catalog.variants where id = $1`,
    [variantId],
  );
  return row!;
}

/** Stripe's clock stands at noon of a Wednesday from now on, so that midnights and weekends come only with `pass`. */
export async function standStill(world: World): Promise<void> {
  const noon = new Date();
  noon.setUTCHours(12, 0, 0, 0);
  do noon.setUTCDate(noon.getUTCDate() + 1);
  while (noon.getUTCDay() !== 3);
  await world.control('clock/set', { now: noon.toISOString() });
  await world.control('clock/freeze', {});
  await pass(world, {});
}

/** Time passes at Stripe; both processes learn of it as they would in life, by the date of Stripe's next answer. */
export async function pass(world: World, time: { days?: number; hours?: number }): Promise<void> {
  const seconds = (time.days ?? 0) * 86_400 + (time.hours ?? 0) * 3_600;
  await world.control('clock/advance', { seconds });
  for (const app of [world.web, world.worker])
    await app.get(StripeApi, { strict: false }).sdk.balance.retrieve();
  await world.settle();
}

/** Takes up now what waits for its next try: jobs that failed, and attempts whose process may have died. */
export async function resume(world: World): Promise<void> {
  await world.rows(`update graphile_worker._private_jobs set run_at = now() where locked_at is null`);
  await world.rows(`update stripe.inbox_events set run_at = now() where state = 'queued'`);
  await world.rows(`update stripe.attempts set resume_at = now() where state = 'open'`);
  await world.get(AttemptWorker).drain();
  await world.settle();
}

/** Every sweep once, in no helpful order. */
export async function sweep(world: World): Promise<void> {
  for (const cron of ['stripe.sweep.events', 'stripe.sweep.pending', 'refunds.sweep']) await world.run(cron);
  await resume(world);
}

/**
 * What was tried and did not come to an end: events, attempts and jobs, with their last error. A job whose key was given to a newer
 * one while it ran has no tries left: graphile-worker leaves the work to the newer one.
 */
export function leftUndone(world: World): Promise<{ what: string; error: string }[]> {
  return world.rows(
    `select type as what, last_error as error from stripe.inbox_events where state <> 'done'
     union all select kind, error_message from stripe.attempts where state = 'open' and tries > 0
     union all select task_identifier, last_error from graphile_worker.jobs
       where last_error is not null and attempts < max_attempts`,
  );
}

/**
 * Predictions, balance transactions and Stripe's balances agree, with nothing under way, and no event was given up.
 * The balances are compared a second time with the emulator's own, past all of our code.
 */
export async function expectBooksToAgree(world: World): Promise<void> {
  await world.settle();
  await world.mirrorEverything();
  await world.settle();
  const report = await world.get(BooksCheck).run({ graceMinutes: 0 });
  expect(report.differences.map(({ sentence }) => sentence)).toEqual([]);
  const { engine } = world.emulator;
  const ours = report.lines.map(({ stripeAccount, currency, ledger }) => [stripeAccount, currency, ledger]);
  const stripes = [...engine.store.all('account', '')].flatMap(({ id }) =>
    engine.ledger
      .currencies(id)
      .map((currency) => [
        id === engine.platform ? 'platform' : id,
        currency,
        BigInt(engine.ledger.total(id, currency)),
      ]),
  );
  expect(ours.filter(([, , amount]) => amount !== 0n).sort()).toEqual(
    stripes.filter(([, , amount]) => amount !== 0n).sort(),
  );
  expect(await leftUndone(world)).toEqual([]);
}
