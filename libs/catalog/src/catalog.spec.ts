import 'reflect-metadata';
import { Test, type TestingModule } from '@nestjs/testing';
import { type Actor, type DomainError, Money, newId } from '#kernel';
import { Config, PlatformModule, Transactions } from '#platform';
import { StripeModule } from '#stripe';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { Browse, type BrowseFilter, type ListingSort } from './browse.js';
import { Catalog } from './catalog.js';
import { CatalogModule } from './catalog.module.js';
import type { ListingView } from './catalog.views.js';
import type { ListingInput } from './listing.rules.js';
import { Listings } from './listings.js';
import { Shops } from './shops.js';
import { Stock } from './stock.js';

let database: TestDatabase;
let app: TestingModule;
let transactions: Transactions;
let listings: Listings;
let stock: Stock;

beforeAll(async () => {
  database = await testDatabase();
  const config = new Config({
    DATABASE_URL: database.url,
    STRIPE_SECRET_KEY: 'sk_test_catalog',
    LOG_LEVEL: 'silent',
  });
  app = await Test.createTestingModule({
    imports: [PlatformModule.forRoot(config), StripeModule, CatalogModule],
  }).compile();
  transactions = app.get(Transactions);
  listings = app.get(Listings);
  stock = app.get(Stock);
});

afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Shop {
  readonly id: string;
  readonly owner: Actor;
}

async function shop(options: { currency?: string; country?: string; open?: boolean } = {}): Promise<Shop> {
  const id = newId('sel');
  const userId = newId('usr');
  await transactions.run(async () => {
    await transactions.write(
      `insert into sellers.sellers (id, slug, name, country, currency, can_sell, stage) values ($1, $1, $1, $2, $3, $4, 'open')`,
      [id, options.country ?? 'US', options.currency ?? 'usd', options.open ?? true],
    );
    await transactions.write(
      `insert into sellers.members (seller_id, user_id, role) values ($1, $2, 'owner')`,
      [id, userId],
    );
  });
  return { id, owner: { kind: 'user', userId, isAdmin: false } };
}

function mug(change: Partial<ListingInput> = {}): ListingInput {
  const variant = { name: 'Blue', price: Money.of(2400n, 'usd'), stock: 10 };
  return {
    title: 'Stoneware mug',
    description: 'Thrown by hand.',
    category: 'ceramics',
    shipping: Money.of(500n, 'usd'),
    variants: [variant],
    ...change,
  };
}

async function published(seller: Shop, change: Partial<ListingInput> = {}): Promise<ListingView> {
  const { id } = await listings.create(seller.owner, seller.id, mug(change));
  return listings.move(seller.owner, seller.id, id, 'publish');
}

const inOne = <T>(work: () => Promise<T>): Promise<T> => transactions.run(work);
const refusal = (promise: Promise<unknown>): Promise<DomainError> =>
  promise.then(
    () => Promise.reject(new Error('this should have been refused')),
    (error: DomainError) => error,
  );

async function figures(variantId: string): Promise<{ on_hand: number; held: number }> {
  const [row] = await transactions.query<{ on_hand: number; held: number }>(
    `select on_hand, held from catalog.variants where id = $1`,
    [variantId],
  );
  return row!;
}

