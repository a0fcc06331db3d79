import { missing } from './errors.js';
import { INDEXES } from './indexes.js';
import { INTERNAL, type Kind, type Kinds } from './kinds.js';
import { Table, type Page, type PageQuery } from './table.js';

/** One changed object: kind, account, id, and what it is now (null: taken away). */
export type Change = [kind: Kind, account: string, id: string, row: unknown];

/** The objects of one kind that an account has. */
interface Place {
  kind: Kind;
  account: string;
  table: Table<{ id: string }>;
}

/**
 * All state, in memory. Rows are never changed in place: `update` puts a new object there, so events keep the picture
 * they were made with, and a verb that fails half-way is undone completely.
 */
export class Store {
  private readonly places = new Map<string, Place>();
  /** Where each object with a Stripe id is. */
  private readonly homes = new Map<string, Place>();
  private undo: (() => void)[] = [];
  private changes = new Map<string, Change>();

  get<K extends Kind>(kind: K, account: string, id: string): Kinds[K] | undefined {
    return this.table(kind, account).get(id);
  }

  /** @throws Refusal `resource_missing` when the account has no such object. */
  need<K extends Kind>(kind: K, account: string, id: string, param?: string): Kinds[K] {
    const row = this.get(kind, account, id);
    if (!row) throw missing(kind.replace('checkout_', 'checkout.'), id, param);
    return row;
  }

  insert<K extends Kind>(kind: K, account: string, row: Kinds[K]): Kinds[K] {
    this.put(kind, account, row.id, row);
    return row;
  }

  update<K extends Kind>(kind: K, account: string, id: string, patch: Partial<Kinds[K]>): Kinds[K] {
    const row = { ...this.need(kind, account, id), ...patch };
    this.put(kind, account, id, row);
    return row;
  }

  remove(kind: Kind, account: string, id: string): void {
    if (this.table(kind, account).has(id)) this.put(kind, account, id, undefined);
  }

  page<K extends Kind>(kind: K, account: string, query: PageQuery<Kinds[K]>): Page<Kinds[K]> {
    return this.table(kind, account).page(query);
  }

  by<K extends Kind>(kind: K, account: string, index: string, value: string): Kinds[K][] {
    return this.table(kind, account).by(index, value);
  }

  all<K extends Kind>(kind: K, account: string): Generator<Kinds[K]> {
    return this.table(kind, account).all();
  }

  /** Where an object with a Stripe id lives. */
  locate(id: string): Pick<Place, 'kind' | 'account'> | undefined {
    return this.homes.get(id);
  }

  /** Runs a verb: all of its changes stay, or, when it throws, none. */
  atomically<T>(verb: () => T): T {
    const mark = this.undo.length;
    try {
      return verb();
    } catch (failure) {
      while (this.undo.length > mark) this.undo.pop()!();
      throw failure;
    }
  }

  /** The changes since the last call, each object once, as it is now. */
  takeChanges(): Change[] {
    const taken = [...this.changes.values()];
    this.changes = new Map();
    this.undo = [];
    for (const [kind, account, , row] of taken) if (row === null) this.table(kind, account).tidy();
    return taken;
  }

  /** Puts a change from the journal back. */
  replay([kind, account, id, row]: Change): void {
    this.write(kind, account, id, (row ?? undefined) as { id: string } | undefined);
  }

  *everything(only?: Kind): Generator<Change> {
    for (const { kind, account, table } of this.places.values())
      if (!only || kind === only) for (const row of table.all()) yield [kind, account, row.id, row];
  }

  private put(kind: Kind, account: string, id: string, row: { id: string } | undefined): void {
    const key = `${kind}|${account}|${id}`;
    const before = this.table(kind, account).get(id) as { id: string } | undefined;
    const changed = this.changes.get(key);
    this.undo.push(() => {
      this.write(kind, account, id, before);
      if (changed) this.changes.set(key, changed);
      else this.changes.delete(key);
    });
    this.write(kind, account, id, row);
    this.changes.set(key, [kind, account, id, row ?? null]);
  }

  private write(kind: Kind, account: string, id: string, row: { id: string } | undefined): void {
    const place = this.place(kind, account);
    place.table.set(id, row);
    if (INTERNAL.has(kind)) return;
    if (row) this.homes.set(id, place);
    else this.homes.delete(id);
  }

  private table<K extends Kind>(kind: K, account: string): Table<Kinds[K]> {
    return this.place(kind, account).table as unknown as Table<Kinds[K]>;
  }

  private place(kind: Kind, account: string): Place {
    const key = `${kind}|${account}`;
    let place = this.places.get(key);
    if (!place) {
      place = { kind, account, table: new Table<{ id: string }>(INDEXES[kind] as never) };
      this.places.set(key, place);
    }
    return place;
  }
}
