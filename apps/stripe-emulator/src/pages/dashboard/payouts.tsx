import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { everywhere, mergedSlice, pagerOf, type Found, type Slice } from '../cursors.js';
import { Payouts } from '../money-tables.js';
import { paramOf, queryOf, seeOther } from '../requests.js';
import { sendPage } from '../send.js';
import { Button, PostForm } from '../ui/forms.js';
import { chosenOf, Filters, isFiltered, NoMatch, wordFilter, type Filter } from '../ui/filters.js';
import { Card } from '../ui/parts.js';
import { Pager } from '../ui/table.js';
import { PAYOUT_WORDS, payoutState } from '../words.js';
import type { Dashboard } from './context.js';
import { accountFilter, AccountLink, Frame } from './frame.js';

const PATH = '/dashboard/payouts';

export function servePayouts(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const state = wordFilter('state', 'State', 'All states', PAYOUT_WORDS, queryOf(request, 'state'));
    const account = accountFilter(engine, 'Account', queryOf(request, 'account'));
    const sources = everywhere(engine, ['payout'], (row) => row.created);
    const slice = mergedSlice(
      engine,
      account.value ? sources.filter((source) => source.account === account.value) : sources,
      { after, filter: ({ row }) => !state.value || payoutState(row).word === state.value },
    );
    return sendPage(reply, {
      title: 'Payouts',
      body: <PayoutsPage engine={engine} slice={slice} after={after} filters={[state, account]} />,
    });
  });
  app.post(`${PATH}/:account/:id/fail`, (request, reply) => {
    const account = paramOf(request, 'account');
    engine.transact(() => engine.payoutJourney.fail(account, paramOf(request, 'id'), 'account_closed'));
    return seeOther(reply, PATH);
  });
}

interface Props {
  engine: Engine;
  slice: Slice<Found<'payout'>>;
  after: string | undefined;
  filters: Filter[];
}

const PayoutsPage = ({ engine, slice, after, filters }: Props) => (
  <Frame current={PATH} heading="Payouts" lead="Of your platform and all sellers.">
    <Filters path={PATH} filters={filters} />
    <Card flush>
      <Payouts
        rows={slice.rows.map(({ row, account: owner }) => ({ payout: row, owner }))}
        none={isFiltered(filters) && <NoMatch path={PATH} />}
        before={[
          {
            header: 'Account',
            cell: ({ owner }) => <AccountLink engine={engine} id={owner} />,
          },
        ]}
        after={[
          {
            header: 'Actions',
            quiet: true,
            cell: ({ payout, owner }) =>
              payout.status !== 'failed' &&
              payout.status !== 'canceled' && (
                <PostForm action={`${PATH}/${owner}/${payout.id}/fail`} inline>
                  <Button small>Let it fail</Button>
                </PostForm>
              ),
          },
        ]}
      />
      <Pager {...pagerOf(PATH, slice, after, chosenOf(filters))} />
    </Card>
  </Frame>
);
