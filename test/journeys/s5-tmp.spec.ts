import { writeFileSync } from 'node:fs';
import { Users } from '#identity';
import { Sellers, SellerOnboarding, SellerSignUp } from '#sellers';
import { Books } from '#books';
import { Transactions } from '#platform';
import { Money } from '#kernel';
import { launchChromium } from '../support/chromium.js';
import { readFileSync } from 'node:fs';
import { World } from '../support/world.js';

it('pages', async () => {
  const world = await World.start();
  const users = world.get(Users);
  const user = await users.create({ email: 'mara@example.com', name: 'Mara', password: 'a long password 1' });
  await world.rows(`update identity.users set is_admin = true, email_confirmed_at = now() where id = $1`, [user.id]).catch((e) => console.log(String(e)));
  const owner = { kind: 'user', userId: user.id, isAdmin: true } as const;
  const seller = await world.get(SellerSignUp).create(owner, { name: 'Falz & Faden', country: 'DE', currency: 'eur', acceptTerms: true });
  const account = seller.stripeAccount!;
  await world.control(`accounts/${account}/complete_onboarding`, {});
  await world.get(SellerOnboarding).refresh(seller.id);
  const { engine } = world.emulator;
  const eur = (amount: bigint) => Money.of(amount, 'eur');
  const sell = async (n: number) => {
    const about = { orderId: `ord_000${n}`, sellerId: seller.id, occurredAt: new Date(engine.clock.now()), account };
    await world.get(Transactions).run(() => world.get(Books).expect(
      { ...about, kind: 'transfer', transferId: `tr_${n}`, destinationPaymentId: `py_${n}`, gross: eur(1000n) },
      { ...about, kind: 'application_fee', feeId: `fee_${n}`, destinationPaymentId: `py_${n}`, amount: eur(123n) },
    ));
    const availableOn = engine.clock.seconds() + 2 * 86400;
    const fee = { type: 'application_fee', amount: 123, currency: 'eur', application: null, description: null };
    engine.transact(() => {
      const shared = { currency: 'eur', availableOn };
      engine.ledger.post(engine.platform, { ...shared, type: 'transfer', amount: -1000, source: `tr_${n}` });
      engine.ledger.post(engine.platform, { ...shared, type: 'application_fee', amount: 123, source: `fee_${n}` });
      engine.ledger.post(account, { ...shared, type: 'payment', amount: 1000, source: `py_${n}`, fees: [fee] });
    });
  };
  await sell(1); await sell(2);
  await world.settle();
  await world.control('clock/advance', { seconds: 6 * 86400 });
  await world.settle();
  await sell(3);
  await world.run('books.mirror.all');
  await world.run('reconciliation.check');
  const b = world.visitor();
  const signIn = await b.submit('/sign-in', { email: 'mara@example.com', password: 'a long password 1' });
  console.log('sign in', signIn.status, signIn.path);
  const pages: string[] = [`/seller/${seller.id}/payouts`, `/seller/${seller.id}/balance`, '/admin/payouts', '/admin/books', `/seller/${seller.id}/payouts.csv`, '/admin/payouts.csv', '/admin/differences.csv', `/api/v1/sellers/${seller.id}/payouts`, `/api/v1/sellers/${seller.id}/balance`, `/api/v1/sellers/${seller.id}/balance/transactions`, '/api/v1/admin/payouts?state=paid', '/api/v1/admin/books', '/api/v1/admin/books/differences'];
  const [p] = await world.rows<{ id: string }>('select id from payouts.payouts limit 1');
  pages.push(`/seller/${seller.id}/payouts/${p!.id}`, `/seller/${seller.id}/payouts/${p!.id}/lines.csv`, `/admin/payouts/${p!.id}`);
  for (const path of pages) {
    const answer = await b.open(path);
    writeFileSync(`/tmp/s5-pages/${path.replaceAll(/[^a-z0-9.]+/gi, '_')}.html`, answer.text);
    console.log(answer.status, path, answer.text.length);
  }
  await b.post('/admin/books/check'); await world.settle();
  console.log(JSON.stringify(await world.rows('select * from reconciliation.runs')).length);
  const odd = await b.open('/admin/payouts?state=nonsense'); console.log(odd.status);
  await world.control(`accounts/${account}/payouts/${p!.id}/fail`, { code: 'account_closed' });
  await world.settle();
  await world.rows(`alter table payouts.payouts disable trigger all; `).catch(() => 0);
  await world.rows(`update payouts.payouts set arrival_on = arrival_on + 1`);
  await world.run('reconciliation.check');
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(world.url + '/sign-in');
  await page.fill('input[name=email]', 'mara@example.com'); await page.fill('input[name=password]', 'a long password 1');
  await Promise.all([page.waitForURL((u: URL) => !u.pathname.includes('sign-in')), page.click('button:has-text("Sign in")')]);
  const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  const [d] = await world.rows<{ id: string }>('select id from reconciliation.differences limit 1');
  let n = 0;
  for (const path of [`/seller/${seller.id}/payouts`, `/seller/${seller.id}/balance`, '/admin/payouts', '/admin/books', `/admin/books/differences/${d?.id}`, `/seller/${seller.id}/payouts/${p!.id}`]) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(world.url + path);
    if (new URL(page.url()).pathname !== path) throw new Error('landed on ' + page.url());
    await page.screenshot({ path: `/tmp/s5-pages/${++n}.png`, fullPage: true });
    const found = await page.evaluate(`(() => { ${axe}; return axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' | ').slice(0, 300))) })()`).catch((e: unknown) => String(e));
    console.log(path, JSON.stringify(found));
    await page.setViewportSize({ width: 360, height: 800 });
    await page.screenshot({ path: `/tmp/s5-pages/${n}-phone.png`, fullPage: true });
    console.log('overflow', await page.evaluate('document.documentElement.scrollWidth'));
  }
  await browser.close();
  await world.stop();
}, 120000);
