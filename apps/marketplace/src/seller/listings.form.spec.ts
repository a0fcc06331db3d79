import 'reflect-metadata';
import { DomainError } from '#kernel';
import { inputOf, redrawnRows, typedListing } from './listings.form.js';

const body = {
  title: 'A mug',
  do: 'save',
  'variants.4.name': 'Large',
  'variants.4.price': '12,50',
  'variants.4.stock': '3.5',
  'variants.2.name': 'Small',
  'variants.2.price': 'ten',
  'variants.2.stock': '1',
};

describe('the form of a listing', () => {
  it('is read from flat fields, in the order of its rows', () => {
    const form = typedListing(body);
    expect(form.variants.map(({ name }) => name)).toEqual(['Small', 'Large']);
    expect(form).not.toHaveProperty('do');
  });

  it('says all that must be mended at once, each beside its field', () => {
    try {
      inputOf(typedListing(body), 'usd');
      throw new Error('this should have been refused');
    } catch (error) {
      expect((error as DomainError).fields).toEqual({
        category: 'Choose a category.',
        'variants.0.price': 'Enter an amount in USD such as 12.50.',
        'variants.1.stock': 'Enter how many you have as a whole number, 0 or more.',
      });
    }
  });

  it('grows and shrinks without losing what was typed', () => {
    const form = typedListing(body);
    const grown = redrawnRows(form, 'add-variant');
    expect(grown?.variants.map(({ name }) => name)).toEqual(['Small', 'Large', '']);
    expect(grown?.title).toBe('A mug');
    expect(redrawnRows(form, 'remove-variant-0')?.variants.map(({ name }) => name)).toEqual(['Large']);
    expect(redrawnRows(form, 'save')).toBeNull();
  });
});
