import { Listings } from '#catalog';
import { Refunds } from '#refunds';
import type { Answer, Browser } from '../support/browser-like.js';
import type { Route } from '../support/routes.js';
import { CARDS, offer, openShop, paidOrder, person, type Shop } from '../support/story.js';
import { World } from '../support/world.js';
import { newPerson } from './people.js';

export type Who = 'nobody' | 'buyer' | 'other seller' | 'seller' | 'admin';

/** What ends the session of who asks. */
const ENDS_SESSIONS = /sign-out|session|password|account/;

/** One of each role with a browser, and two shops with something of everything. */
export class Cast {
  private readonly people = new Map<Who, { browser: Browser; signIn?: () => Promise<unknown> }>();

  private constructor(
    readonly world: World,
    /** Ids by the names that routes use, of the seller's shop and of the other seller's. */
    readonly mine: Readonly<Record<string, string>>,
    readonly others: Readonly<Record<string, string>>,
  ) {}

  static async assemble(): Promise<Cast> {
    const world = await World.start();
    const mine = await objectsOf(world, await openShop(world, 'Redfern Pottery'));
    const others = await objectsOf(world, await openShop(world, 'Hive and Wick'));
    const cast = new Cast(world, mine, others);
    cast.people.set('nobody', { browser: world.visitor() });
    await cast.arrive('buyer', {});
    await cast.arrive('admin', { admin: true });
    await cast.arrive('seller', { shop: mine['sellerId']! });
    await cast.arrive('other seller', { shop: others['sellerId']! });
    return cast;
  }

  browser(who: Who): Browser {
    return this.people.get(who)!.browser;
  }

  /** Who is let in by a rule, for sure. */
  static readonly allowed: Record<Route['access'], readonly Who[]> = {
    public: ['nobody', 'buyer', 'seller', 'admin'],
    signed_in: ['buyer', 'seller', 'admin'],
    session: ['buyer'],
    admin: ['admin'],
    seller: ['seller'],
  };

  /** Sends it; whoever was signed in is so afterwards, too. Being sent to sign in counts as 401. */
  async send(
    who: Who,
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer & { line: string }> {
    const { browser, signIn } = this.people.get(who)!;
    const answer = await browser.send(method, path, body, headers);
    if (method !== 'GET' && ENDS_SESSIONS.test(path)) await signIn?.();
    const toSignIn = answer.headers.get('location')?.startsWith('/sign-in?') ?? false;
    return { ...answer, status: toSignIn ? 401 : answer.status, line: `${who}: ${method} ${path}` };
  }

  /** The route with these objects in its address. */
  static address({ path }: Route, objects: Readonly<Record<string, string>>): string {
    return path.replace(/:(\w+)\??/g, (_, name: string) => objects[name] ?? `${name}_unknown`);
  }

  /** A fingerprint of all that the business knows; what mere visits leave (sessions, tries, carts) aside. */
  async everything(): Promise<string> {
    const tables = await this.world.rows<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('catalog', 'sellers', 'orders', 'payments', 'refunds', 'debts', 'fees', 'payouts', 'audit', 'checkout')
         and tablename not in ('carts', 'cart_items') order by 1`,
    );
    const sums = tables.map(
      ({ name }) =>
        `select '${name}' as name, md5(coalesce(string_agg(r::text, '' order by r::text), '')) as sum from ${name} r`,
    );
    return JSON.stringify(await this.world.rows(sums.join(' union all ')));
  }

  private async arrive(who: Who, { admin = false, shop }: { admin?: boolean; shop?: string }): Promise<void> {
    const { world } = this;
    const { id, browser, signIn } = await newPerson(world, { admin });
    if (shop)
      await world.rows(`insert into sellers.members (seller_id, user_id, role) values ($1, $2, 'owner')`, [
        shop,
        id,
      ]);
    const letIn = async () => {
      // Everybody here comes from one address, which may try only so often.
      await world.rows(`delete from identity.rate_limits`);
      await signIn();
    };
    await letIn();
    this.people.set(who, { browser, signIn: letIn });
  }
}

async function objectsOf(world: World, shop: Shop): Promise<Record<string, string>> {
  const variantId = await offer(world, shop, { price: 2500n });
  const [listing] = (await world.get(Listings).page(shop.owner, shop.id, {}, null, 1)).items;
  const order = await paidOrder(world, variantId, CARDS.paysIntoAvailable);
  const payout = await world.stripe.payouts.create(
    { amount: 500, currency: 'eur' },
    { stripeAccount: shop.account },
  );
  const refunded = await paidOrder(world, variantId);
  const admin = await person(world, { admin: true });
  const wish = { orderId: refunded.id, reason: 'Broke in the kiln', amount: null };
  const refund = await world.get(Refunds).request(admin, null, wish);
  await world.settle();
  return {
    sellerId: shop.id,
    listingId: listing!.id,
    variantId,
    orderId: order.id,
    purchaseId: order.purchaseId,
    payoutId: payout.id,
    refundId: refund.id,
  };
}
