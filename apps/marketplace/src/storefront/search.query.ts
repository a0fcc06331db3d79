import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { currencyCodes, DomainError, Money } from '#kernel';
import { type BrowseFilter, type ListingSort, listingSorts } from '#catalog';
import { Filled, PageQuery } from '../http/index.js';

/** What a search may ask; the page and the API share it. */
export class SearchQuery extends PageQuery {
  @Filled() @IsOptional() @IsString() @MaxLength(200, { message: 'Search for at most 200 characters.' })
  q?: string;

  @Filled() @IsOptional() @IsString() @MaxLength(60)
  category?: string;

  @Filled() @IsOptional() @IsIn(currencyCodes, { message: 'Choose a currency from the list.' })
  currency?: string;

  /** A decimal amount in `currency`, such as 12.50. */
  @Filled() @IsOptional() @IsString() @MaxLength(20)
  price_min?: string;

  @Filled() @IsOptional() @IsString() @MaxLength(20)
  price_max?: string;

  @Filled() @IsOptional() @IsIn(['yes'], { message: 'Send “yes” or leave it out.' })
  in_stock?: string;

  @Filled() @IsOptional() @Matches(/^[A-Z]{2}$/, { message: 'Choose a country from the list.' })
  ships_from?: string;

  @Filled() @IsOptional() @IsIn(listingSorts, { message: `Sort by ${listingSorts.join(', ')}.` })
  sort?: ListingSort;
} // prettier-ignore

const names = [
  'q',
  'category',
  'currency',
  'price_min',
  'price_max',
  'in_stock',
  'ships_from',
  'sort',
  'cursor',
];

/** The page forgives what others hang on its address, such as a newsletter's marks. */
export function knownFilters(query: object): Record<string, string> {
  const known = Object.entries(query).filter(
    ([name, value]) => names.includes(name) && typeof value === 'string',
  );
  return Object.fromEntries(known) as Record<string, string>;
}

/** Throws with `currency`, `price_min` or `price_max` for amounts that can't be read. */
export function filterOf(query: SearchQuery): BrowseFilter {
  const { currency } = query;
  return {
    q: query.q,
    category: query.category,
    currency,
    inStock: query.in_stock === 'yes',
    shipsFrom: query.ships_from,
    sort: query.sort,
    priceMin: amount('price_min', query.price_min, currency),
    priceMax: amount('price_max', query.price_max, currency),
  };
}

function amount(field: string, text: string | undefined, currency: string | undefined): Money | undefined {
  if (!text) return undefined;
  if (!currency)
    throw DomainError.field('currency', 'currency_needed', 'Choose a currency to compare prices.');
  try {
    return Money.parse(text, currency);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw DomainError.field(field, error.code, error.message);
  }
}
