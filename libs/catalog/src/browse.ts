import { Injectable } from '@nestjs/common';
import { DomainError, Money } from '#kernel';
import {
  type Cursor,
  decodeCursor,
  hasWords,
  inWeek,
  keyset,
  type Page,
  pageOf,
  searchPage,
  Transactions,
  WEEK,
  weekByWeek,
  weekOf,
  wordsIn,
} from '#platform';
import { Sellers } from '#sellers';
import { Catalog } from './catalog.js';
import type { ListingCardView } from './catalog.views.js';
import { listingUrl } from './listing.rules.js';
import { type Search, SearchWords } from './search-words.js';

export const listingSorts = ['relevance', 'newest', 'price_low', 'price_high'] as const;
export type ListingSort = (typeof listingSorts)[number];

/** Everything is optional; prices only compare within one currency, so they need `currency`. */
export interface BrowseFilter {
  readonly q?: string | undefined;
  readonly category?: string | undefined;
  readonly currency?: string | undefined;
  readonly priceMin?: Money | undefined;
  readonly priceMax?: Money | undefined;
  readonly inStock?: boolean | undefined;
  /** ISO 3166 alpha-2. */
  readonly shipsFrom?: string | undefined;
  readonly sellerId?: string | undefined;
  /** Default: relevance with `q`, newest without. */
  readonly sort?: ListingSort | undefined;
}

interface CardRow {
  readonly id: string;
  readonly title: string;
  readonly seller_id: string;
  readonly currency: string;
  readonly price_from: bigint;
  readonly price_to: bigint;
  readonly in_stock: boolean;
  readonly published_at: Date;
  readonly rank: number;
}

const CARD = `l.id, l.title, l.seller_id, l.currency, l.price_from, l.price_to, l.in_stock, l.published_at`;

/** The condition of the partial indexes: without it word for word they are not used. */
const VISIBLE = `l.status = 'published' and l.shop_open and l.price_from is not null`;

/**
 * So many of the newest matches are ranked; ranking all matches of a common word would read the whole table. The page says
 * so, and every other order shows all matches.
 */
export const RANKED = 300;

/** What buyers search and page through: published listings of open shops with something to sell. */
@Injectable()
export class Browse {
  constructor(
    private readonly transactions: Transactions,
    private readonly sellers: Sellers,
    private readonly catalog: Catalog,
    private readonly searchWords: SearchWords,
  ) {}

  /** Throws `currency_needed` where prices are compared without a currency, and `cursor_invalid`. */
  async page(filter: BrowseFilter, after: string | null, limit = 24): Promise<Page<ListingCardView>> {
    const sort = filter.sort ?? (filter.q ? 'relevance' : 'newest');
    if (!filter.currency && (filter.priceMin || filter.priceMax || sort.startsWith('price')))
      throw DomainError.field('currency', 'currency_needed', 'Choose a currency to compare prices.');
    const key = filter.q ? sort : plain(sort);
    const cursor = decodeCursor(after, [sortKinds[key], 'text']);
    const search = filter.q ? await this.searchWords.read(filter.q) : undefined;
    const rows =
      search === null
        ? []
        : sort === 'relevance' && search
          ? await this.ranked(filter, search, cursor, limit)
          : await this.ordered(filter, search, sort, cursor, limit);
    const page = pageOf(rows, limit, cursor, (row) => [sortKey(row, key), row.id]);
    return { ...page, items: await this.cards(page.items) };
  }

  /** Countries and currencies that some visible listing has, for the filters. */
  async choices(): Promise<{ countries: string[]; currencies: string[] }> {
    return { countries: await this.distinct('ships_from'), currencies: await this.distinct('currency') };
  }

  private ordered(
    filter: BrowseFilter,
    search: Search | undefined,
    sort: ListingSort,
    cursor: Cursor | null,
    limit: number,
  ): Promise<CardRow[]> {
    const { where, parameters } = conditions(filter);
    const byPrice = sort.startsWith('price');
    const place = keyset(
      [byPrice ? 'l.price_from' : 'l.published_at', 'l.id'],
      sort === 'price_low' ? upwards(cursor) : cursor,
      parameters.length + 1,
    );
    parameters.push(...place.parameters);
    const found = !search
      ? `${where} and ${place.where}`
      : `l.id in (${matches(search, where, place, parameters, { byPrice, count: limit + 1 })})`;
    return this.transactions.query<CardRow>(
      `select ${CARD}, 0 as rank from catalog.listings l where ${found} order by ${place.orderBy} limit ${limit + 1}`,
      parameters,
    );
  }

