import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Page } from '#platform';
import { AdminOnly } from '../auth/index.js';
import {
  address,
  filtersOf,
  isFiltered,
  PageFrame,
  type PageFrameData,
  pagerOf,
  type RequestViewer,
  seeOther,
  Viewer,
} from '../http/index.js';
import {
  Badge,
  Breadcrumbs,
  Button,
  ButtonLink,
  Card,
  type Column,
  DateTime,
  DescriptionList,
  EmptyState,
  Field,
  Filters,
  Notice,
  Pager,
  PostForm,
  Select,
  Stack,
  Table,
  type Tone,
} from '../ui/index.js';
import { AdminDesk } from './admin-desk.js';
import { eventStates, EventsQuery, type EventState } from './events.dto.js';
import { AdminEvents, type EventRow } from './events.service.js';

/** Stripe's events as they came in; the dead ones can be worked off once more. */
@AdminOnly()
@Controller('admin/events')
export class AdminEventsPages {
  constructor(private readonly events: AdminEvents) {}

  @Get()
  async list(@PageFrame() frame: PageFrameData, @Query() query: EventsQuery) {
    const [page, counts] = await Promise.all([this.events.page(query), this.events.counts()]);
    return <EventsPage frame={frame} query={query} page={page} counts={counts} />;
  }

  @Post('replay-dead')
  async replayDead(@Viewer() { actor }: RequestViewer) {
    const count = await this.events.replayDead(actor);
    const text =
      count === 1 ? 'One event is worked off once more.' : `${count} events are worked off once more.`;
    return seeOther('/admin/events', { tone: 'good', text });
  }

  @Get(':eventId')
  async detail(@PageFrame() frame: PageFrameData, @Param('eventId') id: string) {
    return <EventPage frame={frame} event={await this.events.one(id)} />;
  }

  @Post(':eventId/replay')
  async replay(@Viewer() { actor }: RequestViewer, @Param('eventId') id: string) {
    await this.events.replay(actor, id);
    return seeOther(`/admin/events/${id}`, { tone: 'good', text: 'It is worked off once more.' });
  }
}

const states: Record<EventState, { tone: Tone; word: string }> = {
  dead: { tone: 'bad', word: 'Dead letter' },
  queued: { tone: 'waiting', word: 'Waiting' },
  running: { tone: 'waiting', word: 'Being worked on' },
  done: { tone: 'good', word: 'Done' },
};

const StateBadge = ({ state }: { state: EventState }) => (
  <Badge tone={states[state].tone}>{states[state].word}</Badge>
);

const columns: Column<EventRow>[] = [
  {
    header: 'Event',
    rowHeader: true,
    cell: ({ id, type }) => (
      <a class="breakable" href={`/admin/events/${id}`}>
        {type}
      </a>
    ),
  },
  { header: 'State', cell: ({ state }) => <StateBadge state={state} /> },
  { header: 'About', cell: ({ objectId }) => (objectId ? <code>{objectId}</code> : '–') },
  { header: 'Tries', align: 'end', cell: ({ tries }) => tries },
  { header: 'Last error', cell: ({ lastError }) => lastError ?? '–' },
  { header: 'Received', cell: ({ receivedAt }) => <DateTime at={receivedAt} /> },
];

type ListProps = {
  frame: PageFrameData;
  query: EventsQuery;
  page: Page<EventRow>;
  counts: { queued: number; dead: number };
};

const EventsPage = ({ frame, query, page, counts }: ListProps) => {
  const path = '/admin/events';
  const filter = filtersOf(query);
  return (
    <AdminDesk
      frame={frame}
      current="events"
      title="Events"
      subtitle={`What Stripe told us, newest first. ${counts.queued} waiting, ${counts.dead} dead.`}
      action={
        <ButtonLink href={address('/admin/events.csv', filter)} icon="download" download>
          Download as CSV
        </ButtonLink>
      }
      counts={{ events: counts.dead }}
    >
      {counts.dead > 0 && (
        <Notice
          tone="bad"
          title={
            counts.dead === 1
              ? 'One event could not be worked off'
              : `${counts.dead} events could not be worked off`
          }
          action={
            <PostForm action={`${path}/replay-dead`} inline>
              <Button>Replay all of them</Button>
            </PostForm>
          }
        >
          Ten tries over a day have failed. Read the last error, mend the cause, then replay: each object is
          taken as it is now.
        </Notice>
      )}
      <Filters action={path} {...(isFiltered(query) && { clear: path })}>
        <Select
          name="state"
          label="State"
          placeholder="Any state"
          value={query.state}
          options={eventStates.map((value) => ({ value, label: states[value].word }))}
        />
        <Field name="type" label="Type" value={query.type} placeholder="payout.failed" />
        <Field name="object" label="About" value={query.object} placeholder="An id of Stripe’s" />
      </Filters>
      <Table
        caption="Events, newest first"
        hideCaption
        columns={columns}
        rows={page.items}
        keyOf={({ id }) => id}
        empty={
          isFiltered(query) ? (
            <EmptyState title="No event matches" icon="search">
              Try fewer conditions.
            </EmptyState>
          ) : (
            <EmptyState title="Stripe has not told us anything yet" icon="inbox">
              Events appear here as soon as they arrive. If none come, run the doctor: npm run doctor.
            </EmptyState>
          )
        }
      />
      <Pager {...pagerOf(path, filter, page)} />
    </AdminDesk>
  );
};

const EventPage = ({ frame, event }: { frame: PageFrameData; event: EventRow & { payload: string } }) => (
  <AdminDesk
    frame={frame}
    current="events"
    title={event.type}
    badge={<StateBadge state={event.state} />}
    subtitle={<code>{event.id}</code>}
    breadcrumbs={<Breadcrumbs items={[{ label: 'Events', href: '/admin/events' }, { label: event.id }]} />}
    action={
      event.state === 'done' || event.state === 'dead' ? (
        <PostForm action={`/admin/events/${event.id}/replay`} inline>
          <Button look={event.state === 'dead' ? 'primary' : 'secondary'}>Replay</Button>
        </PostForm>
      ) : undefined
    }
  >
    <Stack>
      {event.lastError && (
        <Notice tone={event.state === 'dead' ? 'bad' : 'attention'} title="The last try failed">
          {event.lastError}
        </Notice>
      )}
      <Card title="How it came">
        <DescriptionList
          items={[
            { term: 'About', value: event.objectId ? <code>{event.objectId}</code> : '–' },
            { term: 'Account', value: event.account ? <code>{event.account}</code> : 'The platform’s own' },
            { term: 'By', value: `The endpoint for ${event.door.replace('_', ' ')}` },
            { term: 'Happened', value: <DateTime at={event.createdAt} /> },
            { term: 'Received', value: <DateTime at={event.receivedAt} /> },
            { term: 'Tries', value: String(event.tries) },
            ...(event.doneAt ? [{ term: 'Done', value: <DateTime at={event.doneAt} /> }] : []),
            ...(event.nextTryAt ? [{ term: 'Next try', value: <DateTime at={event.nextTryAt} /> }] : []),
          ]}
        />
      </Card>
      <Card
        title="What Stripe sent"
        subtitle="Kept to the letter. We act on the object as it is now, not on this copy."
      >
        <pre>{pretty(event.payload)}</pre>
      </Card>
    </Stack>
  </AdminDesk>
);

/** The doors store what they could verify, which is JSON. */
function pretty(payload: string): string {
  return JSON.stringify(JSON.parse(payload), null, 2);
}
