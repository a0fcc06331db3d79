import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { PAGE_SIZE, pagerOf } from '../cursors.js';
import { queryOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Badge, Card, EmptyState, When, type State } from '../ui/parts.js';
import { chosenOf, Filters, NoRows, wordFilter, type Filter } from '../ui/filters.js';
import { Pager, Table } from '../ui/table.js';
import type { Dashboard } from './context.js';
import { AccountLink, Frame } from './frame.js';
import type { LoggedRequest } from './request-log.js';

const PATH = '/dashboard/requests';

const ANSWERS: Record<string, (row: LoggedRequest) => boolean> = {
  Done: (row) => row.status < 400,
  'Refused or failed': (row) => row.status >= 400,
  'Repeated by its key': (row) => row.replayed,
};

export function serveRequestLog(app: FastifyInstance, { engine, log }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const words = Object.keys(ANSWERS);
    const answer = wordFilter('answer', 'Answer', 'All answers', words, queryOf(request, 'answer'));
    const path = queryOf(request, 'path');
    const filters = [{ name: 'path', label: 'Path', any: 'e.g. /v1/refunds', value: path }, answer];
    const slice = log.slice(
      PAGE_SIZE,
      after,
      (row) =>
        (!answer.value || ANSWERS[answer.value]!(row)) && (!path || row.path.includes(path.toLowerCase())),
    );
    return sendPage(reply, {
      title: 'Request log',
      body: (
        <Frame
          current={PATH}
          heading="Request log"
          lead="The last thousand calls of the API since the emulator was started."
        >
          <Filters path={PATH} filters={filters} />
          <Card flush>
            <Requests engine={engine} rows={slice.rows} filters={filters} />
            <Pager {...pagerOf(PATH, slice, after, chosenOf(filters))} />
          </Card>
        </Frame>
      ),
    });
  });
}

const Requests = ({
  engine,
  rows,
  filters,
}: {
  engine: Engine;
  rows: LoggedRequest[];
  filters: Filter[];
}) => (
  <Table
    caption="Requests"
    rows={rows}
    keyOf={(row) => row.id}
    empty={
      <NoRows path={PATH} filters={filters}>
        <EmptyState title="No calls yet" icon="list">
          Every call of the API is listed here, with what it was answered.
        </EmptyState>
      </NoRows>
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
            {row.error && (
              <p>
                {row.error.message} {row.error.param && <span class="mono">{row.error.param}</span>}
              </p>
            )}
            {row.account && (
              <p>
                for <AccountLink engine={engine} id={row.account} />
              </p>
            )}
          </>
        ),
      },
      { header: 'Answer', cell: (row) => <Badge {...answerState(row)} /> },
      {
        header: 'Idempotency key',
        cell: (row) =>
          row.idempotencyKey && (
            <p class="mono one-line one-line-short" title={row.idempotencyKey}>
              {row.idempotencyKey}
            </p>
          ),
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
