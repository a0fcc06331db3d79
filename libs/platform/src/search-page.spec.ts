import { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  type Cursor,
  hasWords,
  inWeek,
  keyset,
  searchPage,
  WEEK,
  weekByWeek,
  weekOf,
  wordsIn,
} from './index.js';

const ROWS = 60_000;
const WEEKS = 60;
const PAGE = 50;
/** How many of the rows have each word. */
const shares = { often: 4, sometimes: 400, seldom: 20_000, never: Infinity };
type Word = keyof typeof shares;

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: Plan[];
}

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await testDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  // One row in ten is of the other owner, so that a list is not the whole table.
  const words = Object.entries(shares)
    .filter(([, share]) => share < Infinity)
    .map(([word, share]) => `case when n % ${share} = 1 then '${word} ' else '' end`);
  await source.query(`
    create table things (id text primary key, owner text, at timestamptz(3), words tsvector);
    insert into things
    select 't' || lpad(n::text, 6, '0'), case when n % 10 = 0 then 'other' else 'mine' end,
           '2026-01-01'::timestamptz + n * interval '${WEEKS} weeks' / ${ROWS}, (${words.join(' || ')})::tsvector
    from generate_series(1, ${ROWS}) n;
    create index things_of_owner on things (owner, at, id);
    create index things_by_word on things using gin (words);
    create index things_by_word_and_week on things
      using gin (platform.words_in(owner || ' ' || platform.week(at), words));
  `);
  await source.query('vacuum analyze things');
}, 60_000);

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

/** The SQL of the ids that a page shows, by each of the two ways, with its parameters. */
const ways = {
  'by reading the list, then by the words': (word: Word, cursor: Cursor | null) => {
    const place = keyset(['t.at', 't.id'], cursor, 2);
    const list = {
      table: 'things t',
      where: `t.owner = 'mine'`,
      match: hasWords('t.words', '$1::tsquery'),
      byIndex: 'select * from things t where t.words @@ $1::tsquery',
    };
    return { sql: searchPage(list, place, PAGE), parameters: [word, ...place.parameters] };
  },
  'week by week': (word: Word, cursor: Cursor | null) => {
    const place = keyset(['t.at', 't.id'], cursor, 2);
    const list = {
      table: 'things t',
      where: `t.owner = 'mine'`,
      time: 't.at',
      span: `t.owner = 'mine'`,
      words: (week: string) =>
        `${wordsIn(`t.owner || ' ' || ${weekOf('t.at')}`, 't.words')} @@ ${inWeek('$1', week)}`,
    };
    const rows = weekByWeek(list, place, PAGE);
    return {
      sql: `select id from (${rows}) rows`,
      parameters: [`'mine ${WEEK} ${word}'`, ...place.parameters],
    };
  },
};

const middle: [string, Cursor | null][] = [
  ['from the beginning', null],
  ['after a row in the middle', { values: ['2026-07-30T00:00:00.000Z', 't999999'], direction: 'after' }],
  ['before a row in the middle', { values: ['2026-07-30T00:00:00.000Z', 't999999'], direction: 'before' }],
  ['before a row that nobody can have', { values: ['9999-12-31T00:00:00.000Z', ''], direction: 'after' }],
];

describe.each(Object.keys(ways) as (keyof typeof ways)[])('a list that is searched through %s', (way) => {
  it.each(middle)('shows what a search of all its rows would, %s', async (_, cursor) => {
    for (const word of Object.keys(shares) as Word[]) {
      const { sql, parameters } = ways[way](word, cursor);
      const found = await source.query<{ id: string }[]>(sql, parameters);
      const place = keyset(['t.at', 't.id'], cursor, 2);
      const all = await source.query<{ id: string }[]>(
        `select t.id from things t where t.owner = 'mine' and t.words @@ $1::tsquery and ${place.where}
         order by ${place.orderBy} limit ${PAGE}`,
        [word, ...place.parameters],
      );
      expect(found).toEqual(all);
    }
  });

  it.each(Object.keys(shares) as Word[])(
    'reads few of its rows for a word that stands in it %s',
    async (word) => {
      for (const [, cursor] of middle) {
        const { sql, parameters } = ways[way](word, cursor);
        const [row] = await source.query<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
          `explain (analyze, format json) ${sql}`,
          parameters,
        );
        expect(rowsRead(row!['QUERY PLAN'][0]!.Plan)).toBeLessThan(ROWS / 15);
      }
    },
  );
});

function rowsRead(plan: Plan): number {
  const own = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
  const below = (plan.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), 0);
  return below + (plan['Relation Name'] ? own * plan['Actual Loops'] : 0);
}
