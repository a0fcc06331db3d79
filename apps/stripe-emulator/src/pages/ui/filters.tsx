import { Icon } from './icon.js';
import type { Option } from './forms.js';
import { EmptyState } from './parts.js';
import type { ComponentChildren } from 'preact';

export interface Filter {
  name: string;
  label: string;
  /** What can be chosen; left out: any word can be typed. */
  options?: Option[];
  /** Said where nothing is chosen, e.g. "All states". */
  any: string;
  value: string | undefined;
}

/** What of a list is shown. A form of its own, so that a choice can be kept as an address. */
export const Filters = ({ path, filters }: { path: string; filters: Filter[] }) => (
  <form class="filters" method="get" action={path} role="search" aria-label="Filter the list">
    {filters.map(({ name, label, options, any, value }) => (
      <div key={name} class="filter">
        <label for={`filter-${name}`}>{label}</label>
        {options ? (
          <div class="select">
            <select class="control" id={`filter-${name}`} name={name}>
              <option value="">{any}</option>
              {options.map((option) => (
                <option key={option.value} value={option.value} selected={option.value === value}>
                  {option.label}
                </option>
              ))}
            </select>
            <Icon name="chevron-down" />
          </div>
        ) : (
          <input
            class="control"
            type="search"
            id={`filter-${name}`}
            name={name}
            value={value ?? ''}
            placeholder={any}
            autocomplete="off"
            maxLength={100}
          />
        )}
      </div>
    ))}
    <button class="button button-secondary" type="submit">
      Filter
    </button>
    {isFiltered(filters) && (
      <a class="button button-quiet" href={path}>
        Show all
      </a>
    )}
  </form>
);

export const isFiltered = (filters: Filter[]): boolean => filters.some(({ value }) => value !== undefined);

/** What stands in place of rows: nothing is there at all, or nothing of what was asked for. */
export const NoRows = (props: { filters: Filter[]; path: string; children: ComponentChildren }) =>
  isFiltered(props.filters) ? <NoMatch path={props.path} /> : <>{props.children}</>;

export const NoMatch = ({ path }: { path: string }) => (
  <EmptyState title="Nothing matches this filter" icon="list">
    <a href={path}>Show all</a>
  </EmptyState>
);

/** What is chosen, as a pager keeps it in its addresses. */
export const chosenOf = (filters: Filter[]): Record<string, string | undefined> =>
  Object.fromEntries(filters.map(({ name, value }) => [name, value]));

/** A filter by words that rows are shown with. @param words each of them, once */
export function wordFilter(
  name: string,
  label: string,
  any: string,
  words: string[],
  value?: string,
): Filter {
  const options = [...new Set(words)].map((word) => ({ value: word, label: word }));
  // What can't be chosen counts as nothing chosen.
  return { name, label, any, options, value: options.some((one) => one.value === value) ? value : undefined };
}
