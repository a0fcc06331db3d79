import { Controller, Get, Query } from '@nestjs/common';
import type { VNode } from 'preact';
import { Browse, Catalog, type CategoryView, type ListingCardView, RANKED } from '#catalog';
import type { Page } from '#platform';
import { Public } from '../auth/index.js';
import {
  type FieldErrors,
  isFiltered,
  PageFrame,
  type PageFrameData,
  pagerOf,
  type Redrawn,
  withForm,
} from '../http/index.js';
import {
  ButtonLink,
  Checkbox,
  EmptyState,
  Field,
  Filters,
  Fold,
  FormErrors,
  Pager,
  Select,
  Shell,
} from '../ui/index.js';
import { countryName } from './country-name.js';
import { Listings } from './listing-grid.js';
import { filterOf, knownFilters, SearchQuery } from './search.query.js';

interface Choices {
  readonly categories: CategoryView[];
  readonly countries: string[];
  readonly currencies: string[];
}

@Public()
@Controller('search')
export class SearchPages {
  constructor(
    private readonly browse: Browse,
    private readonly catalog: Catalog,
  ) {}

  @Get()
  async search(@PageFrame() frame: PageFrameData, @Query() sent: object): Promise<VNode | Redrawn> {
    const query = knownFilters(sent);
    const choices = { categories: await this.catalog.categories(), ...(await this.browse.choices()) };
    return withForm<SearchQuery, VNode>(
      SearchQuery,
      query,
      async (asked) => {
        const page = await this.browse.page(filterOf(asked), asked.cursor ?? null);
        return <SearchPage frame={frame} typed={query} choices={choices} page={page} errors={{}} />;
      },
      (errors) => <SearchPage frame={frame} typed={query} choices={choices} page={null} errors={errors} />,
    );
  }
}

interface SearchProps {
  frame: PageFrameData;
  typed: Record<string, string>;
  choices: Choices;
  page: Page<ListingCardView> | null;
  errors: FieldErrors;
}

function SearchPage(props: SearchProps) {
  const { typed, choices, page } = props;
  const q = (typed['q'] ?? '').trim();
  const category = choices.categories.find(({ id }) => id === typed['category']);
  const heading = q ? `Results for “${q}”` : (category?.name ?? 'Everything for sale');
  return (
    <Shell {...props.frame} title={heading} search={q} wide>
      <div class="page-head">
        <h1>{heading}</h1>
      </div>
      <div class="stack">
        <FormErrors errors={Object.entries(props.errors).map(([field, message]) => ({ field, message }))} />
        <Fold label={narrowedBy(typed) ? `Filters (${narrowedBy(typed)})` : 'Filters'} open={!page}>
          <SearchFilters {...props} />
        </Fold>
        {page && page.items.length > 0 && <Listings heading="Goods" items={page.items} />}
        {page && page.items.length === 0 && <NothingFound q={q} />}
        {page && <Pager {...pagerOf('/search', typed, page)} />}
        {page && q && page.previous && ['', 'relevance'].includes(typed['sort'] ?? '') && (
          <p class="muted">
            Best match ranks the {RANKED} newest goods that match. Sort by newest or by price to see all of
            them.
          </p>
        )}
      </div>
    </Shell>
  );
}

/** How many filters are set, beside the words and the order. */
function narrowedBy(typed: Record<string, string>): number {
  return Object.entries(typed).filter(([name, value]) => value && !['q', 'sort', 'cursor'].includes(name))
    .length;
}

function SearchFilters({ typed, choices, errors }: SearchProps) {
  const value = (name: string) => typed[name] ?? '';
  const filtered = isFiltered(typed);
  const sorts = [
    ...(value('q') ? [{ value: 'relevance', label: 'Best match' }] : []),
    { value: 'newest', label: 'Newest' },
    { value: 'price_low', label: 'Lowest price' },
    { value: 'price_high', label: 'Highest price' },
  ];
  return (
    <Filters action="/search" label="Narrow down the goods" {...(filtered && { clear: '/search' })}>
      {/* The words themselves are typed in the page's header. */}
      <input type="hidden" name="q" value={value('q')} />
      <Select
        name="category"
        label="Category"
        placeholder="All categories"
        value={value('category')}
        options={choices.categories.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        name="currency"
        label="Currency"
        placeholder="Any currency"
        value={value('currency')}
        options={choices.currencies.map((code) => ({ value: code, label: code.toUpperCase() }))}
        {...error(errors, 'currency')}
      />
      <Field
        name="price_min"
        label="Price from"
        inputMode="decimal"
        value={value('price_min')}
        {...error(errors, 'price_min')}
      />
      <Field
        name="price_max"
        label="Price to"
        inputMode="decimal"
        value={value('price_max')}
        {...error(errors, 'price_max')}
      />
      <Select
        name="ships_from"
        label="Ships from"
        placeholder="Anywhere"
        value={value('ships_from')}
        options={choices.countries.map((code) => ({ value: code, label: countryName(code) }))}
        {...error(errors, 'ships_from')}
      />
      <Select
        name="sort"
        label="Sort by"
        value={value('sort')}
        options={sorts}
        {...error(errors, 'sort')}
        required
      />
      <Checkbox
        name="in_stock"
        label="In stock only"
        checked={value('in_stock') === 'yes'}
        {...error(errors, 'in_stock')}
      />
    </Filters>
  );
}

const error = (errors: FieldErrors, field: string) => (errors[field] ? { error: errors[field] } : {});

const NothingFound = ({ q }: { q: string }) => (
  <EmptyState
    title="Nothing matches"
    icon="search"
    action={<ButtonLink href="/search">See everything</ButtonLink>}
  >
    {q ? `We found nothing for “${q}” with these filters.` : 'We found nothing with these filters.'} Try fewer
    words, or take a filter away.
  </EmptyState>
);
