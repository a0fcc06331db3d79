import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Matches } from 'class-validator';
import { stringify } from 'csv-stringify';
import { DomainError } from '#kernel';
import type { Page } from '#platform';

const DAY_MS = 86_400_000;

/** An empty field of a filter form asks for nothing. */
export const Filled = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim() || undefined : value,
  );

export const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** An ISO date such as 2026-05-03. */
export const Day = () =>
  Matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { message: 'Enter a day such as 2026-05-03.' });

/** The start of a day, UTC. Throws `day_invalid` for the 31st of February, which has the right shape. */
export function startOf(field: string, day: string | undefined): Date | undefined {
  if (day === undefined) return undefined;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day))
    throw DomainError.field(field, 'day_invalid', 'There is no such day.');
  return date;
}

/** The end of a day, UTC: the start of the next one. */
export function endOf(field: string, day: string | undefined): Date | undefined {
  const start = startOf(field, day);
  return start && new Date(start.getTime() + DAY_MS);
}

/** The ISO date of so many days before today, UTC. */
export function daysAgo(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
}

type Query = { readonly [name: string]: unknown };

/** The same list with other filters. */
export function address(path: string, query: Query): string {
  const set = Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return set.length > 0 ? `${path}?${new URLSearchParams(set).toString()}` : path;
}

export function isFiltered(query: Query): boolean {
  return Object.entries(query).some(([name, value]) => name !== 'after' && value !== undefined);
}

/** The pager's addresses. */
export function pagerOf(
  path: string,
  query: Query,
  page: Page<unknown>,
): { previous?: string; next?: string } {
  return {
    ...(page.previous && { previous: address(path, { ...query, after: page.previous }) }),
    ...(page.next && { next: address(path, { ...query, after: page.next }) }),
  };
}

/** Every page of a list, one after another. */
export async function* everyPage<Row>(
  load: (cursor: string | undefined) => Promise<Page<Row>>,
): AsyncGenerator<Row> {
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}

type Cell = string | number | boolean | null;

/** A list as a file, streamed, so that its length does not matter. `columns`: header and what stands below it. */
export function csvOf<Row>(
  name: string,
  rows: AsyncIterable<Row>,
  columns: Record<string, (row: Row) => Cell>,
): StreamableFile {
  const cells = Object.values(columns);
  const lines = Readable.from(rows).map((row: Row) => cells.map((cell) => cell(row)));
  // A cell that begins like a formula is text: what a stranger typed must not run in an admin's spreadsheet.
  const csv = stringify({
    header: true,
    columns: Object.keys(columns),
    escape_formulas: true,
    cast: { boolean: String },
  });
  lines.on('error', (error: Error) => csv.destroy(error));
  return new StreamableFile(lines.pipe(csv), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
