import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { Config, PlatformModule, Transactions } from '#platform';
import { StripeModule } from '#stripe';
import { Browse, CatalogModule, Listings, type BrowseFilter } from '#catalog';
import { testDatabase } from './support/database.js';
it('pages fast', async () => {
  const database = await testDatabase();
  const config = new Config({ DATABASE_URL: database.url, STRIPE_SECRET_KEY: 'sk_test_x', LOG_LEVEL: 'error' });
  const app = await Test.createTestingModule({ imports: [PlatformModule.forRoot(config), StripeModule, CatalogModule] }).compile();
  const t = app.get(Transactions); const browse = app.get(Browse);
  await t.query(`insert into sellers.sellers (id, slug, name, country, currency, can_sell, stage) select 'sel_'||i, 's'||i, 'Shop '||i, 'US', 'usd', true, 'open' from generate_series(1,1000) i`);
  await t.query(`insert into catalog.shops select id, true from sellers.sellers`);
  await t.query(`insert into sellers.members (seller_id, user_id, role) values ('sel_7','usr_1','owner')`);
  const measure = async (n: number) => {
    const shapes: Record<string, BrowseFilter & { deep?: boolean }> = { newest: {}, price: { currency: 'usd', sort: 'price_low' }, category: { category: 'tea' }, stock: { inStock: true, currency: 'eur' }, country: { shipsFrom: 'JP' }, shop: { sellerId: 'sel_7' }, common: { q: 'mug' }, rare: { q: 'zephyr123' }, prefix: { q: 'blue mu' }, range: { currency: 'usd', priceMin: undefined, category: 'home', sort: 'price_high' }, nothing: { q: 'nonexistentword' } };
    for (const [name, f] of Object.entries(shapes)) {
      await browse.page(f, null); const first = await browse.page(f, null);
      const s = performance.now(); for (let i = 0; i < 5; i++) await browse.page(f, first.next); const ms = (performance.now() - s) / 5;
      console.log(n, name, ms.toFixed(1), first.items.length);
    }
    let s = performance.now(); await browse.choices(); console.log(n, 'choices', (performance.now() - s).toFixed(1));
    s = performance.now(); await app.get(Listings).page({ kind: 'user', userId: 'usr_1', isAdmin: false }, 'sel_7', { q: 'mug' }, null); console.log(n, 'seller list', (performance.now() - s).toFixed(1));
  };
  const fill = async (from: number, to: number) => {
    await t.query(`insert into catalog.listings (id, seller_id, status, title, description, category_id, currency, shipping_amount, ships_from, shop_open, price_from, price_to, in_stock, published_at)
     select 'lst_'||lpad(i::text, 9, '0'), 'sel_'||(1+i%1000), 'published', (array['Blue mug','Red bowl','Green vase','Paper lamp'])[1+i%4]||' '||i, 'Thrown by hand in a small workshop. zephyr'||(i/10), (array['tea','home','ceramics','art'])[1+i%4], (array['usd','eur','jpy'])[1+i%3], 500, (array['US','DE','JP'])[1+i%3], true, 100+(i*7919)%10000, 20000, i%20<>0, now() - (i||' seconds')::interval from generate_series(${from},${to}) i`);
    await t.query(`analyze catalog.listings`);
  };
  await fill(1, 10_000); await measure(10_000);
  await fill(10_001, 400_000); await measure(400_000);
  await app.close(); await database.drop();
}, 500_000);
