import type Stripe from 'stripe';
import { HOUR, SECOND } from '../engine/clock.js';
import { invalid, missing } from '../engine/errors.js';
import type { Kind, Kinds } from '../engine/kinds.js';
import type { PageQuery, Span } from '../engine/table.js';
import type { Call } from './route.js';

export interface ListParams {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: Stripe.RangeQueryParam | number;
}

type Range = Stripe.RangeQueryParam | number | undefined;

/** Whether a time lies in a `created`-style filter. */
export function within(value: number, range: Range): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return value === range;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return value > gt && value >= gte && value < lt && value <= lte;
}

/** Rows of customers on a test clock are stamped by it, so these are not in the order of time. */
const BY_TEST_CLOCK: ReadonlySet<string> = new Set([
  'credit_note',
  'customer',
  'invoice',
  'invoice_item',
  'quote',
  'subscription',
  'subscription_schedule',
]);

/** A page of an account's objects, newest first; `created` is in seconds, as v1 objects carry it. */
export function listOf<K extends Kind>(
  call: Call,
  kind: K,
  params: ListParams,
  narrow: Pick<PageQuery<Kinds[K]>, 'index' | 'filter'> = {},
): Stripe.ApiList<Kinds[K]> {
  oneCursor(params);
  for (const name of ['starting_after', 'ending_before'] as const) {
    const id = params[name];
    if (id && !call.engine.store.get(kind, call.account, id)) throw missing(kind, id, name);
  }
  const created = (row: Kinds[K]) => (row as unknown as { created: number }).created;
  const { data, has_more } = call.engine.store.page(kind, call.account, {
    ...cursor(params),
    ...narrow,
    ...(params.created !== undefined &&
      !BY_TEST_CLOCK.has(kind) && { span: spanOf(created, params.created, HOUR / SECOND) }),
    filter: (row) =>
      (params.created === undefined || within(created(row), params.created)) &&
      (narrow.filter?.(row) ?? true),
  });
  return { object: 'list', data, has_more, url: call.path };
}

/** The span of a `created`-style filter. Work that was late for its moment is stamped with it: hence the slack. */
export function spanOf<T>(of: (row: T) => number, range: NonNullable<Range>, slack: number): Span<T> {
  if (typeof range === 'number') return { of, from: range, to: range, slack };
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range;
  return { of, from: Math.max(gt, gte), to: Math.min(lt, lte), slack };
}

/** A page of something that is already a short array. */
export function listFrom<T extends { id: string }>(
  call: Call,
  rows: T[],
  params: ListParams,
): Stripe.ApiList<T> {
  const { limit = 10, starting_after, ending_before } = params;
  oneCursor(params);
  for (const name of ['starting_after', 'ending_before'] as const) {
    const id = params[name];
    if (id && !rows.some((row) => row.id === id)) throw missing('object', id, name);
  }
  const after = starting_after ? rows.findIndex((row) => row.id === starting_after) + 1 : 0;
  const before = ending_before ? rows.findIndex((row) => row.id === ending_before) : rows.length;
  const from = ending_before ? Math.max(0, before - limit) : after;
  const to = Math.min(before, from + limit);
  const has_more = ending_before ? from > 0 : to < rows.length;
  return { object: 'list', data: rows.slice(from, to), has_more, url: call.path };
}

function oneCursor({ starting_after, ending_before }: ListParams): void {
  if (!starting_after || !ending_before) return;
  throw invalid('Received both starting_after and ending_before parameters. Please pass in only one.', {
    code: 'parameters_exclusive',
  });
}

export function cursor({ limit = 10, starting_after, ending_before }: ListParams) {
  return { limit, ...(starting_after && { starting_after }), ...(ending_before && { ending_before }) };
}

/** A page of a v2 list, newest first. Its pages are URLs that keep the filters; `page` is the id before the page. */
export function listV2<K extends Kind, V>(
  call: Call,
  kind: K,
  account: string,
  params: { limit?: number; page?: string },
  narrow: Pick<PageQuery<Kinds[K]>, 'index' | 'filter' | 'span'>,
  view: (row: Kinds[K]) => V,
): Stripe.V2List<V> {
  const { limit = 20, page } = params;
  if (page && !call.engine.store.get(kind, account, page))
    throw invalid('The page token is invalid.', { param: 'page' });
  const { data, has_more } = call.engine.store.page(kind, account, {
    limit,
    ...(page && { starting_after: page }),
    ...narrow,
  });
  const query = new URLSearchParams(call.query);
  query.set('page', data.at(-1)?.id ?? '');
  return {
    data: data.map(view),
    next_page_url: has_more ? `${call.path}?${query.toString()}` : null,
    previous_page_url: null,
  };
}
