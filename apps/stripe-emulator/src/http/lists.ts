import type Stripe from 'stripe';
import { missing } from '../engine/errors.js';
import type { Kind, Kinds } from '../engine/kinds.js';
import type { PageQuery } from '../engine/table.js';
import type { Call } from './route.js';

export interface ListParams {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
}

type Range = Stripe.RangeQueryParam | number | undefined;

/** Whether a time lies in a `created`-style filter. */
export function within(value: number, range: Range): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return value === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return value > gt && value >= gte && value < lt && value <= lte;
}

/** A page of an account's objects, newest first. */
export function listOf<K extends Kind>(
  call: Call,
  kind: K,
  params: ListParams,
  narrow: Pick<PageQuery<Kinds[K]>, 'index' | 'filter'> = {},
  account = call.account,
): Stripe.ApiList<Kinds[K]> {
  for (const name of ['starting_after', 'ending_before'] as const) {
    const id = params[name];
    if (id && !call.engine.store.get(kind, account, id)) throw missing(kind, id, name);
  }
  const query = { ...narrow, ...cursor(params) };
  const { data, has_more } = call.engine.store.page(kind, account, query);
  return { object: 'list', data, has_more, url: call.path };
}

/** A page of something that is already a short array. */
export function listFrom<T extends { id: string }>(
  call: Call,
  rows: T[],
  params: ListParams,
): Stripe.ApiList<T> {
  const { limit = 10, starting_after, ending_before } = params;
  const after = starting_after ? rows.findIndex((row) => row.id === starting_after) + 1 : 0;
  const before = ending_before ? rows.findIndex((row) => row.id === ending_before) : rows.length;
  const from = ending_before ? Math.max(0, before - limit) : after;
  const to = Math.min(before, from + limit);
  const has_more = ending_before ? from > 0 : to < rows.length;
  return { object: 'list', data: rows.slice(from, to), has_more, url: call.path };
}

function cursor({ limit = 10, starting_after, ending_before }: ListParams) {
  return { limit, ...(starting_after && { starting_after }), ...(ending_before && { ending_before }) };
}

/** A v2 list; its pages are URLs. `token` is the id after which this page begins. */
export function listV2<T extends { id: string }>(
  call: Call,
  rows: T[],
  params: { limit?: number; page?: string },
): Stripe.V2List<T> {
  const { limit = 20, page } = params;
  const start = page ? rows.findIndex((row) => row.id === page) + 1 : 0;
  const data = rows.slice(start, start + limit);
  const more = start + limit < rows.length;
  return {
    data,
    next_page_url: more ? `${call.path}?limit=${limit}&page=${data.at(-1)!.id}` : null,
    previous_page_url: null,
  };
}
