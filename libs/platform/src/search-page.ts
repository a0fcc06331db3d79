/** A list that is searched through. */
interface SearchedList {
  /** With the alias by which all conditions call it, such as `orders.orders o`. */
  readonly table: string;
  /** Which rows are in the list: what its index serves. */
  readonly where: string;
  /** Which of them are looked for, by `hasWords`. */
  readonly match: string;
  /** A SELECT of whole rows: all that match, by an index of words. It may leave `where` and the place in the list to the page. */
  readonly byIndex: string;
}

/** How much of the list is read before the index of words is asked: rows for each that is wanted, and at least. */
const ROWS_PER_MATCH = 10;
const ROWS_AT_LEAST = 1000;

/** The same as the operator `@@`, which no index answers: for rows that have been found already. */
export function hasWords(vector: string, query: string): string {
  return `ts_match_vq(${vector}, ${query})`;
}

/**
 * The SQL of the ids of the first `count` matches after a keyset's place. A common word is found by reading the list in its
 * order, where an index of words would gather most of the table; a rare one by that index, where the list would be read to
 * its end. Which of the two it is, no estimate says: a bounded piece of the list is read, its keys from the index of the
 * list alone, and only where that is neither enough nor all there is, the index of words is asked.
 */
export function searchPage(
  { table, where, match, byIndex }: SearchedList,
  place: { readonly where: string; readonly orderBy: string },
  count: number,
): string {
  const alias = table.split(' ')[1]!;
  const keys = place.orderBy.replace(/ (asc|desc)/g, '');
  const list = `from ${table} where ${where} and ${place.where} order by ${place.orderBy}`;
  const read = Math.max(count * ROWS_PER_MATCH, ROWS_AT_LEAST);
  return `
    with near as materialized (
      select ${keys} from (select ${keys} ${list} limit ${read}) k join ${table} on ${alias}.id = k.id
      where ${match} order by ${place.orderBy.replaceAll(`${alias}.`, 'k.')} limit ${count}),
    enough as materialized (
      select (select count(*) from near) = ${count} or not exists (select ${list} offset ${read}) as so),
    found as materialized (
      select ${alias}.* from (select from enough where not so) ask cross join lateral (${byIndex}) ${alias})
    select id from (
      select ${keys} from near ${alias} where (select so from enough)
      union all select ${keys} from found ${alias} where ${where} and ${place.where}) ${alias}
    order by ${place.orderBy} limit ${count}`;
}

/** The SQL of the words of `vector`, each after the place in which it stands: the expression of an index. */
export function wordsIn(place: string, vector: string): string {
  return `platform.words_in(${place}, ${vector})`;
}

/** The SQL of the week of a time, a place of words. */
export function weekOf(time: string): string {
  return `platform.week(${time})`;
}

/** Stands for a week in a text search among `wordsIn` a week; no word holds it. */
export const WEEK = '\u0001';

interface ListByWeeks {
  /** As in `SearchedList`. */
  readonly table: string;
  readonly where: string;
  /** The column of the time by which the list is ordered. */
  readonly time: string;
  /** What the index of words in their week is asked, a condition on one week. */
  readonly words: (week: string) => string;
  /** In which rows the first and the last week are looked for. */
  readonly span: string;
}

/** The SQL of the first `count` matches of a list by time, whole rows: one week after the other is asked until it has them. */
export function weekByWeek(
  { table, where, time, words, span }: ListByWeeks,
  place: { readonly where: string; readonly orderBy: string; readonly start: string | null },
  count: number,
): string {
  const alias = table.split(' ')[1]!;
  const backwards = place.orderBy.endsWith('asc');
  const end = (which: 'min' | 'max') => `(select ${weekOf(`${which}(${time})`)} from ${table} where ${span})`;
  const [from, to, step, nearest] = backwards
    ? [end('min'), end('max'), 1, 'greatest']
    : [end('max'), end('min'), -1, 'least'];
  // A cursor is only text that somebody sent: one of the year 9999 does not make us ask for all the weeks until then.
  const first = place.start ? `${nearest}(${weekOf(`${place.start}::timestamptz`)}, ${from})` : from;
  return `
    select ${alias}.*
    from generate_series(${first}, ${to}, ${step}) with ordinality as w (week, turn)
    cross join lateral (
      with found as materialized (select * from ${table} where ${words('w.week')})
      select * from found ${alias} where ${where} and ${place.where}) ${alias}
    order by w.turn, ${place.orderBy} limit ${count}`;
}

/** A text search that holds `WEEK`, bound as `query`, for one week. */
export function inWeek(query: string, week: string): string {
  return `replace(${query}::text, chr(1), ${week}::text)::tsquery`;
}
