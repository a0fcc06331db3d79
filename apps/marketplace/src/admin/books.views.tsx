import type { BooksLine } from '#books';
import type { Page } from '#platform';
import type { DifferenceState, DifferenceView, RunView } from '#reconciliation';
import { address, type PageFrameData, pagerOf } from '../http/index.js';
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  type Column,
  DateTime,
  EmptyState,
  MoneyCell,
  Notice,
  Pager,
  PostForm,
  Table,
  Tabs,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { differenceWords } from './books.difference.js';
import { differenceStates } from './books.dto.js';

export interface BooksPageData {
  readonly frame: PageFrameData;
  readonly run: RunView | null;
  readonly lines: Page<BooksLine>;
  readonly state: DifferenceState;
  readonly differences: Page<DifferenceView>;
  readonly counts: Partial<Record<DifferenceState, number>>;
  /** Names of sellers by their Stripe account. */
  readonly names: ReadonlyMap<string, string>;
  /** Where both lists stand, so that paging through one keeps the place in the other. */
  readonly place: { readonly cursor?: string; readonly accounts?: string };
}

export const BooksPage = (data: BooksPageData) => {
  const { frame, run, lines, state, differences, counts, names, place } = data;
  const path = '/admin/books';
  const tabs = differenceStates.map((one) => ({
    href: address(path, { state: one }),
    label: differenceWords[one].word,
    count: counts[one],
    current: one === state,
  }));
  return (
    <AdminDesk
      frame={frame}
      current="books"
      title="Books"
      subtitle="What we posted, what Stripe’s balance transactions say, and what Stripe’s balance is: the three must meet."
      action={
        <PostForm action="/admin/books/check" inline>
          <Button look="primary" icon="check">
            Check now
          </Button>
        </PostForm>
      }
    >
      <Verdict run={run} />
      {lines.items.length > 0 && (
        <Card title="By account and currency" flush>
          <Table
            caption="The three columns that must meet"
            hideCaption
            columns={lineColumns(names)}
            rows={lines.items}
            keyOf={(line) => `${line.stripeAccount} ${line.currency}`}
          />
          <Pager {...pagerOf(path, { state, cursor: place.cursor }, lines, 'accounts')} />
        </Card>
      )}
      <Card
        title="Differences"
        subtitle="Each is checked every hour, and is gone when a check does not see it any more."
        action={
          <ButtonLink href={`/admin/differences.csv?state=${state}`} icon="download" small download>
            CSV
          </ButtonLink>
        }
      >
        <Tabs label="Differences by state" tabs={tabs} />
        <Table
          caption={`Differences: ${differenceWords[state].word}`}
          hideCaption
          columns={differenceColumns}
          rows={differences.items}
          keyOf={(one) => one.id}
          empty={<EmptyState title={state === 'open' ? 'No open differences' : 'None'} icon="check" />}
        />
        <Pager {...pagerOf(path, { state, accounts: place.accounts }, differences)} />
      </Card>
    </AdminDesk>
  );
};

const Verdict = ({ run }: { run: RunView | null }) => {
  if (!run)
    return (
      <Notice tone="waiting" title="Not checked yet">
        The worker checks the books every hour; “Check now” does not wait for that.
      </Notice>
    );
  return (
    <>
      <Notice
        tone={run.differenceCount === 0 ? 'good' : 'bad'}
        title={
          run.differenceCount === 0
            ? 'All agree'
            : run.differenceCount === 1
              ? 'One difference'
              : `${run.differenceCount} differences`
        }
      >
        Checked <DateTime at={run.checkedAt} />.
      </Notice>
      {run.notices.map((notice) => (
        <Notice key={notice} tone="attention">
          {notice}
        </Notice>
      ))}
    </>
  );
};

const lineColumns = (names: ReadonlyMap<string, string>): Column<BooksLine>[] => {
  const money = (header: string, amount: (line: BooksLine) => bigint): Column<BooksLine> => ({
    header,
    align: 'end',
    cell: (line) => <MoneyCell amount={amount(line)} currency={line.currency} />,
  });
  return [
    {
      header: 'Account',
      rowHeader: true,
      cell: ({ stripeAccount }) =>
        stripeAccount === 'platform' ? 'The platform' : (names.get(stripeAccount) ?? stripeAccount),
    },
    money('Our ledger', (line) => line.ledger),
    money('On its way', (line) => line.onItsWay),
    money('Balance transactions', (line) => line.mirror),
    money('Stripe’s balance', (line) => line.stripePending + line.stripeAvailable),
    {
      header: 'Verdict',
      cell: ({ agree }) => <Badge tone={agree ? 'good' : 'bad'}>{agree ? 'Agree' : 'Do not agree'}</Badge>,
    },
  ];
};

const differenceColumns: Column<DifferenceView>[] = [
  {
    header: 'What',
    rowHeader: true,
    cell: (one) => <a href={`/admin/books/differences/${one.id}`}>{one.sentence}</a>,
  },
  { header: 'First seen', cell: (one) => <DateTime at={one.firstSeenAt} /> },
  { header: 'Last seen', cell: (one) => <DateTime at={one.lastSeenAt} /> },
  { header: 'Explanation', cell: (one) => one.note ?? 'None yet' },
];