  private ranked(
    filter: BrowseFilter,
    search: Search,
    cursor: Cursor | null,
    limit: number,
  ): Promise<CardRow[]> {
    const { where, parameters } = conditions(filter);
    const newest = keyset(['l.published_at', 'l.id'], null, 0);
    const found = matches(search, where, newest, parameters, { byPrice: false, count: RANKED });
    const query = `$${parameters.push(search.query)}::tsquery`;
    const place = keyset(['rank', 'id'], cursor, parameters.length + 1);
    return this.transactions.query<CardRow>(
      `select * from (
         select ${CARD}, ts_rank(l.search, ${query}) as rank from catalog.listings l where l.id in (${found})
       ) ranked where ${place.where} order by ${place.orderBy} limit ${limit + 1}`,
      [...parameters, ...place.parameters],
    );
  }

  private async cards(rows: readonly CardRow[]): Promise<ListingCardView[]> {
    const sellers = await this.sellers.byIds([...new Set(rows.map((row) => row.seller_id))]);
    const pictures = await this.catalog.firstPictures(rows.map((row) => row.id));
    return rows.map((row) => {
      const seller = sellers.get(row.seller_id);
      return {
        id: row.id,
        title: row.title,
        url: listingUrl(row.id, row.title),
        seller: { id: row.seller_id, name: seller?.name ?? '', slug: seller?.slug ?? '' },
        price: Money.of(row.price_from, row.currency),
        priceVaries: row.price_to > row.price_from,
        inStock: row.in_stock,
        picture: pictures.get(row.id) ?? null,
      };
    });
  }

  /** Jumps from value to value through the index, so that it reads as many rows as there are values. */
  private async distinct(column: 'ships_from' | 'currency'): Promise<string[]> {
    const rows = await this.transactions.query<{ value: string }>(
      `with recursive found as (
         (select l.${column} as value from catalog.listings l where ${VISIBLE} order by l.${column} limit 1)
         union all
         select (select l.${column} from catalog.listings l where ${VISIBLE} and l.${column} > found.value
                 order by l.${column} limit 1)
         from found where found.value is not null
       ) select value from found where value is not null`,
    );
    return rows.map((row) => row.value);
  }
}

/** Relevance without a search is no order: newest. */
const plain = (sort: ListingSort): ListingSort => (sort === 'relevance' ? 'newest' : sort);

/** What `sortKey` is, for the cursor. */
const sortKinds = {
  relevance: 'fraction',
  newest: 'time',
  price_low: 'whole',
  price_high: 'whole',
} as const;

function sortKey(row: CardRow, sort: ListingSort): string | number {
  if (sort === 'relevance') return row.rank;
  return sort === 'newest' ? row.published_at.toISOString() : row.price_from.toString();
}

/** A keyset that rises: the same comparison from the other end, beginning before the smallest. */
function upwards(cursor: Cursor | null): Cursor {
  if (!cursor) return { values: [-1, ''], direction: 'before' };
  return { ...cursor, direction: cursor.direction === 'after' ? 'before' : 'after' };
}

function conditions(filter: BrowseFilter): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const parts = [VISIBLE];
  if (filter.sellerId) parts.push(`l.seller_id = ${bind(filter.sellerId)}`);
  if (filter.category) parts.push(`l.category_id = ${bind(filter.category)}`);
  if (filter.currency) parts.push(`l.currency = ${bind(filter.currency)}`);
  if (filter.shipsFrom) parts.push(`l.ships_from = ${bind(filter.shipsFrom)}`);
  if (filter.priceMin) parts.push(`l.price_from >= ${bind(filter.priceMin.amount)}`);
  if (filter.priceMax) parts.push(`l.price_from <= ${bind(filter.priceMax.amount)}`);
  if (filter.inStock) parts.push('l.in_stock');
  return { where: parts.join(' and '), parameters };
}

/** The ids of the first matches after a place, as SQL; what it binds is added to `parameters`. */
function matches(
  search: Search,
  where: string,
  place: ReturnType<typeof keyset>,
  parameters: unknown[],
  { byPrice, count }: { byPrice: boolean; count: number },
): string {
  const bind = (value: string) => `$${parameters.push(value)}`;
  const table = 'catalog.listings l';
  const query = `${bind(search.query)}::tsquery`;
  const match = hasWords('l.search', query);
  if (byPrice) {
    const byIndex = `select * from ${table} where ${VISIBLE} and l.search @@ ${query}`;
    return searchPage({ table, where, match, byIndex }, place, count);
  }
  const inTheirWeek = bind(search.wordsIn(WEEK));
  const words = (week: string) =>
    `${VISIBLE} and ${wordsIn(`${weekOf('l.published_at')}::text`, 'l.search')} @@ ${inWeek(inTheirWeek, week)}`;
  const byIndex = weekByWeek(
    { table, where: `${where} and ${match}`, time: 'l.published_at', words, span: VISIBLE },
    place,
    count,
  );
  return searchPage({ table, where, match, byIndex }, place, count);
}
