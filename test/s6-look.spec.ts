import { readFileSync } from 'node:fs';
import { Promotions } from '#checkout';
import { Listings } from '#catalog';
import { DEMO_PASSWORD, seedDemo } from '../apps/worker/src/demo-seed.js';
import { launchChromium } from './support/chromium.js';
import { World } from './support/world.js';

it('looks', async () => {
  const world = await World.start();
  await seedDemo(world.worker);
  await world.settle();
  const goods = await world.rows<{ slug: string; seller: string; variant: string; owner: string; listing: string }>(
    `select distinct on (s.slug) s.slug, s.id as seller, v.id as variant, m.user_id as owner, l.id as listing
     from sellers.sellers s join catalog.listings l on l.seller_id = s.id and l.status = 'published'
     join catalog.variants v on v.listing_id = l.id join sellers.members m on m.seller_id = s.id where l.shop_open order by s.slug, v.on_hand desc`);
  const pots = goods.find((g) => g.slug === 'redfern-pottery')!;
  await world.get(Promotions).create({ kind: 'user', userId: pots.owner, isAdmin: false }, pots.seller, { code: 'KILN-10', percentBps: 1000, amount: null, validFrom: null, validUntil: null, maxRedemptions: null });
  const browser = await launchChromium();
  const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  let n = 0;
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
  const look = async (name: string) => {
    const at = `/tmp/s6/${String(++n).padStart(2, '0')}-${name}`;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.screenshot({ path: `${at}-desk.png`, fullPage: true });
    const found = (await page.evaluate(`(() => { ${axe}; return axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ').slice(0, 300))) })()`)) as string[];
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 360, height: 800 });
    await page.screenshot({ path: `${at}-phone.png`, fullPage: true });
    const width = await page.evaluate('document.documentElement.scrollWidth');
    const dark = (await page.evaluate(`axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ').slice(0, 300)))`)) as string[];
    console.log(name, page.url(), width, JSON.stringify([...found, ...dark]));
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  try {
    await page.goto(world.url + '/cart');
    await look('empty-cart');
    for (const g of goods) {
      await page.goto(world.url + (await world.rows<{ u: string }>(`select '/listing/' || id as u from catalog.listings where id = $1`, [g.listing]))[0]!.u);
      await page.click('button:has-text("Add to cart")');
      await page.waitForURL('**/cart');
    }
    await look('cart');
    await page.goto(world.url + '/checkout');
    await page.fill('input[name=promotionCode]', 'nope');
    await page.click('button:has-text("Go on to the payments")');
    await page.waitForLoadState();
    await look('checkout-errors');
    await page.fill('input[name=promotionCode]', 'KILN-10');
    await page.fill('input[name=email]', 'ada@example.com');
    await page.click('button:has-text("Apply the code")');
    await page.waitForLoadState();
    await page.click('button:has-text("Go on to the payments")');
    await page.waitForLoadState();
    await look('checkout-missing');
    await page.fill('input[name=name]', 'Ada Byron');
    await page.selectOption('select[name=country]', 'GB');
    await page.fill('input[name=line1]', '12 St James Square');
    await page.fill('input[name=city]', 'London');
    await page.fill('input[name=postcode]', 'SW1Y 4LB');
    await page.click('button:has-text("Go on to the payments")');
    await page.waitForURL('**/purchases/**');
    const purchase = page.url();
    await look('purchase-open');
    await page.click('button:has-text("Pay ")');
    await page.waitForURL('**/pay/**', { timeout: 5000 }).catch(() => undefined);
    console.log('stripe', page.url());
    await page.screenshot({ path: '/tmp/s6/stripe.png', fullPage: true });
    const session = /cs_\w+/.exec(page.url())![0];
    await world.control(`sessions/${session}/pay`, { card: '4000000000009995' }).catch(() => undefined);
    await page.goto(purchase + '?back=left');
    await look('purchase-declined');
    await world.control(`sessions/${session}/pay`, {});
    await page.waitForSelector('text=Paid on', { timeout: 15000 });
    console.log('live turned to paid');
    await look('purchase-part');
    for (let i = 0; i < goods.length - 1; i++) {
      await page.goto(purchase);
      await page.click('button:has-text("Pay ")');
      await page.waitForURL((u) => !u.href.startsWith(world.url), { timeout: 8000 });
      const next = /cs_\w+/.exec(page.url())![0];
      await world.control(`sessions/${next}/pay`, {});
      await page.goto(purchase + '?back=paid');
    }
    await world.settle();
    await page.goto(purchase);
    await look('purchase-paid');
    await page.goto(purchase + '/receipt');
    await look('receipt');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    await page.screenshot({ path: '/tmp/s6/receipt-print.png', fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    // changed
    await page.goto(world.url + '/listing/' + pots.listing);
    await page.click('button:has-text("Add to cart")');
    await page.waitForURL('**/cart');
    await world.rows(`update catalog.variants set price_amount = price_amount + 500 where id = $1`, [pots.variant]).catch((e) => console.log(String(e)));
    await page.goto(world.url + '/cart');
    await look('cart-changed');
    // the seller
    await page.goto(world.url + '/sign-in');
    await page.fill('input[name=email]', 'june@redfern.example');
    await page.fill('input[name=password]', DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL((u) => !u.pathname.startsWith('/sign-in'));
    await page.goto(world.url + `/seller/${pots.seller}/orders`);
    await look('seller-orders');
    await page.goto(world.url + `/seller/${pots.seller}/orders?search=nobody`);
    await look('seller-orders-none');
    await page.goto(world.url + `/seller/${pots.seller}/orders`);
    await page.click('tbody a');
    await page.waitForLoadState();
    await look('seller-order');
    await page.fill('input[name=trackingNumber]', 'JJD0001');
    await page.click('button:has-text("Mark as shipped")');
    await page.waitForLoadState();
    await look('seller-order-wrong');
    await page.fill('input[name=carrier]', 'DHL');
    await page.click('button:has-text("Mark as shipped")');
    await page.waitForLoadState();
    await look('seller-order-shipped');
    await world.get(Listings);
    await page.goto(world.url + '/purchases');
    await look('purchases-empty');
    await page.goto(world.url + '/cart');
    await page.goto(world.url + '/checkout');
    await look('checkout-member');
  } finally {
    console.log(errors.join('\n'));
    await browser.close();
    await world.stop();
  }
}, 240_000);
