import type { AccountRecord } from '../../engine/account-record.js';
import type { Engine } from '../../engine/engine.js';
import { capability, requested } from '../../verbs/capabilities.js';
import { outstanding, type Due } from '../../verbs/requirements.js';
import { bankWord } from '../bank.rules.js';
import { sliceOf } from '../cursors.js';
import { Balances, Payouts } from '../money-tables.js';
import { Badge, Card, EmptyState, Facts, When, type State } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { capabilityState, requirementWord, sentence } from '../words.js';
import { AccountButtons } from './account.buttons.js';
import { stateOf } from './accounts.js';
import { Frame } from './frame.js';
import { Transactions } from './transactions.js';

interface Props {
  engine: Engine;
  record: AccountRecord;
}

export const AccountPage = ({ engine, record }: Props) => (
  <Frame
    current="/dashboard/accounts"
    heading={record.display_name ?? record.contact_email ?? 'Account'}
    lead={<span class="mono">{record.id}</span>}
    action={<Badge {...stateOf(engine, record)} />}
    back={{ href: '/dashboard/accounts', label: 'Accounts' }}
  >
    <div class="columns">
      <div class="stack">
        <Balances engine={engine} account={record.id} />
        {!record.platform && <Requirements engine={engine} record={record} />}
        <Card
          title="Latest payouts"
          flush
          action={<a href={`/dashboard/payouts?account=${record.id}`}>All payouts</a>}
        >
          <Payouts
            rows={sliceOf(engine, 'payout', record.id, { limit: 5 }).rows.map((payout) => ({ payout }))}
          />
        </Card>
        <Card title="Latest balance transactions" flush>
          <Transactions rows={sliceOf(engine, 'balance_transaction', record.id, { limit: 10 }).rows} />
        </Card>
      </div>
      <div class="stack">
        <About engine={engine} record={record} />
        {!record.platform && <AccountButtons record={record} />}
      </div>
    </div>
  </Frame>
);

const DUE: Record<Due['status'], State> = {
  currently_due: { tone: 'attention', word: 'Needed' },
  eventually_due: { tone: 'neutral', word: 'Needed later' },
  past_due: { tone: 'bad', word: 'Overdue' },
};

const Requirements = ({ engine, record }: Props) => (
  <Card title="Requirements" flush>
    <Table
      caption="Requirements"
      rows={outstanding(record, engine.clock.now())}
      keyOf={(due) => due.requirement.v2}
      empty={<EmptyState title="Nothing is missing" icon="check" />}
      columns={[
        { header: 'What', names: true, cell: (due) => requirementWord(due.requirement.v1) },
        { header: 'State', cell: (due) => <Badge {...DUE[due.status]} /> },
        {
          header: 'By',
          cell: (due) => (due.deadline === null ? 'Before being paid' : <When at={due.deadline} />),
        },
        { header: 'Name in the API', cell: (due) => <span class="mono">{due.requirement.v2}</span> },
      ]}
    />
  </Card>
);

function About({ engine, record }: Props) {
  const now = engine.clock.now();
  const status = (name: 'stripe_transfers' | 'payouts') =>
    requested(record).includes(name) && <Badge {...capabilityState(capability(record, name, now).status)} />;
  return (
    <Card title="About">
      <Facts
        items={[
          ['Transfers', status('stripe_transfers')],
          ['Payouts', status('payouts')],
          ['Type', record.entity_type && sentence(record.entity_type)],
          ['Email', record.contact_email],
          ['Country', record.country],
          ['Bank account', record.bank && bankWord(record.bank)],
          ...record.more_banks.map((bank) => [`For ${bank.currency.toUpperCase()}`, bankWord(bank)] as const),
          ['Holds', record.settlement_currencies?.join(', ').toUpperCase() ?? 'Every currency it is paid in'],
          ['Bank state', record.bank?.status === 'errored' && <Badge tone="bad" word="Disabled" />],
          ['Dashboard', record.dashboard && sentence(record.dashboard)],
          ['Made', <When at={record.created} />],
          ...Object.entries(record.metadata).map(([key, value]) => [key, value] as const),
        ]}
      />
    </Card>
  );
}
