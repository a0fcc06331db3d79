import { Listings } from '#catalog';
import { Refunds } from '#refunds';
import type { Browser } from '../support/browser-like.js';
import { type Route, routesOf, routeTable } from '../support/routes.js';
import { CARDS, offer, openShop, paidOrder, person, type Shop } from '../support/story.js';
import { World } from '../support/world.js';
import { newPerson } from './people.js';

/** What Fastify answers outside of Nest's controllers: Stripe's doors, whose guard is a signature, and files. */
const BESIDES = /^(POST \/webhooks\/|GET \/assets\/|GET \/files\/|GET \/docs\b)/;

/** What ends the session of who asks. */
const ENDS_SESSIONS = /sign-out|session|password|account/;

type Who = 'nobody' | 'buyer' | 'other seller' | 'seller' | 'admin';

describe('who may call what', () => {
  let world: World;
  let routes: Route[];
  let mine: Record<string, string>;
  let others: Record<string, string>;
  const people = new Map<Who, { browser: Browser; signIn?: () => Promise<unknown> }>();

  beforeAll(async () => {
    world = await World.start();
    routes = routesOf(world);
    people.set('nobody', { browser: world.visitor() });
    for (const [who, admin] of [['buyer', false], ['admin', true]] as const) await arrive(who, { admin });
    mine = await objectsOf(await openShop(world, 'Redfern Pottery'));
    others = await objectsOf(await openShop(world, 'Hive and Wick'));
    await arrive('seller', { shop: mine['sellerId']! });
    await arrive('other seller', { shop: others['sellerId']! });
  }, 120_000);
  afterAll(() => world?.stop());

  async function arrive(who: Who, { admin = false, shop }: { admin?: boolean; shop?: string }): Promise<void> {
    const { id, browser, signIn } = await newPerson(world, { admin });
    if (shop)
      await world.rows(`insert into sellers.members (seller_id, user_id, role) values ($1, $2, 'owner')`, [shop, id]);
    const letIn = async () => {
      await world.rows(`delete from identity.rate_limits`);
      await signIn();
    };
    await letIn();
    people.set(who, { browser, signIn: letIn });
  }

  /** Something of everything that a shop's addresses can name. */
  async function objectsOf(shop: Shop): Promise<Record<string, string>> {
    const variantId = await offer(world, shop, { price: 2500n });
    const [listing] = (await world.get(Listings).page(shop.owner, shop.id, {}, null, 1)).items;
    const order = await paidOrder(world, variantId, CARDS.paysIntoAvailable);
    const payout = await world.stripe.payouts.create(
      { amount: 500, currency: 'eur' },
      { stripeAccount: shop.account },
    );
    const refunded = await paidOrder(world, variantId);
    const admin = await person(world, { admin: true });
    const refund = await world
      .get(Refunds)
      .request(admin, null, { orderId: refunded.id, reason: 'Broke in the kiln', amount: null });
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

  const call = async (who: Who, { method, path }: Route, objects: Record<string, string>) => {
    const { browser, signIn } = people.get(who)!;
    const address = path.replace(/:(\w+)\??/g, (_, name: string) => objects[name] ?? `${name}_unknown`);
    const api = path.startsWith('/api/');
    const type = api ? 'application/json' : 'application/x-www-form-urlencoded';
    const body = method === 'GET' ? undefined : api ? '{}' : '';
    const answer = await browser.send(method, address, body, body === undefined ? {} : { 'content-type': type });
    if (method !== 'GET' && ENDS_SESSIONS.test(path)) await signIn?.();
    const toSignIn = answer.headers.get('location')?.startsWith('/sign-in?') ?? false;
    return { status: toSignIn ? 401 : answer.status, line: `${who}: ${method} ${address}` };
  };

  /** Everything the business knows; what people's visits leave (sessions, tries, carts) aside. */
  async function everything(): Promise<string> {
    const tables = await world.rows<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('catalog', 'sellers', 'orders', 'payments', 'refunds', 'debts', 'fees', 'payouts', 'audit', 'checkout')
         and tablename not in ('carts', 'cart_items') order by 1`,
    );
    const sums = tables.map(({ name }) => `select '${name}' as t, md5(coalesce(string_agg(r::text, '' order by r::text), '')) as h from ${name} r`);
    return JSON.stringify(await world.rows(sums.join(' union all ')));
  }

  it('every route of the running program is one that says who may call it', () => {
    const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    const table = routeTable(world);
    expect(table.length).toBeGreaterThan(100);
    expect(table.filter((route) => !known.has(route) && !BESIDES.test(route))).toEqual([]);
    expect([...known].filter((route) => !table.includes(route))).toEqual([]);
    expect(new Set(routes.map(({ access }) => access))).not.toContain(undefined);
  });

  it('who may not is refused before anything is written', async () => {
    const before = await everything();
    const wrong: string[] = [];
    const expectStatus = async (who: Who, route: Route, allowed: readonly number[]) => {
      const { status, line } = await call(who, route, mine);
      if (!allowed.includes(status)) wrong.push(`${line} answered ${status}, not ${allowed.join(' or ')}`);
    };
    for (const route of routes.filter(({ access }) => access !== 'public')) {
      await expectStatus('nobody', route, [401]);
      if (route.access === 'admin')
        for (const who of ['buyer', 'other seller', 'seller'] as const) await expectStatus(who, route, [403]);
      if (route.access === 'seller')
        for (const who of ['buyer', 'other seller', 'admin'] as const) await expectStatus(who, route, [404]);
    }
    expect(wrong).toEqual([]);
    expect(await everything()).toBe(before);
  }, 120_000);

  it('a seller reaches nothing of another seller through the own desk', async () => {
    const before = await everything();
    const wrong: string[] = [];
    const foreign = { ...mine, sellerId: others['sellerId']! };
    for (const route of routes.filter(({ access, path }) => access === 'seller' && /:(?!sellerId)\w+/.test(path))) {
      const { status, line } = await call('other seller', route, foreign);
      // A form without its fields may be refused for that first.
      const refused = route.method === 'GET' ? [403, 404] : [403, 404, 409, 415, 422];
      if (!refused.includes(status)) wrong.push(`${line} answered ${status}`);
    }
    expect(wrong).toEqual([]);
    expect(await everything()).toBe(before);
  }, 120_000);

  it('a purchase opens for its buyer alone', async () => {
    for (const who of ['nobody', 'buyer', 'other seller', 'seller'] as const)
      for (const route of routes.filter(({ path }) => path.includes(':purchaseId')))
        expect([404, 422]).toContain((await call(who, route, mine)).status);
  });

  it('who may is let in, and nothing breaks', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const allowed: readonly Who[] = {
        public: ['nobody', 'buyer', 'seller', 'admin'] as const,
        signed_in: ['buyer', 'seller', 'admin'] as const,
        session: ['buyer'] as const,
        admin: ['admin'] as const,
        seller: ['seller'] as const,
      }[route.access];
      for (const who of allowed) {
        const { status, line } = await call(who, route, mine);
        // Signing in with nothing typed is refused as such.
        const open = route.access === 'public' ? status < 500 : status !== 401 && status !== 403 && status < 500;
        if (!open) wrong.push(`${line} answered ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
