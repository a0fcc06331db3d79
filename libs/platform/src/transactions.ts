import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { InvariantError } from '#kernel';
import { STALE_STATEMENT } from './prepared-client.js';

type Scope = { manager: EntityManager; doomed?: unknown };
const open = new AsyncLocalStorage<Scope>();

/** deadlock_detected, serialization_failure, a statement of before a migration: nothing happened, so the root may repeat. */
const repeatable = new Set(['40P01', '40001', STALE_STATEMENT]);

/**
 * The one way to the database. `run` begins a transaction or joins the open one; a failure inside, even one that
 * somebody swallowed, undoes the whole.
 */
@Injectable()
export class Transactions {
  constructor(private readonly source: DataSource) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    const outer = open.getStore();
    if (outer) {
      try {
        return await work();
      } catch (error) {
        outer.doomed = error;
        throw error;
      }
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.root(work);
      } catch (error) {
        if (attempt >= 3 || !repeatable.has((error as { code?: string }).code ?? '')) throw error;
      }
    }
  }

  /** The open transaction's manager; verbs that move money use this, so that they can't run outside. */
  get required(): EntityManager {
    const scope = open.getStore();
    if (!scope) throw new InvariantError('this verb must run inside transactions.run()');
    return scope.manager;
  }

  /** For reads: inside a transaction its own connection, outside the pool. */
  get manager(): EntityManager {
    return open.getStore()?.manager ?? this.source.manager;
  }

  /** Plain SQL on `manager`; rows come back as objects, int8 as bigint. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const ask = async () => rowsOf<Row>(await this.manager.query(sql, [...parameters]));
    return ask().catch((error: { code?: string }) => {
      // In a transaction the root repeats.
      if (Transactions.isOpen || error.code !== STALE_STATEMENT) throw error;
      return ask();
    });
  }

  /** Plain SQL that must be inside a transaction. */
  async write<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.required.query(sql, [...parameters]);
    return rowsOf<Row>(result);
  }

  /** True inside a transaction: calls to the outside world refuse then. */
  static get isOpen(): boolean {
    return open.getStore() !== undefined;
  }

  private root<T>(work: () => Promise<T>): Promise<T> {
    return this.source.transaction((manager) => {
      const scope: Scope = { manager };
      return open.run(scope, async () => {
        const result = await work();
        // A swallowed failure must not commit half a verb.
        if (scope.doomed) throw scope.doomed;
        return result;
      });
    });
  }
}

/** TypeORM answers `[rows, count]` to UPDATE and DELETE, and rows to everything else. */
function rowsOf<Row>(result: unknown): Row[] {
  if (
    Array.isArray(result) &&
    result.length === 2 &&
    Array.isArray(result[0]) &&
    typeof result[1] === 'number'
  ) {
    return result[0] as Row[];
  }
  return (result ?? []) as Row[];
}
