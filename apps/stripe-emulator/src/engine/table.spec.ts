import fc from 'fast-check';
import { type PageQuery, Table } from './table.js';

interface Row {
  id: string;
  type: string;
  made: number;
}

const TYPES = ['a', 'b', 'c'];

function tableOf(rows: Row[], removed: string[] = []): Table<Row> {
  const table = new Table<Row>({ type: (row) => row.type });
  for (const row of rows) table.set(row.id, row);
  for (const id of removed) table.set(id, undefined);
  return table;
}

/** The same page, found by looking at everything. */
function naive(rows: Row[], query: PageQuery<Row>): { data: Row[]; has_more: boolean } {
  const at = (id: string) => rows.findIndex((row) => row.id === id);
  const found = rows.filter(
    (row, place) =>
      (!query.index || query.index.values.includes(row.type)) &&
      (!query.span || (row.made >= query.span.from && row.made <= query.span.to)) &&
      (query.starting_after === undefined || place < at(query.starting_after)) &&
      (query.ending_before === undefined || place > at(query.ending_before)),
  );
  const has_more = found.length > query.limit;
  if (query.ending_before !== undefined) return { data: found.slice(0, query.limit).reverse(), has_more };
  return { data: found.reverse().slice(0, query.limit), has_more };
}

describe('a page of a table', () => {
  it('is what looking at every row would find: by cursor, index values and span of time', () => {
    const rows = fc
      .array(fc.record({ type: fc.constantFrom(...TYPES), step: fc.nat(3), gone: fc.boolean() }), { minLength: 1, maxLength: 40 })
      .map((steps) => {
        let made = 0;
        return steps.map(({ type, step, gone }, n) => ({ id: `r${n}`, type, made: (made += step), gone }));
      }); // prettier-ignore
    const query = fc.record({
      limit: fc.integer({ min: 1, max: 8 }),
      values: fc.option(fc.subarray(TYPES, { minLength: 1 })),
      span: fc.option(fc.tuple(fc.nat(60), fc.nat(60))),
      cursor: fc.option(fc.record({ at: fc.nat(39), backwards: fc.boolean() })),
    });
    fc.assert(
      fc.property(rows, query, (all, { limit, values, span, cursor }) => {
        const kept = all.filter((row) => !row.gone);
        const id = cursor && kept.length > 0 ? kept[cursor.at % kept.length]!.id : undefined;
        const of = (row: Row) => row.made;
        const asked: PageQuery<Row> = {
          limit,
          ...(values && { index: { name: 'type', values } }),
          ...(span && { span: { of, from: Math.min(...span), to: Math.max(...span), slack: 0 } }),
          ...(id && { [cursor!.backwards ? 'ending_before' : 'starting_after']: id }),
        };
        const table = tableOf(
          all,
          all.filter((row) => row.gone).map((row) => row.id),
        );
        expect(table.page(asked)).toEqual(naive(kept, asked));
      }),
    );
  });

  it('looks at the rows that it shows and at few others, wherever they are', () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => ({
      id: `r${n}`,
      type: n % 1000 === 0 ? 'rare' : 'usual',
      made: n,
    }));
    const table = tableOf(rows);
    let seen = 0;
    const filter = () => (seen += 1) > 0;
    const of = (row: Row) => row.made;
    table.page({ limit: 10, filter, index: { name: 'type', values: ['rare', 'none'] } });
    table.page({ limit: 10, filter, starting_after: 'r9000' });
    table.page({ limit: 10, filter, span: { of, from: 0, to: 5000, slack: 0 } });
    expect(seen).toBeLessThanOrEqual(3 * 11);
  });

  it('forgets what was taken away, and nothing else', () => {
    const rows = Array.from({ length: 1000 }, (_, n) => ({ id: `r${n}`, type: TYPES[n % 3]!, made: n }));
    const kept = rows.filter((_, n) => n % 5 === 4);
    const table = tableOf(
      rows,
      rows.filter((row) => !kept.includes(row)).map((row) => row.id),
    );
    expect(table.page({ limit: 1, starting_after: 'r5' }).data).toEqual([rows[4]]);
    table.tidy();
    expect([...table.all()]).toEqual(kept);
    expect(table.page({ limit: 1, starting_after: 'r5' }).data).toEqual([]);
    expect(table.by('type', 'a')).toEqual(kept.filter((row) => row.type === 'a'));
    table.set('r4', undefined);
    table.set('new', { id: 'new', type: 'b', made: 1000 });
    const asked = { limit: 3, index: { name: 'type', values: ['a', 'b'] }, starting_after: 'new' };
    const whole = [...kept.slice(1), { id: 'new', type: 'b', made: 1000 }];
    expect(table.page(asked)).toEqual(naive(whole, asked));
  });
});
