import type { FastifyInstance } from 'fastify';
import type { AccountRecord } from '../../engine/account-record.js';
import type { Engine } from '../../engine/engine.js';
import { capability } from '../../verbs/capabilities.js';
import { pagerOf, sliceOf, type Slice } from '../cursors.js';
import { queryOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Badge, Card, EmptyState, Money, When } from '../ui/parts.js';
import { chosenOf, Filters, NoRows, wordFilter, type Filter } from '../ui/filters.js';
import { Pager, Table } from '../ui/table.js';
import { ACCOUNT_WORDS, accountState } from '../words.js';
import { serveAccount } from './account.routes.js';
import type { Dashboard } from './context.js';
import { AccountLink, Frame, nameOf } from './frame.js';

const PATH = '/dashboard/accounts';

export function serveAccounts(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const state = wordFilter('state', 'State', 'All states', ACCOUNT_WORDS, queryOf(request, 'state'));
    const named = queryOf(request, 'name');
    const filters = [{ name: 'name', label: 'Name or id', any: 'Part of it', value: named }, state];
    const slice = sliceOf(engine, 'account', '', {
      after,
      filter: (record) =>
        (!state.value || stateOf(engine, record).word === state.value) &&
        (!named || `${nameOf(record)} ${record.id}`.toLowerCase().includes(named.toLowerCase())),
    });
    return sendPage(reply, {
      title: 'Accounts',
      body: <AccountsPage engine={engine} slice={slice} after={after} filters={filters} />,
    });
  });
  serveAccount(app, engine);
}

export function stateOf(engine: Engine, record: AccountRecord) {
  return accountState(
    record,
    record.recipient && capability(record, 'stripe_transfers', engine.clock.now()).status,
  );
}

const AccountsPage = ({
  engine,
  slice,
  after,
  filters,
}: {
  engine: Engine;
  slice: Slice<AccountRecord>;
  after: string | undefined;
  filters: Filter[];
}) => (
  <Frame current={PATH} heading="Accounts" lead="Your platform and its sellers.">
    <Filters path={PATH} filters={filters} />
    <Card flush>
      <Table
        caption="Accounts"
        rows={slice.rows}
        keyOf={(record) => record.id}
        empty={
          <NoRows path={PATH} filters={filters}>
            <EmptyState title="No accounts">Make one with the API.</EmptyState>
          </NoRows>
        }
        columns={[
          {
            header: 'Account',
            names: true,
            cell: (record) => <AccountLink engine={engine} id={record.id} />,
          },
          { header: 'State', cell: (record) => <Badge {...stateOf(engine, record)} /> },
          { header: 'Missing', cell: (record) => missingWords(engine.onboarding.missing(record.id).length) },
          { header: 'Country', cell: (record) => record.country ?? '' },
          { header: 'Balance', end: true, cell: (record) => <Totals engine={engine} account={record.id} /> },
          { header: 'Made', cell: (record) => <When at={record.created} day /> },
        ]}
      />
      <Pager {...pagerOf(PATH, slice, after, chosenOf(filters))} />
    </Card>
  </Frame>
);

const missingWords = (count: number): string =>
  count === 0 ? 'Nothing' : count === 1 ? 'One thing' : `${count} things`;

const Totals = ({ engine, account }: { engine: Engine; account: string }) => (
  <span>
    {engine.ledger.currencies(account).map((currency, index) => (
      <span key={currency}>
        {index > 0 && ', '}
        <Money amount={engine.ledger.total(account, currency)} currency={currency} />
      </span>
    ))}
  </span>
);
