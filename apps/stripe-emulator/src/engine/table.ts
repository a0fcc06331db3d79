/** A page of a list, newest first. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
}

export interface PageQuery<T> {
  limit: number;
  starting_after?: string;
  ending_before?: string;
  /** Walk only the rows that have one of these values in this index. */
  index?: { name: string; values: readonly string[] };
  /** Walk only the rows between two moments, both included. */
  span?: Span<T>;
  filter?: (row: T) => boolean;
}

/** Rows are made in the order of time, so a span of it is found by halving. Same unit throughout. */
export interface Span<T> {
  of: (row: T) => number;
  from: number;
  to: number;
  /** How far rows may be out of order. */
  slack: number;
}

/** So many gaps are not worth the work. */
const FEW = 64;

type Indexers<T> = Record<string, (row: T) => string | null | undefined>;

/** Rows of one kind in one account, in order of creation, with indexes that follow every change. */
export class Table<T extends { id: string }> {
  private readonly rows: (T | undefined)[] = [];
  private readonly positions = new Map<string, number>();
  private readonly indexes = new Map<string, Map<string, number[]>>();
  /** How many rows there are; the other places are of rows that were taken away. */
  private count = 0;

  constructor(private readonly indexers: Indexers<T> = {}) {
    for (const name of Object.keys(indexers)) this.indexes.set(name, new Map());
  }

  get(id: string): T | undefined {
    const position = this.positions.get(id);
    return position === undefined ? undefined : this.rows[position];
  }

  /** Adds, replaces, or with `undefined` takes away; an id that was taken away comes back to its old place. */
  set(id: string, row: T | undefined): void {
    let position = this.positions.get(id);
    if (position === undefined) {
      position = this.rows.length;
      this.rows.push(undefined);
      this.positions.set(id, position);
    }
    const before = this.rows[position];
    this.reindex(position, before, row);
    this.rows[position] = row;
    this.count += Number(row !== undefined) - Number(before !== undefined);
    if (!row && position === this.rows.length - 1) {
      this.rows.pop();
      this.positions.delete(id);
    }
  }

  /** Forgets what was taken away once that is most of it. Not while a change may be undone: its place is lost then. */
  tidy(): void {
    const gaps = this.rows.length - this.count;
    if (gaps < FEW || gaps < this.count) return;
    const kept = [...this.all()];
    this.rows.length = 0;
    this.positions.clear();
    for (const index of this.indexes.values()) index.clear();
    this.count = 0;
    for (const row of kept) this.set(row.id, row);
  }

  *all(): Generator<T> {
    for (const row of this.rows) if (row) yield row;
  }

  by(index: string, value: string): T[] {
    const positions = this.indexes.get(index)?.get(value) ?? [];
    return positions.map((position) => this.rows[position]).filter((row) => row !== undefined);
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  page(query: PageQuery<T>): Page<T> {
    const backwards = query.ending_before !== undefined;
    const { low, high } = this.bounds(query);
    const found: T[] = [];
    for (const position of this.walk(query, backwards, low, high)) {
      const row = this.rows[position];
      if (row && (!query.filter || query.filter(row))) found.push(row);
      if (found.length > query.limit) break;
    }
    const has_more = found.length > query.limit;
    const data = found.slice(0, query.limit);
    return { data: backwards ? data.reverse() : data, has_more };
  }

  /** Positions from `low` (included) to `high` (excluded) that can hold rows of this page. */
  private bounds({ starting_after, ending_before, span }: PageQuery<T>): { low: number; high: number } {
    const high = starting_after === undefined ? this.rows.length : (this.positions.get(starting_after) ?? 0);
    const low = ending_before === undefined ? 0 : (this.positions.get(ending_before) ?? -1) + 1;
    if (!span) return { low, high };
    return {
      low: Math.max(low, this.firstSince(span, span.from - span.slack)),
      high: Math.min(high, this.firstSince(span, span.to + span.slack + 1)),
    };
  }

  /** The first position whose row was made at `moment` or later. */
  private firstSince(span: Span<T>, moment: number): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      let place = middle;
      while (place < high && !this.rows[place]) place += 1;
      if (place === high) high = middle;
      else if (span.of(this.rows[place]!) < moment) low = place + 1;
      else high = middle;
    }
    return low;
  }

  /** Positions newest first, or oldest first when `backwards`; several index lists are merged. */
  private *walk(query: PageQuery<T>, backwards: boolean, low: number, high: number): Generator<number> {
    if (!query.index) {
      if (backwards) for (let place = low; place < high; place += 1) yield place;
      else for (let place = high - 1; place >= low; place -= 1) yield place;
      return;
    }
    const index = this.indexes.get(query.index.name)!;
    const lists = query.index.values.map((value) => index.get(value) ?? []);
    const places = lists.map((list) => (backwards ? lowerBound(list, low) : lowerBound(list, high) - 1));
    for (;;) {
      let best = -1;
      for (const [at, list] of lists.entries()) {
        const position = list[places[at]!];
        if (position === undefined || position < low || position >= high) continue;
        const current = best < 0 ? undefined : lists[best]![places[best]!];
        if (current === undefined || (backwards ? position < current : position > current)) best = at;
      }
      if (best < 0) return;
      yield lists[best]![places[best]!]!;
      places[best]! += backwards ? 1 : -1;
    }
  }

  private reindex(position: number, before: T | undefined, after: T | undefined): void {
    for (const [name, valueOf] of Object.entries(this.indexers)) {
      const was = before && valueOf(before);
      const is = after && valueOf(after);
      if (was === is) continue;
      const index = this.indexes.get(name)!;
      if (was) {
        const list = index.get(was)!;
        list.splice(lowerBound(list, position), 1);
        if (list.length === 0) index.delete(was);
      }
      if (is) {
        const list = index.get(is) ?? [];
        list.splice(lowerBound(list, position), 0, position);
        index.set(is, list);
      }
    }
  }
}

function lowerBound(list: number[], value: number): number {
  // Most changes touch the newest row, so look at the end before searching.
  if (list.length === 0 || list[list.length - 1]! < value) return list.length;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
