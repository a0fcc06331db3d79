import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ComponentChildren;
  /** Figures stand at the end, so that their digits line up. */
  end?: boolean;
  /** The column that names its row. */
  names?: boolean;
  /** For a column of buttons, whose header only screen readers hear. */
  quiet?: boolean;
}

interface TableProps<Row> {
  /** Heard by screen readers; a heading above says it to everybody else. */
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  /** Drawn in place of a table without rows. */
  empty: ComponentChildren;
}

/** On a phone each row becomes a list of label and value. Roles are explicit since CSS takes them away there. */
export function Table<Row>({ caption, columns, rows, keyOf, empty }: TableProps<Row>) {
  if (rows.length === 0) return <>{empty}</>;
  return (
    <div class="table-frame" role="region" aria-label={caption} tabIndex={0}>
      <table role="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.header}
                role="columnheader"
                scope="col"
                class={column.end ? 'align-end' : undefined}
              >
                <span class={column.quiet ? 'visually-hidden' : undefined}>{column.header}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map((column) => (
                <Cell key={column.header} column={column}>
                  {column.cell(row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, children: given }: { column: Column<Row>; children?: ComponentChildren }) {
  // An empty cell has no content at all: on a phone its line is left out.
  const children =
    given === null || given === undefined || given === '' || given === false ? null : <div>{given}</div>;
  const shared = {
    class: column.end ? 'align-end' : undefined,
    'data-label': column.quiet ? undefined : column.header,
  };
  return column.names ? (
    <th role="rowheader" scope="row" {...shared}>
      {children}
    </th>
  ) : (
    <td role="cell" {...shared}>
      {children}
    </td>
  );
}

interface PagerProps {
  first?: string | undefined;
  next?: string | undefined;
  /** What its ends are called, where it does not go back in time. */
  words?: { first: string; next: string };
}

/** Where a list goes on, as addresses; nothing where it is at its end. */
export function Pager({ first, next, words = { first: 'Newest', next: 'Older' } }: PagerProps) {
  if (!first && !next) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {first && (
        <a class="button button-secondary button-small" href={first} rel="first">
          <Icon name="chevron-left" />
          {words.first}
        </a>
      )}
      {next && (
        <a class="button button-secondary button-small" href={next} rel="next">
          {words.next}
          <Icon name="chevron-right" />
        </a>
      )}
    </nav>
  );
}
