import { readFileSync } from 'node:fs';
import { Books } from '#books';
import { Users } from '#identity';
import { Money } from '#kernel';
import { Transactions } from '#platform';
import { SellerOnboarding, SellerSignUp } from '#sellers';
import { launchChromium } from '../support/chromium.js';
import { World } from '../support/world.js';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const password = 'a long password 1';

it('shows balance, payouts and books to whom they belong, on a phone too, with nothing for axe to find', async () => {
  const world = await World.start();
  try {
    const user = await world.get(Users).create({ email: 'mara@example.com', name: 'Mara', password });
    await world.rows(`update identity.users set is_admin = true, email_confirmed_at = now() where id = $1`, [
      user.id,
    ]);
    const owner = { kind: 'user', userId: user.id, isAdmin: true } as const;
    const seller = await world
      .get(SellerSignUp)
      .create(owner, { name: 'Falz & Faden', country: 'DE', currency: 'eur', acceptTerms: true });
    const account = seller.stripeAccount!;
    await world.control(`accounts/${account}/complete_onboarding`, {});
    await world.get(SellerOnboarding).refresh(seller.id);
    await transfer(world, account, seller.id, 1);
    await world.settle();
    await world.control('clock/advance', { seconds: 6 * 86_400 });
    await world.settle();
    await transfer(world, account, seller.id, 2);
    await world.mirrorEverything();
    await world.run('reconciliation.check');
    const [payout] = await world.rows<{ id: string }>(
      `select id from payouts.payouts where stripe_account = $1`,
      [account],
    );
    const [difference] = await world.rows<{ id: string }>(
      `select id from reconciliation.differences limit 1`,
    );
    expect(difference).toBeUndefined();
    const desk = `/seller/${seller.id}`;
    const paths = [
      `${desk}/balance`,
      `${desk}/payouts`,
      `${desk}/payouts/${payout!.id}`,
      '/admin/payouts',
      '/admin/books',
    ];
    const stranger = world.visitor();
    for (const path of paths)
      expect((await stranger.send('GET', path)).headers.get('location')).toContain('/sign-in');
    await look(world, paths);
    await bookFromThePage(world);
  } finally {
    await world.stop();
  }
});

/** Ten euros for the seller, as both sides see them; available in two days. */
async function transfer(world: World, account: string, sellerId: string, number: number): Promise<void> {
  const { engine } = world.emulator;
  const about = { orderId: `ord_${number}`, sellerId, occurredAt: new Date(engine.clock.now()), account };
  const ids = { transferId: `tr_${number}`, destinationPaymentId: `py_${number}` };
  await world
    .get(Transactions)
    .run(() =>
      world.get(Books).expect({ ...about, ...ids, kind: 'transfer', gross: Money.of(1000n, 'eur') }),
    );
  const shared = { currency: 'eur', availableOn: engine.clock.seconds() + 2 * 86_400 };
  engine.transact(() => {
    engine.ledger.post(engine.platform, {
      ...shared,
      type: 'transfer',
      amount: -1000,
      source: ids.transferId,
    });
    engine.ledger.post(account, {
      ...shared,
      type: 'payment',
      amount: 1000,
      source: ids.destinationPaymentId,
    });
  });
}

/** What no rule knows: the page's form refuses to guess, and takes it out of suspense. */
async function bookFromThePage(world: World): Promise<void> {
  const { engine } = world.emulator;
  const correction = { type: 'adjustment', amount: -700, currency: 'usd', source: 'dp_1' };
  engine.transact(() => engine.ledger.post(engine.platform, correction));
  await world.mirrorEverything();
  await world.run('reconciliation.check');
  const [{ id } = { id: '' }] = await world.rows<{ id: string }>(`select id from reconciliation.differences`);
  const path = `/admin/books/differences/${id}`;
  await look(world, [path]);
  const mara = world.visitor();
  await mara.submit('/sign-in', { email: 'mara@example.com', password });
  const refused = await mara.post(`${path}/book`, { account: 'my_pocket', note: 'A correction.' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Choose the account that it belongs to.');
  expect(refused.text).toContain('value="A correction."');
  const booked = await mara.submit(`${path}/book`, { account: 'adjustments', note: 'A correction.' });
  expect(booked.text).toContain('It was booked.');
  const back = await mara.submit(`${path}/take-back`, { note: 'It was a fee.' });
  expect(back.text).toContain('It is in suspense again.');
  await mara.submit(`${path}/book`, { account: 'stripe_fees', note: 'A fee.' });
  await world.run('reconciliation.check');
  expect((await mara.open('/admin/books')).text).toContain('All agree');
}

async function look(world: World, paths: string[]): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${world.url}/sign-in`);
    await page.fill('input[name=email]', 'mara@example.com');
    await page.fill('input[name=password]', password);
    const away = page.waitForURL((url) => !url.pathname.includes('sign-in'));
    await Promise.all([away, page.click('button:has-text("Sign in")')]);
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 900 });
      const answer = await page.goto(world.url + path);
      // A page that turned us away has nothing for axe to find either.
      expect([answer!.status(), new URL(page.url()).pathname]).toEqual([200, path]);
      const found = await page.evaluate(
        `(() => { ${axe}; return axe.run().then((r) => r.violations.map((v) => v.id)); })()`,
      );
      await page.setViewportSize({ width: 360, height: 800 });
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect([path, found, width]).toEqual([path, [], 360]);
    }
  } finally {
    await browser.close();
  }
}
