import { spawn, spawnSync } from 'node:child_process';
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
  const run = (...args: string[]) => {
    const r = spawnSync(process.execPath, ['--enable-source-maps', 'dist/apps/worker/src/books.js', ...args], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: world.config.databaseUrl, STRIPE_SECRET_KEY: 'sk_test_guildhall', STRIPE_API_BASE: world.emulator.url, LOG_LEVEL: 'silent' }, timeout: 60000 });
    console.log(r.status + String(r.stdout) + String(r.stderr));
  };
  await new Promise((r) => setTimeout(r, 100));
  const runAsync = (...args: string[]) => new Promise<void>((resolve) => {
    const c = spawn(process.execPath, ['dist/apps/worker/src/books.js', ...args], { env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: world.config.databaseUrl, STRIPE_SECRET_KEY: 'sk_test_guildhall', STRIPE_API_BASE: world.emulator.url, LOG_LEVEL: 'silent' } });
    let out = ''; c.stdout.on('data', (d) => (out += d)); c.stderr.on('data', (d) => (out += d));
    c.on('exit', (code) => { console.log('exit ' + code + '\n' + out); resolve(); });
  });
  void run;
  await runAsync();
  await world.rows(`update ledger.balances set amount = amount + 1 where account = 'stripe:platform'`);
  await runAsync('--strict');
  await world.stop();
}, 120000);
