import { currencyFacts } from '#kernel';
import { demoShops } from './index.js';

const listings = demoShops.flatMap((shop) => shop.listings.map((listing) => ({ shop, listing })));

it('sells in at least three currencies, at prices that Stripe takes', () => {
  expect(new Set(demoShops.map(({ currency }) => currency)).size).toBeGreaterThanOrEqual(3);
  for (const { shop, listing } of listings) {
    const { minimum } = currencyFacts(shop.currency);
    for (const variant of listing.variants) expect(variant.amountMinor).toBeGreaterThanOrEqual(minimum);
  }
});

it('tells its goods apart by title, variant and picture', () => {
  const count = (values: string[]) => new Set(values).size;
  expect(count(listings.map(({ listing }) => listing.title))).toBe(listings.length);
  expect(count(listings.map(({ listing }) => listing.picture.svg))).toBe(listings.length);
  for (const { listing } of listings)
    expect(count(listing.variants.map(({ name }) => name))).toBe(listing.variants.length);
});

it('draws every picture without a broken number, a script or a link', () => {
  for (const { listing } of listings) {
    expect(listing.picture.svg).not.toMatch(/NaN|undefined|Infinity|<script|href/);
    expect(listing.picture.alt.length).toBeGreaterThan(20);
  }
});
