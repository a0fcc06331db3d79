import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import type { DeliveryRecord } from '../../engine/records.js';
import { listeners } from '../../engine/listeners.js';
import { pagerOf, sliceOf } from '../cursors.js';
import { queryOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Badge, Card, EmptyState, When } from '../ui/parts.js';
import { Pager, Table } from '../ui/table.js';
import { deliveryState } from '../words.js';
import type { Dashboard } from './context.js';
import { eventWord } from './event-words.js';
import { Frame } from './frame.js';

const PATH = '/dashboard/deliveries';

export function serveDeliveries(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const slice = sliceOf(engine, 'delivery', '', after);
    return sendPage(reply, {
      title: 'Deliveries',
      body: (
        <Frame current={PATH} heading="Deliveries" lead="Events on their way to your platform, newest first.">
          <Card title="Where events go" flush>
            <Destinations engine={engine} />
          </Card>
          <Card title="Deliveries" flush>
            <DeliveriesTable engine={engine} rows={slice.rows} />
            <Pager {...pagerOf(PATH, slice, after)} />
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
      { header: 'API version', cell: (listener) => listener.apiVersion ?? 'Thin events' },
    ]}
  />
);

/** @param attempts lists every attempt instead of the last one */
export const DeliveriesTable = ({
  engine,
  rows,
  attempts,
}: {
  engine: Engine;
  rows: DeliveryRecord[];
  attempts?: boolean;
}) => (
  <Table
    caption="Deliveries"
    rows={rows}
    keyOf={(delivery) => delivery.id}
    empty={
      <EmptyState title="Nothing was sent" icon="send">
        An event is sent to every destination that asked for its type.
      </EmptyState>
    }
    columns={[
      {
        header: 'Event',
        names: true,
        cell: (delivery) => (
          <a href={`/dashboard/events/${delivery.event}`}>{eventWord(delivery.event_type)}</a>
        ),
      },
      { header: 'State', cell: (delivery) => <Badge {...deliveryState(delivery)} /> },
      { header: 'Sent to', cell: (delivery) => <span class="mono">{delivery.url}</span> },
      {
        header: attempts ? 'Attempts' : 'Last attempt',
        cell: (delivery) => <Attempts tried={attempts ? delivery.attempts : delivery.attempts.slice(-1)} />,
      },
      { header: 'Next attempt', cell: (delivery) => <NextAttempt engine={engine} id={delivery.id} /> },
    ]}
  />
);

const Attempts = ({ tried }: { tried: DeliveryRecord['attempts'] }) => (
  <ul>
    {tried.map(({ at, status, error }, index) => (
      <li key={index}>
        <When at={Date.parse(at)} />: {status ?? error ?? 'no answer'}
      </li>
    ))}
  </ul>
);

function NextAttempt({ engine, id }: { engine: Engine; id: string }) {
  const timer = engine.store.get('timer', '', `retry:${id}`);
  return timer ? <When at={timer.due} /> : null;
}
