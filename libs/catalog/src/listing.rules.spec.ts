import * as fc from 'fast-check';
import { DomainError, Money } from '#kernel';
import {
  checkedListing,
  listingIdOf,
  type ListingInput,
  listingUrl,
  searchParts,
  slugOf,
  stockWords,
} from './listing.rules.js';

const good: ListingInput = {
  title: '  A  mug ',
  description: ' Thrown by hand. ',
  category: 'ceramics',
  shipping: Money.zero('usd'),
  variants: [{ name: '', price: Money.of(2400n, 'usd'), stock: 3 }],
};

function fieldsOf(input: ListingInput): Record<string, string> {
  try {
    checkedListing(input, 'usd');
  } catch (error) {
    return { ...(error as DomainError).fields };
  }
  return {};
}

describe('a listing as a seller typed it', () => {
  it('is trimmed, and its only variant needs no name', () => {
    const listing = checkedListing(good, 'usd');
    expect(listing).toMatchObject({ title: 'A mug', description: 'Thrown by hand.' });
    expect(listing.variants[0]?.name).toBe('One size');
  });

  it('is refused with every mistake at once, beside its field', () => {
    const variant = { name: 'Large', price: Money.of(100n, 'usd'), stock: 1, sku: 'A' };
    const fields = fieldsOf({
      title: ' ',
      description: 'x'.repeat(5001),
      category: '',
      shipping: Money.of(-1n, 'usd'),
      variants: [
        variant,
        { ...variant, name: 'large', price: Money.zero('usd'), stock: 1.5 },
        { ...variant, name: '', sku: 'B', price: Money.of(100n, 'eur') },
      ],
    });
    expect(Object.keys(fields).sort()).toEqual([
      'category',
      'description',
      'shipping',
      'title',
      'variants.1.name',
      'variants.1.price',
      'variants.1.sku',
      'variants.1.stock',
      'variants.2.name',
      'variants.2.price',
    ]);
  });

  it('has at least one variant, and not too many', () => {
    expect(fieldsOf({ ...good, variants: [] })).toHaveProperty('variants');
    const many = Array.from({ length: 31 }, (_, i) => ({ ...good.variants[0]!, name: `v${i}` }));
    expect(fieldsOf({ ...good, variants: many })).toHaveProperty('variants');
  });
});

describe('addresses of listings', () => {
  it('read like the title and keep the id', () => {
    expect(slugOf('Crème brûlée — dish, 12 cm')).toBe('creme-brulee-dish-12-cm');
    expect(listingUrl('lst_01', '急須')).toBe('/listing/lst_01');
    fc.assert(
      fc.property(fc.string(), (title) => {
        const url = listingUrl('lst_01abc', title);
        expect(listingIdOf(url.slice('/listing/'.length))).toBe('lst_01abc');
        expect(url).toMatch(/^[a-z0-9_/-]+$/);
      }),
    );
  });
});

describe('what is said about stock', () => {
  it.each([
    [0, 'Sold out'],
    [2, 'Only 2 left'],
    [6, null],
  ])('%i pieces', (available, words) => {
    expect(stockWords(available)).toBe(words);
  });
});

describe('a search', () => {
  it.each([
    ['blue mu', { words: 'blue', beginning: 'mu' }],
    ['mug', { words: '', beginning: 'mug' }],
    ['"blue mug', { words: '"blue mug', beginning: null }],
    ['mug -blue', { words: 'mug -blue', beginning: null }],
    ['mug or', { words: 'mug or', beginning: null }],
    ['a & b:*', { words: 'a & b:*', beginning: null }],
    ['  ', { words: '', beginning: null }],
  ])('“%s” matches whole words and the beginning of the last', (text, parts) => {
    expect(searchParts(text)).toEqual(parts);
  });
});
