import type { FastifyInstance } from 'fastify';
import { PAGE_SIZE, pagerOf } from '../cursors.js';
import { queryOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Badge, Card, EmptyState, When, type State } from '../ui/parts.js';
import { Pager, Table } from '../ui/table.js';
import type { Dashboard } from './context.js';
import { AccountLink, Frame } from './frame.js';
import type { LoggedRequest } from './request-log.js';

const PATH = '/dashboard/requests';

export function serveRequestLog(app: FastifyInstance, { log }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const slice = log.slice(PAGE_SIZE, after);
    return sendPage(reply, {
      title: 'Request log',
      body: (
        <Frame
          current={PATH}
          heading="Request log"
          lead="The last thousand calls of the API since the emulator was started."
        >
          <Card flush>
            <Requests rows={slice.rows} />
            <Pager {...pagerOf(PATH, slice, after)} />
          </Card>
        </Frame>
      ),
    });
  });
}

const Requests = ({ rows }: { rows: LoggedRequest[] }) => (
  <Table
    caption="Requests"
    rows={rows}
    keyOf={(row) => row.id}
    empty={
      <EmptyState title="No calls yet" icon="list">
        Every call of the API is listed here, with what it was answered.
      </EmptyState>
    }
    columns={[
      {
        header: 'Call',
        names: true,
        cell: (row) => (
          <>
            <span class="mono">
              {row.method} {row.path}
            </span>
            {row.account && (
              <p>
                for <AccountLink id={row.account} />
              </p>
            )}
          </>
        ),
      },
      { header: 'Answer', cell: (row) => <Badge {...answerState(row)} /> },
      {
        header: 'Error',
        cell: (row) => row.error && `${row.error.message}${row.error.param ? ` (${row.error.param})` : ''}`,
      },
      {
        header: 'Idempotency key',
        cell: (row) => row.idempotencyKey && <span class="mono">{row.idempotencyKey}</span>,
      },
      { header: 'Took', end: true, cell: (row) => `${row.duration_ms} ms` },
      { header: 'Date', cell: (row) => <When at={row.at} /> },
    ]}
  />
);

function answerState({ status, replayed }: LoggedRequest): State {
  if (replayed) return { tone: 'neutral', word: `${status}, repeated` };
  if (status < 400) return { tone: 'good', word: `${status}` };
  return { tone: status < 500 ? 'attention' : 'bad', word: `${status}` };
}
