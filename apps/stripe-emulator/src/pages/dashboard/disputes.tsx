import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { invalid } from '../../engine/errors.js';
import { everywhere, mergedSlice, pagerOf, type Found, type Slice } from '../cursors.js';
import { paramOf, queryOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Badge, Card, EmptyState, Money, When } from '../ui/parts.js';
import type { Values } from '../ui/forms.js';
import { chosenOf, Filters, NoRows, wordFilter, type Filter } from '../ui/filters.js';
import { Pager, Table } from '../ui/table.js';
import { DISPUTE_WORDS, disputeState, sentence } from '../words.js';
import type { Dashboard } from './context.js';
import { DisputePage } from './dispute.page.js';
import { Frame } from './frame.js';
import { disputedPayment, needPayment } from './payment-rows.js';
import { Sellers } from './payments.js';

const PATH = '/dashboard/disputes';

export function serveDisputes(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const state = wordFilter('state', 'State', 'All states', DISPUTE_WORDS, queryOf(request, 'state'));
    const slice = mergedSlice(
      engine,
      everywhere(engine, ['dispute'], (row) => row.created),
      { after, filter: ({ row }) => !state.value || disputeState(row).word === state.value },
    );
    return sendPage(reply, {
      title: 'Disputes',
      body: <DisputesPage engine={engine} slice={slice} after={after} filters={[state]} />,
    });
  });
  app.get(`${PATH}/:account/:id`, (request, reply) => {
    const account = paramOf(request, 'account');
    const dispute = engine.store.need('dispute', account, paramOf(request, 'id'));
    return sendPage(reply, {
      title: 'Dispute',
      body: <DisputePage engine={engine} account={account} dispute={dispute} />,
    });
  });
  app.post(`${PATH}/:account/:id`, (request, reply) => {
    const [account, id] = [paramOf(request, 'account'), paramOf(request, 'id')];
    engine.transact(() => actOn(engine, account, id, valuesOf(request)));
    return seeOther(reply, `${PATH}/${account}/${id}`);
  });
  // What the buyer's bank does to a payment, from the payment's own page.
  app.post('/dashboard/payments/:id/dispute', (request, reply) => {
    const { account, charge } = needPayment(engine, paramOf(request, 'id'));
    if (!charge) throw invalid('This payment has no charge that could be disputed.');
    const reason = valuesOf(request)['reason'] ?? 'fraudulent';
    const { id } = engine.transact(() =>
      engine.disputes.open(account, charge.id, {
        reason: reason === 'inquiry' ? 'general' : reason,
        inquiry: reason === 'inquiry',
      }),
    );
    return seeOther(reply, `${PATH}/${account}/${id}`);
  });
}

function actOn(engine: Engine, account: string, id: string, { action, evidence = '' }: Values): void {
  if (action === 'won' || action === 'lost') engine.disputes.decide(account, id, action);
  else if (action === 'answer') {
    if (evidence.trim() === '') throw invalid('Say what speaks for the payment before you submit it.');
    engine.disputes.update(account, id, { evidence: { uncategorized_text: evidence }, submit: true });
  } else if (action === 'escalate') engine.disputes.escalate(account, id);
  else throw invalid('This button is not known. Open the dispute again.');
}

interface Props {
  engine: Engine;
  slice: Slice<Found<'dispute'>>;
  after: string | undefined;
  filters: Filter[];
}

const DisputesPage = ({ engine, slice, after, filters }: Props) => (
  <Frame current={PATH} heading="Disputes" lead="Payments that buyers' banks took back or ask about.">
    <Filters path={PATH} filters={filters} />
    <Card flush>
      <Table
        caption="Disputes"
        rows={slice.rows}
        keyOf={({ row }) => row.id}
        empty={
          <NoRows path={PATH} filters={filters}>
            <EmptyState title="No disputes" icon="shield">
              Pay with 4000 0000 0000 0259 to have one, or open a payment and let its buyer dispute it.
            </EmptyState>
          </NoRows>
        }
        columns={[
          {
            header: 'Amount',
            names: true,
            cell: ({ row, account }) => (
              <a href={`${PATH}/${account}/${row.id}`}>
                <Money amount={row.amount} currency={row.currency} />
              </a>
            ),
          },
          { header: 'State', cell: ({ row }) => <Badge {...disputeState(row)} /> },
          { header: 'Reason', cell: ({ row }) => sentence(row.reason) },
          {
            header: 'Seller',
            cell: ({ row }) => <Sellers engine={engine} payment={disputedPayment(engine, row)} />,
          },
          {
            header: 'Answer due',
            cell: ({ row }) =>
              row.status.endsWith('needs_response') && <When at={row.evidence_details.due_by! * 1000} day />,
          },
          { header: 'Date', cell: ({ row }) => <When at={row.created * 1000} /> },
        ]}
      />
      <Pager {...pagerOf(PATH, slice, after, chosenOf(filters))} />
    </Card>
  </Frame>
);
