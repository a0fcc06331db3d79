import type { Browser } from 'playwright-core';
import { BooksCheck } from '#books';
import { formatMoney } from '../../apps/marketplace/src/ui/index.js';
import { seedDemo } from '../../apps/worker/src/demo-seed.js';
import { Album, launchChromium } from '../support/chromium.js';
import { eventually } from '../support/eventually.js';
import { Person } from '../support/person.js';
import { World } from '../support/world.js';

/** The whole job in a real browser, once, with pictures of every page in artefacts/main-job. */
describe('the main job, in a browser', () => {
  let world: World;
  let browser: Browser;
  const album = new Album('main-job');

  beforeAll(async () => {
    world = await World.start();
    await seedDemo(world.worker);
    await world.settle();
    browser = await launchChromium();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('onboards a seller, sells for two sellers in two currencies, refunds one order, and pays both out to the cent', async () => {
    const maker = await Person.at(browser, world.url, album);
    await maker.signUp('Mara Quay', 'mara@harbour-wood.example');
    const sellerId = await maker.openShop('Harbour Wood', 'United States', 'usd');
    await maker.onboard();
    await world.settle();
    await maker.list(sellerId, { title: 'Olive wood spoon', price: '24.00', stock: '6', category: 'Wood' });
    await maker.list(sellerId, { title: 'Ash serving board', price: '68.00', stock: '3', category: 'Wood' });

    const first = await buysFromTwo('Olive wood spoon', 'Pocket notebooks, set of three', {
      guest: 'robin@example.com',
    });
    const second = await buysFromTwo('Ash serving board', 'Letter set with wax seal', { phone: true });
    expect(new Set([...first, ...second]).size).toBe(4);

    await refundsAnOrder(maker, sellerId);
    await theClockMoves();
    await payoutsAddUp(maker, sellerId);
    await theAdminSeesIt();
    const report = await world.get(BooksCheck).run({ graceMinutes: 0 });
    expect(report.differences).toEqual([]);
  }, 240_000);

  /** One cart, two sellers, two currencies; answers the orders' ids. */
  async function buysFromTwo(
    one: string,
    other: string,
    how: { guest?: string; phone?: boolean },
  ): Promise<string[]> {
    const buyer = await Person.at(browser, world.url, album, {
      phone: how.phone ?? false,
      dark: how.phone ?? false,
    });
    if (!how.guest) await buyer.signIn('buyer@guildhall.test');
    await buyer.addToCart(one);
    await buyer.addToCart(other);
    await buyer.open('/cart');
    await buyer.picture('cart');
    await buyer.checkOut(how.guest ?? null);
    await buyer.page.waitForURL(/\/purchases\//);
    await buyer.picture('purchase-before-paying');
    for (const turn of ['first', 'second']) {
      await buyer.goAndPay();
      await buyer.payWith({ number: '4242 4242 4242 4242' });
      await buyer.page.waitForURL(/\/purchases\//);
      await buyer.picture(`purchase-after-the-${turn}`);
    }
    await eventually(async () => {
      await buyer.page.reload();
      expect(await buyer.words()).toMatch(/paid/i);
      expect(await buyer.page.getByRole('button', { name: /^Pay / }).count()).toBe(0);
    });
    await world.settle();
    const purchaseId = /pur_\w+/.exec(buyer.page.url())![0];
    await buyer.leave();
    const orders = await world.rows<{ id: string; status: string }>(
      `select id, status from orders.orders where purchase_id = $1`,
      [purchaseId],
    );
    expect(orders.map((order) => order.status)).toEqual(['paid', 'paid']);
    return orders.map((order) => order.id);
  }

  async function refundsAnOrder(maker: Person, sellerId: string): Promise<void> {
    await maker.open(`/seller/${sellerId}/orders`);
    await maker.picture('seller-orders');
    await maker.page.locator('main table a').first().click();
    await maker.picture('seller-order');
    await maker.page.getByRole('link', { name: /Refund/ }).click();
    const reason = maker.page.locator('main').getByLabel(/reason|why/i);
    await reason.first().fill('The board was cracked');
    await maker.picture('refund-preview');
    await maker.page.getByRole('button', { name: /^Refund/ }).click();
    await world.settle();
    await maker.page.reload();
    await maker.picture('refund-done');
    const refunds = await world.rows(`select id from refunds.refunds`);
    expect(refunds).toHaveLength(1);
  }

  async function theClockMoves(): Promise<void> {
    const emulator = await Person.at(browser, world.emulator.url, album);
    await emulator.open('/dashboard/clock');
    for (let day = 0; day < 2; day++) {
      await emulator.press('Seven days');
      await emulator.page.waitForLoadState();
      await world.settle();
    }
    await emulator.picture('emulator-clock');
    await emulator.open('/');
    await emulator.picture('emulator-overview');
    await emulator.leave();
  }

  /** Every line of each payout's page is a balance transaction of Stripe's list, and each says what it is from. */
  async function payoutsAddUp(maker: Person, sellerId: string): Promise<void> {
    const payouts = await world.rows<{
      id: string;
      stripe_account: string;
      amount: bigint;
      currency: string;
      status: string;
      seller_id: string;
    }>(
      `select id, stripe_account, amount, currency, status, seller_id from payouts.payouts where seller_id is not null order by currency`,
    );
    expect(payouts.map((payout) => payout.status)).toEqual(['paid', 'paid']);
    for (const payout of payouts) {
      const atStripe = await world.stripe.balanceTransactions
        .list({ payout: payout.id, limit: 100 }, { stripeAccount: payout.stripe_account })
        .autoPagingToArray({ limit: 1000 });
      const lines = atStripe.filter((line) => line.type !== 'payout');
      const mirrored = await world.rows<{ id: string; net: bigint; order_id: string | null }>(
        `select id, net from books.balance_transactions where stripe_account = $1 and payout_id = $2 and type <> 'payout' order by id`,
        [payout.stripe_account, payout.id],
      );
      expect(mirrored.map(({ id, net }) => [id, Number(net)])).toEqual(
        lines.map(({ id, net }) => [id, net]).sort(),
      );
      expect(lines.reduce((sum, line) => sum + line.net, 0)).toBe(Number(payout.amount));
    }
    const own = payouts.find((payout) => payout.seller_id === sellerId)!;
    await maker.open(`/seller/${sellerId}/balance`);
    await maker.picture('seller-balance');
    await maker.open(`/seller/${sellerId}/payouts/${own.id}`);
    await maker.picture('seller-payout');
    const shown = await maker.page.locator('main tbody tr').allInnerTexts();
    const atStripe = await world.stripe.balanceTransactions.list(
      { payout: own.id },
      { stripeAccount: own.stripe_account },
    );
    for (const line of atStripe.data.filter(({ type }) => type !== 'payout')) {
      const net = formatMoney(BigInt(line.net), line.currency);
      expect(shown.filter((row) => row.includes(net) && /Order \w+/.test(row))).not.toEqual([]);
    }
    expect(shown.length).toBe(atStripe.data.length - 1);
  }

  /** Fees and payouts as the admin reads them, to the cent. */
  async function theAdminSeesIt(): Promise<void> {
    const admin = await Person.at(browser, world.url, album);
    await admin.signIn('admin@guildhall.test');
    for (const path of [
      '',
      '/fees',
      '/payouts',
      '/sellers',
      '/orders',
      '/refunds',
      '/events',
      '/books',
      '/audit',
    ]) {
      await admin.open(`/admin${path}`);
      await admin.picture(`admin${path.replaceAll('/', '-') || '-overview'}`);
    }
    const kept = await world.rows<{ currency: string; amount: bigint }>(
      `select currency, sum(application_fee_amount)::bigint as amount from orders.orders
       where status in ('paid', 'shipped') group by currency`,
    );
    expect(kept).toHaveLength(2);
    await admin.open('/admin');
    for (const { amount, currency } of kept)
      expect(await admin.words()).toContain(formatMoney(amount, currency));
    const paidOut = await world.rows<{ currency: string; amount: bigint }>(
      `select currency, amount from payouts.payouts where seller_id is not null`,
    );
    await admin.open('/admin/payouts');
    for (const { amount, currency } of paidOut)
      expect(await admin.words()).toContain(formatMoney(amount, currency));
    await admin.leave();
  }
});
