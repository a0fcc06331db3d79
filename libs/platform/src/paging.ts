import { DomainError } from '#kernel';

/** One page of a list; `next`/`previous` are opaque cursors, null at the ends. */
export interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** A place in a list: the sort columns' values of the row there. */
export interface Cursor {
  readonly values: readonly (string | number)[];
  readonly direction: 'after' | 'before';
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.direction === 'after' ? 1 : 0, ...cursor.values])).toString(
    'base64url',
  );
}

/** What a sort column holds. PostgreSQL fails on a value of another kind, and a cursor is only text that somebody sent. */
type ColumnKind = 'text' | 'time' | 'whole' | 'fraction';

const isOfKind: Record<ColumnKind, (value: string | number) => boolean> = {
  text: (value) => typeof value === 'string' && value.isWellFormed() && !value.includes('\0'),
  time: (value) =>
    /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(String(value)) && !Number.isNaN(Date.parse(String(value))),
  whole: (value) => /^-?\d{1,18}$/.test(String(value)),
  fraction: (value) => typeof value === 'number' && Math.abs(value) < 1e6,
};

/** Throws `cursor_invalid` for what we did not make. `columns`: the kinds of the sort columns. */
export function decodeCursor(text: string | null | undefined, columns: readonly ColumnKind[]): Cursor | null {
  if (!text) return null;
  try {
    const [direction, ...values] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [
      number,
      ...(string | number)[],
    ];
    const sound =
      values.length === columns.length &&
      values.every((v, at) => (typeof v === 'string' || typeof v === 'number') && isOfKind[columns[at]!](v));
    if (sound && (direction === 0 || direction === 1))
      return { values, direction: direction ? 'after' : 'before' };
  } catch {
    // Falls through to the same refusal as a cursor of another shape.
  }
  throw new DomainError(
    'cursor_invalid',
    'invalid',
    'This page link is no longer valid. Start again from the first page.',
  );
}

/**
 * A page from rows that were read with `limit + 1` in the cursor's direction (so reversed for `before`).
 * `keyOf` gives the sort columns' values of a row.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursor: Cursor | null,
  keyOf: (row: Row) => readonly (string | number)[],
): Page<Row> {
  const backwards = cursor?.direction === 'before';
  const more = rows.length > limit;
  const items = rows.slice(0, limit);
  if (backwards) items.reverse();
  const first = items[0];
  const last = items.at(-1);
  const hasNext = backwards ? items.length > 0 : more;
  const hasPrevious = backwards ? more : cursor !== null && items.length > 0;
  return {
    items,
    next: hasNext && last ? encodeCursor({ direction: 'after', values: keyOf(last) }) : null,
    previous: hasPrevious && first ? encodeCursor({ direction: 'before', values: keyOf(first) }) : null,
  };
}

/**
 * The SQL of a keyset page over one descending text/time column list, e.g. `(created_at, id)`.
 * Returns the comparison and the order for the cursor's direction; parameters start at `$${first}`, which is `start` where
 * there is a cursor.
 */
export function keyset(
  columns: readonly string[],
  cursor: Cursor | null,
  first: number,
): { where: string; orderBy: string; parameters: (string | number)[]; start: string | null } {
  const backwards = cursor?.direction === 'before';
  const orderBy = columns.map((column) => `${column} ${backwards ? 'asc' : 'desc'}`).join(', ');
  if (!cursor) return { where: 'true', orderBy, parameters: [], start: null };
  const places = columns.map((_, i) => `$${first + i}`).join(', ');
  return {
    where: `(${columns.join(', ')}) ${backwards ? '>' : '<'} (${places})`,
    orderBy,
    parameters: [...cursor.values],
    start: `$${first}`,
  };
}
