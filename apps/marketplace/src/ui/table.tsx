import type { ComponentChildren } from 'preact';
import { ButtonLink, Button } from './actions.js';
import { Icon } from './icon.js';

export type Column<Row> = {
  header: string;
  cell: (row: Row) => ComponentChildren;
  /** Figures stand at the end, so that their digits line up. */
  align?: 'start' | 'end';
  /** The column that names its row. */
  rowHeader?: boolean;
  /** For a column of buttons, whose header only screen readers hear. */
  hideHeader?: boolean;
};

type TableProps<Row> = {
  caption: string;
  /** Where a heading above already says it. */
  hideCaption?: boolean;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  foot?: ComponentChildren[];
  /** Drawn in place of a table without rows. */
  empty?: ComponentChildren;
};

/** Rows and columns; on a phone each row becomes a list of label and value. Roles are explicit since CSS takes them away there. */
export function Table<Row>(props: TableProps<Row>) {
  if (!props.rows.length && props.empty) return <>{props.empty}</>;
  return (
    <div class="table-frame">
      <table role="table">
        <caption class={props.hideCaption ? 'visually-hidden' : undefined}>{props.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {props.columns.map((column) => (
              <th key={column.header} role="columnheader" scope="col" class={alignClass(column)}>
                <span class={column.hideHeader ? 'visually-hidden' : undefined}>{column.header}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <tr key={props.keyOf(row)} role="row">
              {props.columns.map((column) => (
                <Cell key={column.header} column={column}>
                  {column.cell(row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
        {props.foot && (
          <tfoot role="rowgroup">
            <tr role="row">
              {props.columns.map((column, at) => (
                <Cell key={column.header} column={column}>
                  {props.foot?.[at]}
                </Cell>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

const alignClass = <Row,>(column: Column<Row>) => (column.align === 'end' ? 'align-end' : undefined);

function Cell<Row>({ column, children }: { column: Column<Row>; children?: ComponentChildren }) {
  const shared = { class: alignClass(column), 'data-label': column.hideHeader ? undefined : column.header };
  return column.rowHeader ? (
    <th role="rowheader" scope="row" {...shared}>
      {children}
    </th>
  ) : (
    <td role="cell" {...shared}>
      {children}
    </td>
  );
}

/** Keyset paging: only where there is something to go to. */
export function Pager(props: {
  previous?: string;
  next?: string;
  label?: string;
  summary?: ComponentChildren;
}) {
  if (!props.previous && !props.next) return null;
  return (
    <nav class="pager" aria-label={props.label ?? 'Pages'}>
      {props.summary && <p class="pager-summary">{props.summary}</p>}
      {props.previous && (
        <ButtonLink href={props.previous} rel="prev" small icon="chevron-left">
          Previous
        </ButtonLink>
      )}
      {props.next && (
        <ButtonLink href={props.next} rel="next" small>
          Next
          <Icon name="chevron-right" />
        </ButtonLink>
      )}
    </nav>
  );
}

/** Folded away on a phone, where it would stand before what people came for; on a wider screen it is simply there. */
export const Fold = (props: { label: string; open?: boolean; children: ComponentChildren }) => (
  <details class="fold" open={props.open}>
    <summary>
      {props.label}
      <Icon name="chevron-down" />
    </summary>
    {props.children}
  </details>
);

/** A row of filters above a list: a GET form, so that a filtered list has an address of its own. */
export const Filters = (props: {
  action: string;
  label?: string;
  submit?: string;
  /** The unfiltered list, offered while a filter is set. */
  clear?: string;
  children: ComponentChildren;
}) => (
  <form
    class="filters"
    method="get"
    action={props.action}
    role="search"
    aria-label={props.label ?? 'Filter the list'}
  >
    {props.children}
    <div class="filters-actions">
      <Button look="secondary">{props.submit ?? 'Show'}</Button>
      {props.clear && (
        <ButtonLink look="quiet" href={props.clear}>
          Clear
        </ButtonLink>
      )}
    </div>
  </form>
);
