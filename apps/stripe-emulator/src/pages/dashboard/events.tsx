import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { missing } from '../../engine/errors.js';
import type { ThinEvent } from '../../engine/records.js';
import { everywhere, mergedSlice, pagerOf, type Slice, type Found, type Source } from '../cursors.js';
import { paramOf, queryOf, seeOther } from '../requests.js';
import { sendPage } from '../send.js';
import { Button, PostForm } from '../ui/forms.js';
import { Badge, Card, EmptyState, Facts, When } from '../ui/parts.js';
import { chosenOf, Filters, NoRows, type Filter } from '../ui/filters.js';
import { Pager, Table } from '../ui/table.js';
import { deliveryState } from '../words.js';
import type { Dashboard } from './context.js';
import { DeliveriesTable } from './deliveries.js';
import { eventWord } from './event-words.js';
import { accountFilter, AccountLink, Frame } from './frame.js';

const PATH = '/dashboard/events';

type AnyEvent = Stripe.Event | ThinEvent;

export function serveEvents(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const after = queryOf(request, 'after');
    const type = queryOf(request, 'type');
    const account = accountFilter(engine, 'Account', queryOf(request, 'account'));
    const filters = [{ name: 'type', label: 'Type', any: 'e.g. payout.paid', value: type }, account];
    const slice = mergedSlice(engine, sources(engine), {
      after,
      filter: ({ row }) =>
        (!type || row.type.includes(type.toLowerCase())) &&
        (!account.value || (ownerOf(row) ?? engine.platform) === account.value),
    });
    return sendPage(reply, {
      title: 'Events',
      body: <EventsPage engine={engine} slice={slice} after={after} filters={filters} />,
    });
  });
  app.get(`${PATH}/:id`, (request, reply) => {
    const event = find(engine, paramOf(request, 'id'));
    return sendPage(reply, { title: event.type, body: <EventPage engine={engine} event={event} /> });
  });
  app.post(`${PATH}/:id/resend`, (request, reply) => {
    const event = find(engine, paramOf(request, 'id'));
    engine.transact(() => engine.resend(event.id));
    return seeOther(reply, `${PATH}/${event.id}`);
  });
}

/** Snapshot events of every account, and the thin ones, which are all kept with the platform. */
function sources(engine: Engine): Source<'event' | 'thin_event'>[] {
  const madeAt = (event: AnyEvent) => Math.floor(madeAtMs(event) / 1000);
  return [
    { kind: 'thin_event', account: engine.platform, madeAt },
    ...everywhere<'event' | 'thin_event'>(engine, ['event'], madeAt),
  ];
}

const madeAtMs = ({ created }: AnyEvent): number =>
  typeof created === 'string' ? Date.parse(created) : created * 1000;

function find(engine: Engine, id: string): AnyEvent {
  const place = engine.store.locate(id);
  if (place?.kind !== 'event' && place?.kind !== 'thin_event') throw missing('event', id);
  return engine.store.need(place.kind, place.account, id);
}

const ownerOf = (event: AnyEvent): string | undefined =>
  'account' in event ? event.account : 'context' in event ? (event.context ?? undefined) : undefined;

interface ListProps {
  engine: Engine;
  slice: Slice<Found<'event' | 'thin_event'>>;
  after: string | undefined;
  filters: Filter[];
}

const EventsPage = ({ engine, slice, after, filters }: ListProps) => (
  <Frame current={PATH} heading="Events" lead="What your platform is told, newest first.">
    <Filters path={PATH} filters={filters} />
    <Card flush>
      <Table
        caption="Events"
        rows={slice.rows.map(({ row }) => row)}
        keyOf={(event) => event.id}
        empty={
          <NoRows path={PATH} filters={filters}>
            <EmptyState title="Nothing has happened yet">
              Events come from what the API, buyers and sellers do.
            </EmptyState>
          </NoRows>
        }
        columns={[
          {
            header: 'Event',
            names: true,
            cell: (event) => <a href={`${PATH}/${event.id}`}>{eventWord(event.type)}</a>,
          },
          { header: 'Object', cell: (event) => <span class="mono">{objectId(event)}</span> },
          { header: 'Account', cell: (event) => <Owner engine={engine} event={event} /> },
          { header: 'Deliveries', cell: (event) => <DeliveredTo engine={engine} id={event.id} /> },
          { header: 'Date', cell: (event) => <When at={madeAtMs(event)} /> },
        ]}
      />
      <Pager {...pagerOf(PATH, slice, after, chosenOf(filters))} />
    </Card>
  </Frame>
);

function objectId(event: AnyEvent): string {
  return 'related_object' in event
    ? (event.related_object?.id ?? '')
    : ((event.data.object as { id?: string }).id ?? '');
}

function Owner({ engine, event }: { engine: Engine; event: AnyEvent }) {
  const id = ownerOf(event);
  return id ? <AccountLink engine={engine} id={id} /> : <>Your platform</>;
}

function DeliveredTo({ engine, id }: { engine: Engine; id: string }) {
  const deliveries = engine.store.by('delivery', '', 'event', id);
  const worst = deliveries.find(({ status }) => status !== 'succeeded') ?? deliveries[0];
  return worst ? <Badge {...deliveryState(worst)} /> : <span class="muted">Nobody listens</span>;
}

function EventPage({ engine, event }: { engine: Engine; event: AnyEvent }) {
  const deliveries = engine.store.by('delivery', '', 'event', event.id).toReversed();
  return (
    <Frame
      current={PATH}
      heading={eventWord(event.type)}
      lead={<span class="mono">{event.type}</span>}
      back={{ href: PATH, label: 'Events' }}
      action={
        <PostForm action={`${PATH}/${event.id}/resend`} inline>
          <Button look="primary">Send again</Button>
        </PostForm>
      }
    >
      <Card>
        <Facts
          items={[
            ['Id', <span class="mono">{event.id}</span>],
            ['Account', <Owner engine={engine} event={event} />],
            ['Object', <span class="mono">{objectId(event)}</span>],
            ['Made', <When at={madeAtMs(event)} />],
          ]}
        />
      </Card>
      <Card title="Deliveries" flush>
        <DeliveriesTable engine={engine} rows={deliveries} one />
      </Card>
      <Card title="Payload" flush>
        <pre class="payload" tabIndex={0} aria-label="Payload">
          {JSON.stringify(event, null, 2)}
        </pre>
      </Card>
    </Frame>
  );
}
