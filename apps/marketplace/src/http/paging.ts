import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { Page } from '#platform';
import { Filled } from './filters.js';

/** The place in a list; queries with filters extend it, so that every list takes the same parameter. */
export class PageQuery {
  /** `next` or `previous` of a page. */
  @MaxLength(300)
  @IsString()
  @IsOptional()
  @Filled()
  cursor?: string;
}

/** The same list with other filters; what is empty is left out. */
export function address(path: string, query: object): string {
  const set = Object.entries(query).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
  );
  return set.length > 0 ? `${path}?${new URLSearchParams(set).toString()}` : path;
}

/** What a list was asked for, without the place in it: a file has no pages. */
export function filtersOf<Q extends PageQuery>({ cursor: _, ...filters }: Q): Omit<Q, 'cursor'> {
  return filters;
}

export function isFiltered(query: PageQuery): boolean {
  return Object.values(filtersOf(query)).some((value) => value !== undefined && value !== '');
}

/**
 * The pager's addresses: the pages around this one, with the filters kept. Of two lists on one page the second names
 * its own `parameter`.
 */
export function pagerOf(
  path: string,
  query: object,
  page: Page<unknown>,
  parameter = 'cursor',
): { previous?: string; next?: string } {
  return {
    ...(page.previous && { previous: address(path, { ...query, [parameter]: page.previous }) }),
    ...(page.next && { next: address(path, { ...query, [parameter]: page.next }) }),
  };
}

/** Every page of a list, one after another. */
export async function* everyPage<Row>(
  load: (cursor: string | undefined) => Promise<Page<Row>>,
): AsyncGenerator<Row> {
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}
