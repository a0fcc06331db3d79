import type { ChainState } from '#audit';
import type { Page } from '#platform';
import { address, filtersOf, isFiltered, type PageFrameData, pagerOf } from '../http/index.js';
import {
  Button,
  ButtonLink,
  DateTime,
  EmptyState,
  Field,
  Filters,
  formatDateTime,
  Notice,
  Pager,
  PostForm,
  Select,
  Table,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import type { AuditQuery } from './audit.query.js';
import type { AuditRow } from './audit.view.js';
import { auditWords } from './audit.words.js';

export const AuditPage = (props: {
  frame: PageFrameData;
  query: AuditQuery;
  page: Page<AuditRow>;
  actions: string[];
  chain: ChainState;
}) => {
  const { query, page } = props;
  return (
    <AdminDesk
      frame={props.frame}
      current="audit"
      title="Audit log"
      subtitle="Who did what, when and why. Entries are never changed."
      action={
        <ButtonLink href={address('/admin/audit.csv', filtersOf(query))} icon="download">
          Download as CSV
        </ButtonLink>
      }
    >
      <ChainNotice chain={props.chain} />
      <Filters action="/admin/audit" {...(isFiltered(query) && { clear: '/admin/audit' })}>
        <Select
          name="action"
          label="Action"
          placeholder="Every action"
          options={props.actions.map((value) => ({ value, label: auditWords(value) }))}
          value={query.action}
        />
        <Field name="actor" label="Who" value={query.actor} placeholder="E-mail or id" />
        <Field name="subject" label="What" value={query.subject} placeholder="An id, such as sel_…" />
        <Field name="from" label="From" type="date" value={query.from} />
        <Field name="to" label="To" type="date" value={query.to} />
      </Filters>
      <Entries rows={page.items} filtered={isFiltered(query)} />
      <Pager {...pagerOf('/admin/audit', query, page)} />
    </AdminDesk>
  );
};

const Entries = ({ rows, filtered }: { rows: AuditRow[]; filtered: boolean }) => (
  <Table
    caption="Audit log, newest first"
    hideCaption
    rows={rows}
    keyOf={(row) => row.id}
    empty={
      <EmptyState title={filtered ? 'Nothing matches this filter' : 'Nothing has happened yet'} icon="shield">
        {filtered ? 'Try fewer conditions.' : 'What admins and shops change appears here.'}
      </EmptyState>
    }
    columns={[
      { header: 'What', rowHeader: true, cell: ({ words }) => words },
      { header: 'On', cell: ({ subject }) => <code>{subject}</code> },
      { header: 'Who', cell: ({ actor }) => actor },
      { header: 'When', cell: ({ at }) => <DateTime at={at} /> },
      { header: 'Why', cell: ({ reason }) => reason ?? '–' },
      { header: 'Details', cell: (row) => <Change row={row} /> },
    ]}
  />
);

/** Before and after, folded away: most readers want to know that something happened, few what exactly. */
const Change = ({ row }: { row: AuditRow }) =>
  row.before === null && row.after === null ? (
    <>–</>
  ) : (
    <details>
      <summary>Show</summary>
      {row.before !== null && <pre>Before {JSON.stringify(row.before, null, 2)}</pre>}
      {row.after !== null && <pre>After {JSON.stringify(row.after, null, 2)}</pre>}
    </details>
  );

const ChainNotice = ({ chain }: { chain: ChainState }) => {
  const check = (
    <PostForm action="/admin/audit/verify" inline>
      <Button small>Check now</Button>
    </PostForm>
  );
  if (chain.broken)
    return (
      <Notice tone="bad" title="This log was tampered with" action={check}>
        {chain.broken.words} Compare with a backup, and with the seals in the worker’s log.
      </Notice>
    );
  if (!chain.checkedAt)
    return (
      <Notice tone="waiting" title="Not checked yet" action={check}>
        Each entry is sealed to the one before. The chain is checked every hour.
      </Notice>
    );
  return (
    <Notice tone="good" title="Nothing was changed" action={check}>
      {`Checked ${formatDateTime(chain.checkedAt)}: ${chain.entries} entries, each sealed to the one before.`}
      {chain.waiting > 0 && ` ${chain.waiting} newer will be sealed within a minute.`}
    </Notice>
  );
};
