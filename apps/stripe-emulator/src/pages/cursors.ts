import type { Engine } from '../engine/engine.js';
import type { Kind, Kinds } from '../engine/kinds.js';

export const PAGE_SIZE = 25;

/** Which part of a list is shown, and which of its rows. */
export interface PartOf<Row> {
  after?: string | undefined;
  limit?: number;
  filter?: ((row: Row) => boolean) | undefined;
}

/** Part of a list, newest first, with the cursor of what comes after it. */
export interface Slice<T> {
  rows: T[];
  next: string | undefined;
}

/** One account's rows of a kind. @param after the last id of the page before */
export function sliceOf<K extends Kind>(
  engine: Engine,
  kind: K,
  account: string,
  { after, limit = PAGE_SIZE, filter }: PartOf<Kinds[K]> = {},
): Slice<Kinds[K]> {
  const known = after !== undefined && engine.store.get(kind, account, after) !== undefined;
  const { data, has_more } = engine.store.page(kind, account, {
    limit,
    ...(known && { starting_after: after }),
    ...(filter && { filter }),
  });
  return { rows: data, next: has_more ? data.at(-1)!.id : undefined };
}

/** A list that belongs to one account, as part of a list across accounts. */
export interface Source<K extends Kind> {
  kind: K;
  account: string;
  /** When a row was made, seconds; within a source, rows are in this order. */
  madeAt: (row: Kinds[K]) => number;
}

export interface Found<K extends Kind> {
  account: string;
  row: Kinds[K];
}

/**
 * Many lists as one, newest first. The cursor `seconds|source|id` names the last row shown: of its own second, sources
 * before it are done, it is done up to that row, and those after it are still to come.
 */
export function mergedSlice<K extends Kind>(
  engine: Engine,
  sources: Source<K>[],
  { after, limit = PAGE_SIZE, filter }: PartOf<Found<K>> = {},
): Slice<Found<K>> {
  const [second = '', index = '', id = ''] = (after ?? '').split('|');
  const found = sources.flatMap((source, at) => {
    const own =
      after !== undefined &&
      at === Number(index) &&
      engine.store.get(source.kind, source.account, id) !== undefined;
    const until = Number(second) - (at <= Number(index) ? 1 : 0);
    const { account } = source;
    const early = after === undefined || own;
    const { data } = engine.store.page(source.kind, account, {
      limit: limit + 1,
      ...(own && { starting_after: id }),
      filter: (row: Kinds[K]) =>
        (early || source.madeAt(row) <= until) && (!filter || filter({ account, row })),
    });
    return data.map((row) => ({ account: source.account, row, at, second: source.madeAt(row) }));
  });
  // The sort is stable, so rows of one source and second keep their order.
  found.sort((one, other) => other.second - one.second || one.at - other.at);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    next: found.length > limit && last ? `${last.second}|${last.at}|${last.row.id}` : undefined,
  };
}

/** Rows of every account, for a list across accounts. A new account stands behind the others, so cursors stay good. */
export function everywhere<K extends Kind>(
  engine: Engine,
  kinds: K[],
  madeAt: (row: Kinds[K]) => number,
): Source<K>[] {
  return [...engine.store.all('account', '')].flatMap(({ id }) =>
    kinds.map((kind) => ({ kind, account: id, madeAt })),
  );
}

/** The address of a list from a cursor on, keeping its filters. */
export function address(path: string, query: Record<string, string | undefined>): string {
  const kept = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept).toString()}`;
}

/** Both ends of a list for its pager. */
export function pagerOf(
  path: string,
  slice: Slice<unknown>,
  after: string | undefined,
  filters: Record<string, string | undefined> = {},
) {
  return {
    first: after === undefined ? undefined : address(path, filters),
    next: slice.next === undefined ? undefined : address(path, { ...filters, after: slice.next }),
  };
}
