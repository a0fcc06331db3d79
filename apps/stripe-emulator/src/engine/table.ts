/** A page of a list, newest first. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
}

export interface PageQuery<T> {
  limit: number;
  starting_after?: string;
  ending_before?: string;
  /** Walk only the rows with this value in this index. */
  index?: { name: string; value: string };
  filter?: (row: T) => boolean;
}

type Indexers<T> = Record<string, (row: T) => string | null | undefined>;

/** Rows of one kind in one account, in order of creation, with indexes that follow every change. */
export class Table<T extends { id: string }> {
  private readonly rows: (T | undefined)[] = [];
  private readonly positions = new Map<string, number>();
  private readonly indexes = new Map<string, Map<string, number[]>>();

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
    this.reindex(position, this.rows[position], row);
    this.rows[position] = row;
    if (!row && position === this.rows.length - 1) {
      this.rows.pop();
      this.positions.delete(id);
    }
  }

  *all(): Generator<T> {
    for (const row of this.rows) if (row) yield row;
  }

  by(index: string, value: string): T[] {
    const positions = this.indexes.get(index)?.get(value) ?? [];
    return positions.map((position) => this.rows[position]).filter((row) => row !== undefined);
  }

  /** The position of an id, for paging; undefined when it was never here. */
  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  page(query: PageQuery<T>): Page<T> {
    const positions = query.index ? (this.indexes.get(query.index.name)?.get(query.index.value) ?? []) : null;
    const length = positions ? positions.length : this.rows.length;
    const rowAt = (place: number) => this.rows[positions ? positions[place]! : place];
    const placeOf = (id: string) => {
      const position = this.positions.get(id) ?? -1;
      return positions ? lowerBound(positions, position) : position;
    };
    const backwards = query.ending_before !== undefined;
    const step = backwards ? 1 : -1;
    let place = backwards
      ? placeOf(query.ending_before!) + 1
      : query.starting_after !== undefined
        ? placeOf(query.starting_after) - 1
        : length - 1;
    const found: T[] = [];
    for (; place >= 0 && place < length && found.length <= query.limit; place += step) {
      const row = rowAt(place);
      if (row && (!query.filter || query.filter(row))) found.push(row);
    }
    const has_more = found.length > query.limit;
    const data = found.slice(0, query.limit);
    return { data: backwards ? data.reverse() : data, has_more };
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
