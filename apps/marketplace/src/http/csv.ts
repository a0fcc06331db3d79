import { pipeline, Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { Money } from '#kernel';

type Cell = string | number | boolean | Date | Money | null;

/**
 * A list as a file, streamed, so that its length does not matter. `columns`: header and what stands below it. Amounts
 * are decimals, their currency belongs in a column of its own; moments are ISO 8601, UTC. What the list refuses, such as
 * a filter, is thrown before the file begins.
 */
export async function csvOf<Row>(
  name: string,
  rows: Iterable<Row> | AsyncIterable<Row>,
  columns: Record<string, (row: Row) => Cell>,
): Promise<StreamableFile> {
  const cells = Object.values(columns);
  const lines = Readable.from(await begun(rows)).map((row: Row) => cells.map((cell) => textOf(cell(row))));
  const csv = stringify({ header: true, columns: Object.keys(columns) });
  // Failures end the download: destroying `csv` closes the connection, so that half a file is not taken for a whole one.
  pipeline(lines, csv, () => undefined);
  return new StreamableFile(csv, {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}

/** The same rows, of which the first has been read. */
async function begun<Row>(rows: Iterable<Row> | AsyncIterable<Row>): Promise<AsyncIterable<Row>> {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const first = await iterator.next();
  return (async function* () {
    for (let one = first; !one.done; one = await iterator.next()) yield one.value;
  })();
}

/** A text that begins like a formula gets an apostrophe: what a stranger typed must not run in an admin's spreadsheet. */
function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Money) return cell.toDecimal();
  if (cell instanceof Date) return cell.toISOString();
  // https://owasp.org/www-community/attacks/CSV_Injection, and the same signs in full width.
  return typeof cell === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : String(cell);
}