describe('stock', () => {
  it('of ten pieces is held by exactly ten of forty buyers who come at once', async () => {
    const variantId = (await published(await shop())).variants[0]!.id;
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        inOne(() => stock.reserve(`ord_rush_${i}`, [{ variantId, quantity: 1 }])),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'out_of_stock', fields: { [variantId]: 'Sold out.' } });
    }
    expect(await figures(variantId)).toEqual({ on_hand: 10, held: 10 });
  });

  it('is never short and never stuck when orders want the same variants in different orders', async () => {
    const seller = await shop();
    const two = { price: Money.of(100n, 'usd'), stock: 20 };
    const listing = await published(seller, {
      variants: [
        { ...two, name: 'a' },
        { ...two, name: 'b' },
        { ...two, name: 'c' },
      ],
    });
    const ids = listing.variants.map(({ id }) => id);
    const ends = ['take', 'release'] as const;
    await Promise.all(
      Array.from({ length: 24 }, async (_, i) => {
        const order = `ord_mixed_${i}`;
        const mine = i % 2 ? ids : [...ids].reverse();
        await inOne(() =>
          stock.reserve(
            order,
            mine.map((variantId) => ({ variantId, quantity: 1 + (i % 2) })),
          ),
        ).catch(() => undefined);
        await inOne(() => stock[ends[i % 2]!](order)).catch(() => undefined);
      }),
    );
    for (const id of ids) {
      const { on_hand, held } = await figures(id);
      const [taken] = await transactions.query<{ pieces: number }>(
        `select coalesce(sum(quantity), 0)::int as pieces from catalog.reservations where variant_id = $1 and state = 'taken'`,
        [id],
      );
      const [waiting] = await transactions.query<{ pieces: number }>(
        `select coalesce(sum(quantity), 0)::int as pieces from catalog.reservations where variant_id = $1 and state = 'held'`,
        [id],
      );
      expect({ on_hand, held }).toEqual({ on_hand: 20 - taken!.pieces, held: waiting!.pieces });
    }
  });

  it('moves once however often a verb is repeated', async () => {
    const variantId = (await published(await shop())).variants[0]!.id;
    const lines = [{ variantId, quantity: 3 }];
    for (let i = 0; i < 2; i++) await inOne(() => stock.reserve('ord_once', lines));
    expect(await figures(variantId)).toEqual({ on_hand: 10, held: 3 });
    for (let i = 0; i < 2; i++) await inOne(() => stock.take('ord_once'));
    expect(await figures(variantId)).toEqual({ on_hand: 7, held: 0 });
    await inOne(() => stock.release('ord_once'));
    for (let i = 0; i < 2; i++) await inOne(() => stock.putBack('ord_once'));
    expect(await figures(variantId)).toEqual({ on_hand: 10, held: 0 });
    await expect(inOne(() => stock.take('ord_unknown'))).rejects.toThrow('not held');
    await expect(inOne(() => stock.reserve('ord_once', [{ variantId, quantity: 4 }]))).rejects.toThrow(
      'other stock',
    );
  });

  it('says for each variant what is wrong, and holds nothing then', async () => {
    const seller = await shop();
    const few = await published(seller, { variants: [{ name: '', price: Money.of(100n, 'usd'), stock: 2 }] });
    const many = await published(seller);
    const gone = await published(seller);
    await listings.move(seller.owner, seller.id, gone.id, 'archive');
    const ids = [few, many, gone].map((listing) => listing.variants[0]!.id);
    const error = await refusal(
      inOne(() =>
        stock.reserve(
          'ord_short',
          ids.map((variantId) => ({ variantId, quantity: 3 })),
        ),
      ),
    );
    expect(error.fields).toEqual({ [ids[0]!]: 'Only 2 left.', [ids[2]!]: 'This is no longer for sale.' });
    expect(await figures(ids[1]!)).toEqual({ on_hand: 10, held: 0 });
  });

  it('refuses to run outside a transaction', async () => {
    await expect(stock.release('ord_x')).rejects.toThrow('transactions.run');
  });

  it('that is gone shows in the list, and shows again when it returns', async () => {
    const seller = await shop();
    const one = { price: Money.of(100n, 'usd'), stock: 1 };
    const listing = await published(seller, {
      variants: [
        { ...one, name: 'a' },
        { ...one, name: 'b' },
      ],
    });
    const inStock = async () => (await app.get(Browse).page({ sellerId: seller.id }, null)).items[0]!.inStock;
    await Promise.all(
      listing.variants.map(({ id }, i) =>
        inOne(() => stock.reserve(`ord_last_${i}`, [{ variantId: id, quantity: 1 }])),
      ),
    );
    expect(await inStock()).toBe(false);
    await inOne(() => stock.release('ord_last_1'));
    expect(await inStock()).toBe(true);
  });
});

