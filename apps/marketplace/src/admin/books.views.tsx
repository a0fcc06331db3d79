import { type BooksLine, type SuspenseTarget, suspenseTargets } from '#books';
import type { Page } from '#platform';
import type { DifferenceState, DifferenceView, RunView } from '#reconciliation';
import { address, type FieldErrors, type PageFrameData, pagerOf, type Typed } from '../http/index.js';
import {
  Actions,
  Badge,
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  type Column,
  DateTime,
  DescriptionList,
  EmptyState,
  Field,
  FormErrors,
  MoneyCell,
  Notice,
  Pager,
  PostForm,
  Select,
  Table,
  Tabs,
  TextArea,
  type Tone,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { differenceStates } from './books.dto.js';

export interface BooksPageData {
  readonly frame: PageFrameData;
  readonly run: RunView | null;
  readonly lines: Page<BooksLine>;
  readonly state: DifferenceState;
  readonly differences: Page<DifferenceView>;
  readonly counts: Map<DifferenceState, number>;
  /** Names of sellers by their Stripe account. */
  readonly names: ReadonlyMap<string, string>;
  /** Where both lists stand, so that paging through one keeps the place in the other. */
  readonly place: { readonly cursor?: string; readonly accounts?: string };
}

const stateWord: Readonly<Record<DifferenceState, string>> = {
  open: 'Open',
  explained: 'Explained',
  closed: 'Gone',
};

export const BooksPage = (data: BooksPageData) => {
  const { frame, run, lines, state, differences, counts, names, place } = data;
  const path = '/admin/books';
  const tabs = differenceStates.map((one) => ({
    href: address(path, { state: one }),
    label: stateWord[one],
    count: counts.get(one) ?? 0,
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
          caption={`Differences: ${stateWord[state]}`}
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

const stateTone: Readonly<Record<DifferenceState, Tone>> = {
  open: 'bad',
  explained: 'attention',
  closed: 'good',
};

export const DifferencePage = (props: {
  frame: PageFrameData;
  difference: DifferenceView;
  errors?: FieldErrors;
  typed?: Typed;
}) => {
  const { difference: one, errors = {}, typed } = props;
  return (
    <AdminDesk
      frame={props.frame}
      current="books"
      title="A difference"
      subtitle={one.sentence}
      badge={<Badge tone={stateTone[one.state]}>{stateWord[one.state]}</Badge>}
      breadcrumbs={
        <Breadcrumbs items={[{ label: 'Books', href: '/admin/books' }, { label: 'A difference' }]} />
      }
    >
      <FormErrors errors={Object.entries(errors).map(([field, message]) => ({ field, message }))} />
      <Card title="What is known">
        <DescriptionList
          items={[
            { term: 'About', value: one.subject },
            { term: 'First seen', value: <DateTime at={one.firstSeenAt} /> },
            { term: 'Last seen', value: <DateTime at={one.lastSeenAt} /> },
            ...(one.closedAt ? [{ term: 'Gone since', value: <DateTime at={one.closedAt} /> }] : []),
            { term: 'Explanation', value: one.note ?? 'None yet' },
            ...(one.explainedBy ? [{ term: 'Explained by', value: one.explainedBy }] : []),
          ]}
        />
      </Card>
      {one.state !== 'closed' && one.code === 'suspense' && (
        <BookForm id={one.id} errors={errors} typed={typed} />
      )}
      {one.state !== 'closed' && <ExplainForm difference={one} errors={errors} typed={typed} />}
    </AdminDesk>
  );
};

const targetWord: Readonly<Record<SuspenseTarget, string>> = {
  adjustments: 'Corrections by Stripe, which the platform bears or gains',
  stripe_fees: 'Stripe’s fees',
  connect_fees: 'Stripe’s fees for Connect',
  topups: 'Money that was put in',
  reserves: 'Money that Stripe holds back or gives free',
  conversion: 'A change of currency',
  buyers: 'Buyers: a payment or a refund',
};

interface FormState {
  readonly errors: FieldErrors;
  readonly typed: Typed | undefined;
}

const textOf = (typed: Typed | undefined, name: string): string => {
  const value = typed?.[name];
  return typeof value === 'string' ? value : '';
};

const BookForm = ({ id, errors, typed }: FormState & { id: string }) => (
  <Card
    title="Book it"
    subtitle="A posting takes it out of suspense, to the account that it belongs to. Find out first, in Stripe’s dashboard: it can’t be booked twice."
  >
    <PostForm action={`/admin/books/differences/${id}/book`}>
      <Select
        name="account"
        label="Where it belongs"
        required
        placeholder="Choose an account"
        options={suspenseTargets.map((value) => ({ value, label: targetWord[value] }))}
        value={textOf(typed, 'account')}
        {...(errors['account'] && { error: errors['account'] })}
      />
      <Field
        name="note"
        label="Why"
        help="What it was, in a sentence. It is kept in the audit log."
        required
        maxLength={1000}
        value={typed && 'account' in typed ? textOf(typed, 'note') : ''}
        {...(typed && 'account' in typed && errors['note'] && { error: errors['note'] })}
      />
      <Actions>
        <Button look="primary">Book it</Button>
      </Actions>
    </PostForm>
  </Card>
);

const ExplainForm = ({ difference, errors, typed }: FormState & { difference: DifferenceView }) => (
  <Card title="Explain it" subtitle="It stays a difference until a check does not see it any more.">
    <PostForm action={`/admin/books/differences/${difference.id}/explain`}>
      <TextArea
        name="note"
        label="What is behind it"
        help="Who did what, and what will make it go away. It is kept in the audit log."
        required
        rows={4}
        maxLength={1000}
        value={typed && !('account' in typed) ? textOf(typed, 'note') : (difference.note ?? '')}
        {...(typed && !('account' in typed) && errors['note'] && { error: errors['note'] })}
      />
      <Actions>
        <Button look={difference.code === 'suspense' ? 'secondary' : 'primary'}>Save the explanation</Button>
      </Actions>
    </PostForm>
  </Card>
);
