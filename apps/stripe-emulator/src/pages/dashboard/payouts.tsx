import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { mergedSlice, pagerOf, type Found, type Slice } from '../cursors.js';
import { Payouts } from '../money-tables.js';
import { paramOf, queryOf, seeOther } from '../requests.js';
import { sendPage } from '../send.js';
import { Button, PostForm } from '../ui/forms.js';
import { Card } from '../ui/parts.js';
import { Pager } from '../ui/table.js';
import type { Dashboard } from './context.js';
import { AccountLink, Frame } from './frame.js';

const PATH = '/dashboard/payouts';

export function servePayouts(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const [after, account] = [queryOf(request, 'after'), queryOf(request, 'account')];
    const accounts = account
      ? [engine.accounts.need(account).id]
      : [...engine.store.all('account', '')].map(({ id }) => id);
    const sources = accounts.map((id) => ({
      kind: 'payout' as const,
      account: id,
      madeAt: (row: { created: number }) => row.created,
    }));
    const slice = mergedSlice(engine, sources, after);
    return sendPage(reply, {
      title: 'Payouts',
      body: <PayoutsPage engine={engine} slice={slice} after={after} account={account} />,
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
  account: string | undefined;
}

const PayoutsPage = ({ engine, slice, after, account }: Props) => (
  <Frame
    current={PATH}
    heading="Payouts"
    lead={account ? 'Of one account.' : 'Of your platform and all sellers.'}
    action={
      account && (
        <a class="button button-secondary" href={PATH}>
          Show all accounts
        </a>
      )
    }
  >
    <Card flush>
      <Payouts
        rows={slice.rows.map(({ row, account: owner }) => ({ payout: row, owner }))}
        before={[
          {
            header: 'Account',
            cell: ({ owner }) => (
              <AccountLink id={owner} name={engine.store.get('account', '', owner)?.display_name ?? null} />
            ),
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
      <Pager {...pagerOf(PATH, slice, after, { account })} />
    </Card>
  </Frame>
);