describe('a listing', () => {
  it('keeps what was sold while its form was open', async () => {
    const seller = await shop();
    const listing = await published(seller);
    const variantId = listing.variants[0]!.id;
    await inOne(() => stock.reserve('ord_meanwhile', [{ variantId, quantity: 4 }]));
    await inOne(() => stock.take('ord_meanwhile'));
    const typed = { id: variantId, name: 'Blue', price: Money.of(2600n, 'usd'), stock: 12, stockSeen: 10 };
    const edited = await listings.edit(seller.owner, seller.id, listing.id, mug({ variants: [typed] }));
    expect(edited.variants[0]).toMatchObject({ onHand: 8, available: 8, price: Money.of(2600n, 'usd') });
  });

  it('does not take away pieces that open orders hold', async () => {
    const seller = await shop();
    const listing = await published(seller);
    const variantId = listing.variants[0]!.id;
    await inOne(() => stock.reserve('ord_open', [{ variantId, quantity: 4 }]));
    const typed = { id: variantId, name: 'Blue', price: Money.of(2400n, 'usd'), stock: 1 };
    const error = await refusal(
      listings.edit(seller.owner, seller.id, listing.id, mug({ variants: [typed] })),
    );
    expect(error.fields).toEqual({ 'variants.0.stock': 'Open orders hold 4: enter at least 4.' });
  });

  it('archives the variants that were left out and keeps them for the orders that name them', async () => {
    const seller = await shop();
    const listing = await published(seller);
    const fresh = { name: 'Green', price: Money.of(2000n, 'usd'), stock: 1 };
    const edited = await listings.edit(seller.owner, seller.id, listing.id, mug({ variants: [fresh] }));
    expect(edited.variants.map(({ name }) => name)).toEqual(['Green']);
    const old = (await app.get(Catalog).variants([listing.variants[0]!.id])).get(listing.variants[0]!.id);
    expect(old).toMatchObject({ forSale: false, variantName: 'Blue' });
  });

  it('belongs to its seller alone', async () => {
    const [mine, theirs] = [await shop(), await shop()];
    const listing = await published(mine);
    for (const attempt of [
      listings.one(theirs.owner, theirs.id, listing.id),
      listings.edit(theirs.owner, theirs.id, listing.id, mug()),
      listings.move(theirs.owner, theirs.id, listing.id, 'archive'),
    ])
      expect((await refusal(attempt)).kind).toBe('not_found');
    expect((await refusal(listings.create(theirs.owner, mine.id, mug()))).kind).toBe('forbidden');
  });
});

