import { Books, BooksCheck } from '#books';
import { Debts } from '#debts';
import { Users } from '#identity';
import { Orders, type OrderView } from '#orders';
import { DEMO_PASSWORD, seedDemo } from '../../apps/worker/src/demo-seed.js';
import { newPerson } from '../security/people.js';
import type { Browser } from '../support/browser-like.js';
import { launchChromium } from '../support/chromium.js';
import { World } from '../support/world.js';

let world: World;
let june: Browser;
let admin: Browser;
let sellerId: string;
let account: string;
let variantId: string;

beforeAll(async () => {
  world = await World.start();
  await seedDemo(world.worker);
  await world.settle();
  june = world.visitor();
  await june.submit('/sign-in', { email: 'june@redfern.example', password: DEMO_PASSWORD });
  const boss = await newPerson(world, { admin: true });
  await boss.signIn();
  admin = boss.browser;
  const owner = await world.get(Users).byEmail('june@redfern.example');
  const [shop] = await world.rows<{ id: string; account: string; variant: string }>(
    `select s.id, a.stripe_account as account, v.id as variant
     from sellers.members m join sellers.sellers s on s.id = m.seller_id
     join sellers.connected_accounts a on a.seller_id = s.id and a.current
     join catalog.listings l on l.seller_id = s.id and l.status = 'published'
     join catalog.variants v on v.listing_id = l.id
     where m.user_id = $1 order by v.on_hand desc limit 1`,
    [owner!.id],
  );
  sellerId = shop!.id;
  account = shop!.account;
  variantId = shop!.variant;
}, 120_000);

afterAll(() => world.stop());

const shipTo = { name: 'Bo Buyer', line1: '1 High Street', city: 'Portland', region: 'OR', postcode: '97201', country: 'US' };

/** A guest buys one piece; answers the order once everybody knows that it is paid. */
async function paidOrder(card = '4242424242424242'): Promise<OrderView> {
  const guest = world.visitor();
  await guest.api('POST', '/api/v1/cart/items', { variantId, quantity: 1 });
  const begun = await guest.api<{ id: string; orders: { id: string }[] }>('POST', '/api/v1/checkout', {
    email: 'bo@example.com',
    shipTo,
  });
  expect(begun.status).toBe(201);
  const next = await guest.api<{ outcome: string }>('POST', `/api/v1/purchases/${begun.body.id}/pay`);
  expect(next.status).toBe(200);
  const orderId = begun.body.orders[0]!.id;
  const [session] = await world.rows<{ stripe_session: string }>(
    `select stripe_session from payments.checkout_sessions where order_id = $1`,
    [orderId],
  );
  await world.control(`sessions/${session!.stripe_session}/pay`, { card });
  await world.settle();
  const order = await orderNow(orderId);
  expect(order.status).toBe('paid');
  return order;
}

const orderNow = async (id: string) => (await world.get(Orders).byId(id))!;
const stock = async () =>
  (await world.rows<{ stock: number }>(`select on_hand as stock from catalog.variants where id = $1`, [variantId]))[0]!.stock;

/** What the emulator says an account has in all, in US cents. */
async function balance(stripeAccount?: string): Promise<number> {
  const found = await world.stripe.balance.retrieve({}, stripeAccount ? { stripeAccount } : {});
  return [...found.available, ...found.pending].filter((b) => b.currency === 'usd').reduce((sum, b) => sum + b.amount, 0);
}

async function balances() {
  return { seller: await balance(account), platform: await balance() };
}

async function expectBooksAgree() {
  await world.settle();
  await world.get(Books).watch(account, 'platform');
  await world.settle();
  const report = await world.get(BooksCheck).run({ graceMinutes: 0 });
  expect(report.differences).toEqual([]);
}

interface ApiRefund {
  id: string;
  status: string;
  feeStep: string;
  reversalStep: string;
  amount: { amount: number };
}

const refundOf = async (orderId: string) =>
  (await admin.api<{ items: ApiRefund[] }>('GET', `/api/v1/admin/orders/${orderId}/refunds`)).body.items;

