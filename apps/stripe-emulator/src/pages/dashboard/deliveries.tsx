import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import type { DeliveryRecord } from '../../engine/records.js';
import { listeners } from '../../engine/listeners.js';
import { pagerOf, sliceOf } from '../cursors.js';
import { queryOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Badge, Card, EmptyState, When } from '../ui/parts.js';
import { chosenOf, Filters, NoRows, wordFilter, type Filter } from '../ui/filters.js';
import { Pager, Table } from '../ui/table.js';
import { DELIVERY_WORDS, deliveryState } from '../words.js';
import type { Dashboard } from './context.js';
import { eventWord } from './event-words.js';
import { Frame } from './frame.js';

const PATH = '/dashboard/deliveries';

export function serveDeliveries(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const state = wordFilter('state', 'State', 'All states', DELIVERY_WORDS, queryOf(request, 'state'));
    const slice = sliceOf(engine, 'delivery', '', {
      after,
      filter: (row) => !state.value || deliveryState(row).word === state.value,
    });
    return sendPage(reply, {
      title: 'Deliveries',
      body: (
        <Frame current={PATH} heading="Deliveries" lead="Events on their way to your platform, newest first.">
          <Card title="Where events go" flush>
            <Destinations engine={engine} />
          </Card>
          <Filters path={PATH} filters={[state]} />
          <Card title="Deliveries" flush>
            <DeliveriesTable engine={engine} rows={slice.rows} filters={[state]} />
            <Pager {...pagerOf(PATH, slice, after, chosenOf([state]))} />
          </Card>
        </Frame>
      ),
    });
  });
}

const Destinations = ({ engine }: { engine: Engine }) => (
  <Table
    caption="Destinations"
    rows={listeners(engine.store, engine.platform)}
    keyOf={(listener) => listener.id}
    empty={
      <EmptyState title="Nobody listens yet" icon="send">
        Register an event destination or a webhook endpoint with the API.
      </EmptyState>
    }
    columns={[
      { header: 'Address', names: true, cell: (listener) => <span class="mono">{listener.url}</span> },
      { header: 'Id', cell: (listener) => <span class="mono">{listener.id}</span> },
      { header: 'API version', cell: (listener) => listener.apiVersion ?? unversioned(listener.id) },
    ]}
  />
);

/** What a destination without a version is sent: only v2 has thin events. */
const unversioned = (id: string): string => (id.startsWith('we_') ? "The account's own" : 'Thin events');

/** @param one they are of one event: its name is left out, and every attempt is listed instead of the last one */
export const DeliveriesTable = ({
  engine,
  rows,
  one,
  filters = [],
}: {
  engine: Engine;
  rows: DeliveryRecord[];
  one?: boolean;
  filters?: Filter[];
}) => (
  <Table
    caption="Deliveries"
    rows={rows}
    keyOf={(delivery) => delivery.id}
    empty={
      <NoRows path={PATH} filters={filters}>
        <EmptyState title="Nothing was sent" icon="send">
          An event is sent to every destination that asked for its type.
        </EmptyState>
      </NoRows>
    }
    columns={[
      {
        header: one ? 'Sent to' : 'Event',
        names: true,
        cell: (delivery) => (
          <>
            {!one && <a href={`/dashboard/events/${delivery.event}`}>{eventWord(delivery.event_type)}</a>}
            <p class="mono one-line" title={delivery.url}>
              {delivery.url}
            </p>
          </>
        ),
      },
      { header: 'State', cell: (delivery) => <Badge {...deliveryState(delivery)} /> },
      {
        header: one ? 'Attempts' : 'Last attempt',
        cell: (delivery) => <Attempts tried={one ? delivery.attempts : delivery.attempts.slice(-1)} />,
      },
      { header: 'Next attempt', cell: (delivery) => <NextAttempt engine={engine} id={delivery.id} /> },
    ]}
  />
);

const Attempts = ({ tried }: { tried: DeliveryRecord['attempts'] }) => (
  <ul>
    {tried.map(({ at, status, error }, index) => (
      <li key={index}>
        <When at={Date.parse(at)} />
        <p class="muted">{status === null ? (error ?? 'No answer') : `Answered ${status}`}</p>
      </li>
    ))}
  </ul>
);

function NextAttempt({ engine, id }: { engine: Engine; id: string }) {
  const timer = engine.store.get('timer', '', `retry:${id}`);
  return timer ? <When at={timer.due} /> : null;
}