describe('browsing', () => {
  const titles = async (filter: BrowseFilter) =>
    (await app.get(Browse).page(filter, null, 50)).items.map(({ title }) => title);

  it('finds words in any form, the beginning of the last one, and ranks the title first', async () => {
    const seller = await shop();
    await published(seller, { title: 'Quillwort lamp', description: 'For reading at night.' });
    await published(seller, { title: 'Reading stand', description: 'Holds a quillwort.' });
    const within = { sellerId: seller.id };
    expect(await titles({ ...within, q: 'quillworts' })).toEqual(['Quillwort lamp', 'Reading stand']);
    expect(await titles({ ...within, q: 'quill' })).toHaveLength(2);
    expect(await titles({ ...within, q: 'reading sta' })).toEqual(['Reading stand']);
    expect(await titles({ ...within, q: 'quillwort -lamp' })).toEqual(['Reading stand']);
    for (const strange of [`' or 1=1 --`, '"', '&|!():*', '-', '%', '\\', 'the'])
      await expect(titles({ q: strange })).resolves.toBeDefined();
  });

  it('finds a rare word among many listings, in whatever way it is asked for', async () => {
    const seller = await shop();
    const { id } = await published(seller, { title: 'Plain dish', description: 'Glazed.' });
    // So many that their list is not read to its end, over a year.
    await transactions.query(
      `insert into catalog.listings (id, seller_id, status, title, description, category_id, currency, shipping_amount,
         ships_from, shop_open, price_from, price_to, published_at)
       select id || n, seller_id, status, title, description, category_id, currency, shipping_amount, ships_from, shop_open,
         price_from + n, price_to + n, published_at - n * interval '3 hours'
       from catalog.listings, generate_series(1, 3200) n where id = $1`,
      [id],
    );
    const old = await published(seller, { title: 'Nightshade dish', description: 'Glazed twice.' });
    await published(seller, { title: 'Nightshade jar', description: 'Left raw.' });
    await transactions.query(
      `update catalog.listings set published_at = published_at - interval '500 days' where id = $1`,
      [old.id],
    );
    const searches: [string, string[]][] = [
      ['nightshade', ['Nightshade jar', 'Nightshade dish']],
      ['nightsh', ['Nightshade jar', 'Nightshade dish']],
      ['nightshade glaz', ['Nightshade dish']],
      ['the nightshade di', ['Nightshade dish']],
      ['nightshade -glazed', ['Nightshade jar']],
      ['nightshade -"glazed twice"', ['Nightshade jar']],
      ['"nightshade dish"', ['Nightshade dish']],
      ['"dish nightshade"', []],
      ['-dish', ['Nightshade jar']],
      ['jar or "glazed twice"', ['Nightshade jar', 'Nightshade dish']],
      ['nightshade x', []],
      ['the', []],
    ];
    const inShop = { sellerId: seller.id };
    for (const [q, found] of searches) {
      expect([q, await titles({ ...inShop, q, sort: 'newest' })]).toEqual([q, found]);
      expect([q, await titles({ ...inShop, q, sort: 'price_low', currency: 'usd' })]).toEqual([
        q,
        expect.arrayContaining(found),
      ]);
      expect([q, (await titles({ ...inShop, q })).toSorted()]).toEqual([q, found.toSorted()]);
      const own = await listings.page(seller.owner, seller.id, { q }, null);
      expect([q, own.items.map(({ title }) => title)]).toEqual([q, found]);
    }
    expect(await titles({ ...inShop, q: 'dish' })).toHaveLength(50);
  });

  it('shows only what is published, of open shops', async () => {
    const seller = await shop();
    const listing = await published(seller);
    await listings.create(seller.owner, seller.id, mug({ title: 'A draft' }));
    expect(await titles({ sellerId: seller.id })).toEqual(['Stoneware mug']);
    await setSelling(seller, false);
    expect(await titles({ sellerId: seller.id })).toEqual([]);
    await setSelling(seller, true);
    expect(await titles({ sellerId: seller.id })).toEqual(['Stoneware mug']);
    await listings.move(seller.owner, seller.id, listing.id, 'unpublish');
    expect(await titles({ sellerId: seller.id })).toEqual([]);
  });

  const orders: [ListingSort, string | undefined][] = [
    ['newest', undefined],
    ['newest', 'mug'],
    ['price_low', undefined],
    ['price_low', 'mug'],
    ['price_high', undefined],
    ['relevance', 'mug'],
  ];
  it.each(orders)(
    'pages forth and back by %s, searched through for %s, without losing or repeating a listing',
    async (sort, q) => {
      const seller = await shop({ currency: 'eur', country: 'DE' });
      for (const amount of [300n, 100n, 200n, 200n, 500n]) {
        const money = { shipping: Money.zero('eur') };
        await published(seller, {
          ...money,
          variants: [{ name: '', price: Money.of(amount, 'eur'), stock: 1 }],
        });
      }
      const filter = {
        sellerId: seller.id,
        currency: 'eur',
        sort,
        q,
      };
      const browse = app.get(Browse);
      const all = (await browse.page(filter, null, 50)).items.map(({ id }) => id);
      expect(all).toHaveLength(5);
      const seen: string[] = [];
      let page = await browse.page(filter, null, 2);
      for (;;) {
        seen.push(...page.items.map(({ id }) => id));
        if (!page.next) break;
        page = await browse.page(filter, page.next, 2);
      }
      expect(seen).toEqual(all);
      const back = await browse.page(filter, page.previous, 2);
      expect(back.items.map(({ id }) => id)).toEqual(all.slice(2, 4));
      if (sort.startsWith('price')) {
        const amounts = (await browse.page(filter, null, 50)).items.map(({ price }) => Number(price.amount));
        expect(amounts).toEqual([...amounts].sort((a, b) => (sort === 'price_low' ? a - b : b - a)));
      }
    },
  );

  it('compares prices within one currency only', async () => {
    const error = await refusal(app.get(Browse).page({ sort: 'price_low' }, null));
    expect(error.fields).toHaveProperty('currency');
  });
});

async function setSelling(seller: Shop, canSell: boolean): Promise<void> {
  await transactions.query(`update sellers.sellers set can_sell = $2 where id = $1`, [seller.id, canSell]);
  await app.get(Shops).refresh({ sellerId: seller.id });
}