/** Days at Stripe. The marketplace learns its time from the answer to any call, so it makes one. */
async function pass(days: number): Promise<void> {
  await world.control('clock/advance', { seconds: days * 86_400 });
  await world.settle();
  const [some] = await world.rows<{ id: string }>(`select id from orders.orders order by id limit 1`);
  await admin.api('POST', `/api/v1/admin/orders/${some!.id}/refresh`);
}

/** Everything the seller has goes to their bank, so that nothing is left to take back. */
async function drain(): Promise<void> {
  await world.control(`accounts/${account}/bank`, { account_number: '000123456789', currency: 'usd' });
  await pass(8);
  const left = await balance(account);
  if (left > 0) await world.stripe.payouts.create({ amount: left, currency: 'usd' }, { stripeAccount: account });
  await world.settle();
  expect(await balance(account)).toBe(0);
}


it('shots', async () => {
  const a = await paidOrder();
  const b = await paidOrder();
  await paidOrder();
  await june.post(`/seller/${sellerId}/orders/${a.id}/refund`, { amount: String(a.split.charged.amount), reason: 'Broke in the kiln' });
  await world.settle();
  await world.stripe.refunds.create({ charge: b.chargeId!, amount: 500 });
  await world.settle();
  await drain();
  const c = await paidOrder('4000000000005126');
  await admin.api('POST', `/api/v1/admin/orders/${c.id}/refunds`, { reason: 'Changed their mind' });
  await world.settle();
  await pass(4);
  const d = await paidOrder();
  await world.control(`accounts/${account}/bank`, { account_number: '000123456789', currency: 'usd' });
  await drain();
  await admin.api('POST', `/api/v1/admin/orders/${d.id}/refunds`, { reason: 'Lost in the post' });
  await world.settle();
  const e = await paidOrder();
  await world.rows(`update stripe.inbox_events set state = 'dead', last_error = 'connect ECONNREFUSED' where id = (select max(id) from stripe.inbox_events)`);
  const [outside] = await world.rows<{ id: string }>(`select id from refunds.refunds where origin = 'outside'`);
  const [evt] = await world.rows<{ event_id: string }>(`select event_id from stripe.inbox_events where state='dead'`);
  const shots: [string, string, Browser][] = [
    ['overview', '/admin', admin], ['orders', '/admin/orders', admin], ['order', `/admin/orders/${a.id}`, admin],
    ['refund-form', `/admin/orders/${e.id}/refund`, admin], ['refunds', '/admin/refunds', admin], ['outside', `/admin/refunds/${outside!.id}`, admin],
    ['debts', '/admin/refunds/debts', admin], ['fees', '/admin/fees', admin], ['fees-new', '/admin/fees/new?currency=usd', admin], ['earned', '/admin/fees/earned', admin],
    ['events', '/admin/events', admin], ['event', `/admin/events/${evt!.event_id}`, admin], ['promotions', '/admin/promotions', admin], ['promotion-new', '/admin/promotions/new', admin],
    ['seller-refund', `/seller/${sellerId}/orders/${e.id}/refund`, june], ['seller-refunded', `/seller/${sellerId}/orders/${a.id}/refund`, june],
    ['api', '/api/docs', admin], ['errors', '/docs/errors', admin],
  ];
  const browser = await launchChromium();
  for (const [theme, width] of [['light', 1280], ['dark', 390]] as const) {
    for (const [name, path, who] of shots) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
      const cookies = [...(who as unknown as { cookies: Map<string, string> }).cookies].map(([n, value]) => ({ name: n, value, url: world.url }));
      await context.addCookies(cookies);
      const page = await context.newPage();
      const r = await page.goto(world.url + path);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (r!.status() !== 200 || overflow > 0) console.log(name, width, r!.status(), 'overflow', overflow);
      await page.screenshot({ path: `/tmp/shots/${name}-${theme}.png`, fullPage: true });
      await context.close();
    }
  }
  await browser.close();
}, 300000);
