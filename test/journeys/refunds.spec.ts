import { Books, BooksCheck } from '#books';
import { Debts } from '#debts';
import { Users } from '#identity';
import { Orders, type OrderView } from '#orders';
import { DEMO_PASSWORD, seedDemo } from '../../apps/worker/src/demo-seed.js';
import { newPerson } from '../security/people.js';
import type { Browser } from '../support/browser-like.js';
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

const shipTo = {
  name: 'Bo Buyer',
  line1: '1 High Street',
  city: 'Portland',
  region: 'OR',
  postcode: '97201',
  country: 'US',
};

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
  (
    await world.rows<{ stock: number }>(`select on_hand as stock from catalog.variants where id = $1`, [
      variantId,
    ])
  )[0]!.stock;

/** What the emulator says an account has in all, in US cents. */
async function balance(stripeAccount?: string): Promise<number> {
  const found = await world.stripe.balance.retrieve({}, stripeAccount ? { stripeAccount } : {});
  return [...found.available, ...found.pending]
    .filter((b) => b.currency === 'usd')
    .reduce((sum, b) => sum + b.amount, 0);
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

describe('a full refund', () => {
  it('by the seller takes exactly the net from them and exactly the fee from the platform, and puts the goods back', async () => {
    const order = await paidOrder();
    const before = { ...(await balances()), stock: await stock() };
    const page = await june.open(`/seller/${sellerId}/orders/${order.id}/refund`);
    expect(page.status).toBe(200);
    expect(page.text).toContain(order.split.sellerNet.format());
    const amount = String(order.split.charged.amount);
    const path = `/seller/${sellerId}/orders/${order.id}/refund`;
    const both = await Promise.all([
      june.post(path, { amount, reason: 'Broke in the kiln' }),
      june.post(path, { amount, reason: 'Broke in the kiln' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    await world.settle();
    const after = await balances();
    expect(BigInt(after.seller - before.seller)).toBe(-order.split.sellerNet.amount);
    expect(BigInt(after.platform - before.platform)).toBe(-order.split.applicationFee.amount);
    expect((await orderNow(order.id)).status).toBe('refunded');
    expect(await stock()).toBe(before.stock + 1);
    expect(await refundOf(order.id)).toHaveLength(1);
    expect((await june.open(path)).text).toContain('Refunded');
    await expectBooksAgree();
  });

  it('is for the seller’s own orders only', async () => {
    const order = await paidOrder();
    const other = world.visitor();
    await other.submit('/sign-in', { email: 'haruka@asagiri.example', password: DEMO_PASSWORD });
    expect((await other.open(`/seller/${sellerId}/orders/${order.id}/refund`)).status).toBeGreaterThanOrEqual(
      403,
    );
    const body = { reason: 'Not mine' };
    const answer = await other.api('POST', `/api/v1/sellers/${sellerId}/orders/${order.id}/refunds`, body);
    expect([403, 404]).toContain(answer.status);
    expect((await orderNow(order.id)).status).toBe('paid');
  });

  it('by an admin says why in the audit log, and a second one is the same one', async () => {
    const order = await paidOrder();
    const ask = () =>
      admin.api<ApiRefund>('POST', `/api/v1/admin/orders/${order.id}/refunds`, {
        reason: 'Asked for by the buyer',
      });
    const first = await ask();
    expect(first.status).toBe(201);
    await world.settle();
    const second = await ask();
    expect(second.status === 201 ? second.body.id : second.status).toBe(
      second.status === 201 ? first.body.id : 409,
    );
    expect((await admin.open(`/admin/audit?subject=${first.body.id}`)).text).toContain(
      'Asked for by the buyer',
    );
    expect((await refundOf(order.id))[0]).toMatchObject({
      status: 'succeeded',
      feeStep: 'done',
      reversalStep: 'done',
    });
  });

  it('says beside the field what to mend, and moves nothing', async () => {
    const order = await paidOrder();
    const path = `/seller/${sellerId}/orders/${order.id}/refund`;
    const answer = await june.post(path, { amount: '1', reason: '' });
    expect(answer.status).toBe(422);
    const stale = await june.post(path, { amount: '1', reason: 'Wrong colour' });
    expect(stale.status).toBe(422);
    expect(stale.text).toContain('has changed');
    expect(stale.text).toContain('Wrong colour');
    expect(await refundOf(order.id)).toEqual([]);
  });
});

describe('a seller whose balance is too short', () => {
  it('owes it, and pays with the next sales', async () => {
    const order = await paidOrder();
    await drain();
    await june.post(`/seller/${sellerId}/orders/${order.id}/refund`, {
      amount: String(order.split.charged.amount),
      reason: 'Lost in the post',
    });
    await world.settle();
    expect((await orderNow(order.id)).status).toBe('refunded');
    expect((await refundOf(order.id))[0]).toMatchObject({
      status: 'succeeded',
      feeStep: 'done',
      reversalStep: 'owed',
    });
    const [debt] = await world.get(Debts).owedBy(sellerId);
    expect(debt).toMatchObject({ orderId: order.id, status: 'pending' });
    expect((await admin.open('/admin/refunds/debts')).text).toContain(debt!.amount.format());

    await paidOrder();
    await paidOrder();
    await world.settle();
    expect(await world.get(Debts).byId(debt!.id)).toMatchObject({ status: 'recovered' });
    expect((await refundOf(order.id))[0]).toMatchObject({ reversalStep: 'done' });
    await expectBooksAgree();
  });

  it('is let off by an admin, with a reason', async () => {
    const order = await paidOrder();
    await drain();
    await admin.api('POST', `/api/v1/admin/orders/${order.id}/refunds`, { reason: 'Our mistake' });
    await world.settle();
    const [debt] = await world.get(Debts).owedBy(sellerId);
    const answer = await admin.api<{ status: string }>('POST', `/api/v1/admin/debts/${debt!.id}/write-off`, {
      reason: 'Too small',
    });
    expect(answer.body.status).toBe('written_off');
    await paidOrder();
    expect((await refundOf(order.id))[0]).toMatchObject({ reversalStep: 'written_off' });
    expect((await admin.open(`/admin/audit?subject=${debt!.id}`)).text).toContain('Too small');
  });
});

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
  if (left > 0)
    await world.stripe.payouts.create({ amount: left, currency: 'usd' }, { stripeAccount: account });
  await world.settle();
  expect(await balance(account)).toBe(0);
}

describe('a refund that the buyer’s bank sends back', () => {
  it('undoes itself, says so, and waits for a person until it is made again', async () => {
    const waiting = async () =>
      (await admin.api<{ failedRefunds: number }>('GET', '/api/v1/admin/attention')).body.failedRefunds;
    const order = await paidOrder('4000000000005126');
    await admin.api('POST', `/api/v1/admin/orders/${order.id}/refunds`, { reason: 'Changed their mind' });
    await world.settle();
    expect((await orderNow(order.id)).status).toBe('refunded');
    await pass(3);
    const back = await orderNow(order.id);
    expect(back.status).toBe('paid');
    expect(back.refunded.isZero).toBe(true);
    const [refund] = await refundOf(order.id);
    expect(refund!.status).toBe('failed');
    expect((await admin.open(`/admin/refunds/${refund!.id}`)).text).toContain('did not reach the buyer');
    await expectBooksAgree();
    expect(await waiting()).toBe(1);
    await admin.api('POST', `/api/v1/admin/orders/${order.id}/refunds`, { reason: 'Once more' });
    expect(await waiting()).toBe(0);
  });
});

describe('a refund made in Stripe’s dashboard', () => {
  it('is kept in a queue until an admin says what it was for', async () => {
    const order = await paidOrder();
    await world.stripe.refunds.create({ charge: order.chargeId!, amount: 500 });
    await world.settle();
    expect((await admin.open('/admin')).text).toContain('made in Stripe');
    const queue = await admin.api<{ items: (ApiRefund & { suggestedOrderId: string })[] }>(
      'GET',
      '/api/v1/admin/refunds?queue=outside',
    );
    expect(queue.body.items).toHaveLength(1);
    const [refund] = queue.body.items;
    expect(refund!.suggestedOrderId).toBe(order.id);
    const path = `/admin/refunds/${refund!.id}`;
    expect((await admin.open(path)).text).toContain(order.id);
    const done = await admin.submit(`${path}/attribute`, {
      orderId: order.id,
      bearer: 'seller',
      note: 'A scratch',
    });
    expect(done.path).toBe(path);
    await world.settle();
    expect((await orderNow(order.id)).refunded.amount).toBe(500n);
    await expectBooksAgree();
    // The rest goes back as exactly as the whole would have.
    const before = await balances();
    await admin.api('POST', `/api/v1/admin/orders/${order.id}/refunds`, { reason: 'The rest' });
    await world.settle();
    expect((await orderNow(order.id)).status).toBe('refunded');
    expect((await balances()).seller).toBeLessThan(before.seller);
    await expectBooksAgree();
  });
});

describe('a connection that breaks after Stripe has done it', () => {
  const steps = [
    ['the buyer’s refund', 'POST /v1/refunds'],
    ['the application fee', 'POST /v1/application_fees/:id/refunds'],
    ['the transfer', 'POST /v1/transfers/:id/reversals'],
  ];

  it.each(steps)('at %s goes on where it stopped, once', async (_, route) => {
    const order = await paidOrder();
    const before = await balances();
    // Three times: the SDK tries again twice by itself.
    await world.control('faults', { api: [{ route, when: 'after', status: 'close', times: 3 }] });
    await admin.api('POST', `/api/v1/admin/orders/${order.id}/refunds`, { reason: 'Crash test' });
    await world.settle();
    await world.control('faults/clear', {});
    for (let round = 0; round < 3; round++) {
      await world.rows(`update graphile_worker._private_jobs set run_at = now() where locked_at is null`);
      await world.settle();
    }
    const after = await balances();
    expect(BigInt(after.seller - before.seller)).toBe(-order.split.sellerNet.amount);
    expect(BigInt(after.platform - before.platform)).toBe(-order.split.applicationFee.amount);
    expect((await refundOf(order.id))[0]).toMatchObject({
      status: 'succeeded',
      feeStep: 'done',
      reversalStep: 'done',
    });
    await expectBooksAgree();
  });
});
